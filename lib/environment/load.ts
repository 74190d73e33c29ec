import type { Issue } from '../core/issue';
import { child, positionOf, type Located, type LocatedMap } from '../core/spec';
import { isNothing, loadChain, notAPath, pathIn, resolveRelative, type ReadText } from './chain';
import { runPodsFor } from './pods-file';
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
  /** Path of the file whose brokers the pods of this one use, where it has none of its own. */
  readonly brokers?: string;
}

/**
 * Reads an environment file, the files that it builds on (`extends`) and the one whose cluster it adds to (`cluster`). All positions are
 * kept, so that a message names the file that has to change.
 */
export function loadEnvironment(path: string, read: ReadText): LoadedEnvironment {
  const own = loadChain(path, read);
  if (own.located === undefined) return own;
  const brokers = child(own.located, 'brokers');
  if (!isNothing(brokers)) return loadForPods(path, read, { ...own, located: own.located, brokers });
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
  if (!isNothing(child(base.located, 'brokers'))) return nested('the file has no brokers itself');
  const { located, issues } = addToCluster(own.located, base.located, cluster);
  return { located, issues, files, cluster };
}

interface OwnFile {
  readonly located: LocatedMap;
  readonly brokers: Located;
  readonly files: string[];
}

/** A file that runs pods for the brokers of another, which it names by its path. */
function loadForPods(path: string, read: ReadText, { located: own, brokers, files }: OwnFile): LoadedEnvironment {
  const link = child(brokers, 'environment');
  const at = positionOf(own, ['brokers', 'environment']);
  const fail = (code: string, message: string, hint: string): LoadedEnvironment => ({
    issues: [{ code, level: 'error', path: 'brokers.environment', message, hint, at }],
    files,
  });
  if (isNothing(link)) {
    return fail(
      'SPEC-REQUIRED',
      'the brokers are not named, got no environment; the path of an environment is needed.',
      'Write brokers: { environment: ./prod.yaml }.',
    );
  }
  const written = pathIn(link);
  if (written === undefined) return fail('SPEC-TYPE', notAPath(link), 'Write brokers: { environment: ./prod.yaml }.');
  const target = resolveRelative(at.file, written);
  const nested = (what: string): LoadedEnvironment =>
    fail(
      'BROKERS-NESTED',
      `${what}, got ${JSON.stringify(target)}; a file that describes brokers is needed.`,
      'Name the environment whose brokers they are.',
    );
  if (target === path) return nested('the file names itself');
  const base = loadChain(target, read, {
    code: 'BROKERS-MISSING',
    path: 'brokers.environment',
    what: 'the environment of the brokers',
    at,
  });
  const all = [...files, ...base.files];
  if (base.located === undefined) return { issues: base.issues, files: all };
  for (const key of ['cluster', 'brokers'])
    if (!isNothing(child(base.located, key))) return nested(`the file has ${key} itself`);
  const { located, issues } = runPodsFor(own, base.located);
  return { located, issues, files: all, brokers: target };
}

/** Nobody but the kit says whose a file is. */
function ownerIssues(located: LocatedMap): Issue[] {
  if (!isNothing(child(located, 'pods'))) {
    return [
      {
        code: 'PODS-KEY',
        level: 'error',
        path: 'pods',
        message:
          'pods is not written by hand, got one in a file that has no brokers; a file with brokers says where they are.',
        hint: 'Remove it.',
        at: positionOf(located, ['pods'], true),
      },
    ];
  }
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
