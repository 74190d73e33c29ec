import { linkSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Failure } from '../core/issue';
import { identityOf, isRunning, type ProcessIdentity } from './process-table';

interface Claim extends ProcessIdentity {
  /** `kdk up` */
  readonly command: string;
}

export interface EnvironmentLock {
  release(): void;
}

const NAME = /^lock\.(\d+)$/;

/**
 * Keeps a second command from working on the same folder. Claims are files with rising numbers, and the highest one counts: whoever makes the
 * next one, which the system lets only one do, after the last holder released it or died, has the lock. So a lock that a killed process left
 * is taken over without a moment in which two could have it. The highest claim is never deleted.
 */
export function lockEnvironment(folder: string, command: string): EnvironmentLock {
  const claim: Claim = { ...identityOf(process.pid)!, command };
  for (;;) {
    const last = claims(folder)[0] ?? 0;
    if (last > 0) refuseWhileHeld(folder, last);
    const mine = last + 1;
    if (!create(folder, mine, claim)) continue;
    const [highest, ...older] = claims(folder);
    if (highest !== mine) {
      // Made under an old number, after others had come and gone.
      rmSync(pathOf(folder, mine), { force: true });
      continue;
    }
    for (const number of older) rmSync(pathOf(folder, number), { force: true });
    // An empty claim is nobody's; to empty it takes no room on the disk.
    return { release: () => truncateSync(pathOf(folder, mine)) };
  }
}

/** Whether a file of the folder belongs to the lock. */
export function isLockFile(name: string): boolean {
  return NAME.test(name);
}

function refuseWhileHeld(folder: string, number: number): void {
  let text: string;
  try {
    text = readFileSync(pathOf(folder, number), 'utf8');
  } catch {
    return; // Replaced by a higher one in the meantime, which the next look will find.
  }
  if (text === '') return;
  const holder = JSON.parse(text) as Claim;
  if (!isRunning(holder)) return;
  throw new Failure(
    'ENVIRONMENT-LOCKED',
    `another command works on this environment, got ${holder.command} as process ${holder.pid}; one at a time is allowed.`,
    `Wait until it has ended, or end it: kill ${holder.pid}.`,
  );
}

/** Claims are complete from the moment they have their name: written aside, then linked, which fails where the name is taken. */
function create(folder: string, number: number, claim: Claim): boolean {
  const path = join(folder, `lock.draft-${claim.pid}`);
  try {
    writeFileSync(path, JSON.stringify(claim));
    linkSync(path, pathOf(folder, number));
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(path, { force: true });
  }
}

function pathOf(folder: string, number: number): string {
  return join(folder, `lock.${number}`);
}

function claims(folder: string): number[] {
  return readdirSync(folder)
    .flatMap((name) => NAME.exec(name)?.[1] ?? [])
    .map(Number)
    .sort((a, b) => b - a);
}
