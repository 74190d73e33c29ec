import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';

/** One run of one process. The system gives the number of a process that ended to another one; the two differ in when they started. */
export interface ProcessIdentity {
  readonly pid: number;
  /** To compare, not to read. */
  readonly startedAt: string;
}

export interface RunningProcess extends ProcessIdentity {
  /** The command line, its words joined by spaces. */
  readonly command: string;
}

const PROC = '/proc/self/stat';

/** Who has this number now, or undefined where nobody has. A process that ended and waits for its parent counts as ended. */
export function identityOf(pid: number): ProcessIdentity | undefined {
  return existsSync(PROC) ? fromProc(pid) : fromPs(['-p', String(pid)]).find((process) => process.pid === pid);
}

export function isRunning(identity: ProcessIdentity): boolean {
  return identityOf(identity.pid)?.startedAt === identity.startedAt;
}

/** Every process that this user can see. */
export function listProcesses(): RunningProcess[] {
  return existsSync(PROC) ? listFromProc() : listFromPs();
}

function listFromProc(): RunningProcess[] {
  return readdirSync('/proc').flatMap((name) => {
    if (!/^\d+$/.test(name)) return [];
    const identity = fromProc(Number(name));
    if (identity === undefined) return [];
    try {
      const words = readFileSync(`/proc/${name}/cmdline`, 'utf8').split('\0');
      return [{ ...identity, command: words.join(' ').trim() }];
    } catch {
      return []; // It ended while we looked, or belongs to somebody else.
    }
  });
}

/** Linux: ticks since the machine started, so the start of the machine is a part of it. */
function fromProc(pid: number): ProcessIdentity | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name of the program, in brackets, may hold anything; the fields after it are numbers and letters.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    if (fields[0] === 'Z' || fields[0] === 'X') return undefined;
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').slice(0, 8);
    return { pid, startedAt: `${boot}-${fields[19]}` };
  } catch {
    return undefined;
  }
}

/** Systems without /proc, such as macOS. */
export function listFromPs(): RunningProcess[] {
  return fromPs(['-ax']);
}

function fromPs(which: readonly string[]): RunningProcess[] {
  let output: string;
  try {
    output = execFileSync('ps', ['-ww', ...which, '-o', 'pid=,stat=,lstart=,args='], {
      encoding: 'utf8',
      env: { ...process.env, LC_ALL: 'C' },
      maxBuffer: 64 * 1024 * 1024,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
  } catch {
    return []; // ps ends with 1 where it finds none.
  }
  return output.split('\n').flatMap((line) => {
    // 4711 Ss Mon Nov 23 20:39:56 2026 java -Xms384m …
    const match = /^\s*(\d+)\s+(\S+)\s+(\w+\s+\w+\s+\d+\s+[\d:]+\s+\d+)\s+(.*)$/.exec(line);
    if (match === null || match[2]!.startsWith('Z')) return [];
    return [{ pid: Number(match[1]), startedAt: match[3]!, command: match[4]!.trim() }];
  });
}
