import type { Issue } from '../core/issue';
import { child, positionOf, type LocatedMap } from '../core/spec';
import { isNothing, loadChain, notAPath, pathIn, resolveRelative, type ReadText } from './chain';
import { addToCluster, OWN_KEYS } from './shared-cluster';

export type { ReadText } from './chain';

export interface LoadedEnvironment {
  /** Absent where a file could not be read. */
  readonly located?: LocatedMap;
  readonly issues: Issue[];
  /** Every file that went in, the environment itself first. */
  readonly files: string[];
  /** Path of the file whose cluster this one adds to, where it does. */
  readonly cluster?: string;
}

/**
 * Reads an environment file, the files that it builds on (`extends`) and the one whose cluster it adds to (`cluster`). All positions are
 * kept, so that a message names the file that has to change.
 */
export function loadEnvironment(path: string, read: ReadText): LoadedEnvironment {
  const own = loadChain(path, read);
  if (own.located === undefined) return own;
  const link = child(own.located, 'cluster');
  if (isNothing(link)) return { ...own, issues: ownerIssues(own.located) };

  const at = positionOf(own.located, ['cluster']);
  const fail = (code: string, message: string, hint: string): LoadedEnvironment => ({
    issues: [{ code, level: 'error', path: 'cluster', message, hint, at }],
    files: own.files,
  });
  const written = pathIn(link);
  if (written === undefined) return fail('SPEC-TYPE', notAPath(link), 'Write cluster: ./prod.yaml.');
  const cluster = resolveRelative(at.file, written);
  const nested = (what: string): LoadedEnvironment =>
    fail(
      'CLUSTER-NESTED',
      `${what}, got ${JSON.stringify(cluster)}; a file that describes a cluster is needed.`,
      'Name the environment whose cluster it is.',
    );
  if (cluster === path) return nested('the file names itself');
  const base = loadChain(cluster, read, {
    code: 'CLUSTER-MISSING',
    path: 'cluster',
    what: 'the file of the cluster',
    at,
  });
  const files = [...own.files, ...base.files];
  if (base.located === undefined) return { issues: base.issues, files };
  if (!isNothing(child(base.located, 'cluster'))) return nested('the file adds to the cluster of another itself');
  const { located, issues } = addToCluster(own.located, base.located, cluster);
  return { located, issues, files, cluster };
}

/** Nobody but the kit says whose a file is. */
function ownerIssues(located: LocatedMap): Issue[] {
  if (isNothing(child(located, 'owner'))) return [];
  return [
    {
      code: 'SPEC-CLUSTER-KEY',
      level: 'error',
      path: 'owner',
      message: `owner is not written by hand, got one in a file that has no cluster; a file with cluster may have ${OWN_KEYS.join(', ')}.`,
      hint: 'Remove it.',
      at: positionOf(located, ['owner'], true),
    },
  ];
}
