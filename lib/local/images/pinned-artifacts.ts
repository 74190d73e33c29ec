import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { Failure } from '../../core/issue';
import type { Digest } from './build-context';

/**
 * SHA-256 of every jar of each release that images are made of, by release and name: Maven Central on 2026-11-26. Maven checks a jar against
 * the checksum that lies beside it, which a mirror can change together with the jar.
 */
const PINNED = join(__dirname, 'pinned-artifacts.json');

type Pinned = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** Refuses jars of a release that are not those that the kit knows. An older patch release, which it does not know, is taken as it comes. */
export function checkPinned(release: string, what: string, artifacts: readonly Digest[]): void {
  const known = (JSON.parse(readFileSync(PINNED, 'utf8')) as Pinned)[release];
  if (known === undefined) return;
  const wrong = artifacts.filter(({ path, digest }) => known[basename(path)] !== digest);
  if (wrong.length === 0) return;
  throw new Failure(
    'IMAGES-CHECKSUM',
    [
      `${wrong.length === 1 ? 'a file is' : `${wrong.length} files are`} not what was published for ${what}, got`,
      ...wrong
        .slice(0, 5)
        .map(
          ({ path, digest }) =>
            `  ${basename(path)} with sha256 ${digest}; ${known[basename(path)] ?? 'no file of that name'} is allowed.`,
        ),
    ].join('\n'),
    "Find out who changed it: the mirror in Maven's settings.xml, ~/.m2/repository, or the cache (KDK_CACHE). Remove it there, then run the command again.",
  );
}
