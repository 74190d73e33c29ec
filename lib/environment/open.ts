import { hasErrors, sortIssues, type Issue } from '../core/issue';
import { parseLock, type Lock } from '../core/lock';
import { resolve, type EnvironmentModel, type Explain, type ResolveOptions } from '../core/model';
import { check, POD_RULES } from '../core/rules';
import { child, parseEnvironment, positionOf, TARGETS, type EnvironmentSpec, type TargetName } from '../core/spec';
import { loadEnvironment, type LoadedEnvironment, type ReadText } from './load';
import { mirrorSources } from './mirror-sources';
import type { OpenedEnvironment } from './opened';
import { overlapsWithCluster } from './overlaps';
import { positionsOfPods } from './pods-file';
import { isOwnSection } from './shared-cluster';

export type { OpenedEnvironment } from './opened';

export interface OpenOptions {
  /** Path of the environment file, with forward slashes, as messages will show it. */
  readonly path: string;
  /** Reads a file by such a path; throws where there is none. */
  readonly read: ReadText;
  /** Deploy to this target instead of the one that the file names. */
  readonly target?: TargetName;
  /** See `ResolveOptions`. */
  readonly formation?: 'first' | 'formed';
  readonly localRoot?: string;
  readonly explain?: Explain;
  readonly metrics?: 'on';
  /** Environments that mirrors copy from are not opened. @default - they are */
  readonly mirrorSources?: 'closed';
}

/** Path of the lock file of an environment: `environments/prod.yaml` → `environments/prod.lock.json`. */
export function lockPath(environmentPath: string): string {
  return environmentPath.replace(/\.(ya?ml|json)$/, '') + '.lock.json';
}

/** The whole way from a file to a checked model: load, parse, resolve, check. Every caller of the kit comes through here. */
export function openEnvironment(options: OpenOptions): OpenedEnvironment {
  const loaded = loadEnvironment(options.path, options.read);
  const { cluster: clusterPath, brokers: brokersPath } = loaded;
  if (brokersPath !== undefined) return openForPods(loaded, options, brokersPath);
  if (clusterPath === undefined) return openLoaded(loaded, options);
  const { path: _path, explain: _explain, ...sameForBoth } = options;
  return openLoaded(loaded, options, openEnvironment({ ...sameForBoth, path: clusterPath }));
}

function openLoaded(loaded: LoadedEnvironment, options: OpenOptions, cluster?: OpenedEnvironment): OpenedEnvironment {
  const { path } = options;
  const { files } = loaded;
  if (loaded.located === undefined) return { path, files, issues: loaded.issues };

  const parsed = parseEnvironment(loaded.located, options.target === undefined ? {} : { target: options.target });
  const { located } = parsed;
  const shape =
    cluster === undefined ? [...loaded.issues, ...parsed.issues] : sharedIssues(loaded, parsed.issues, cluster);
  const opened = { path, files, located, ...(cluster === undefined ? {} : { cluster }) };
  if (parsed.spec === undefined) return { ...opened, issues: sortIssues(shape) };

  // What is locked is the cluster, whose ids come from there.
  const locked = readLock(lockPath(cluster?.path ?? path), options.read);
  const lock = locked.lock?.targets[parsed.spec.target];
  const resolved = resolve(parsed.spec, {
    ...(options.mirrorSources === 'closed' ? {} : { environments: sourcesBeside(path, parsed.spec, options.read) }),
    ...(lock === undefined ? {} : { lock, lockedName: locked.lock!.environment }),
    ...(options.formation === undefined ? {} : { formation: options.formation }),
    ...(options.localRoot === undefined ? {} : { localRoot: options.localRoot }),
    ...(options.explain === undefined ? {} : { explain: options.explain }),
    ...(options.metrics === undefined ? {} : { metrics: options.metrics }),
    ...(cluster?.model === undefined ? {} : { clusterTopics: cluster.model.topics.map(({ name }) => name) }),
  });
  const checked = check(resolved.model).map(({ segments, ...issue }): Issue => ({
    ...issue,
    at: positionOf(located, segments),
  }));
  const unresolved = resolved.issues.map((issue): Issue => ({
    ...issue,
    at: positionOf(located, issue.path.split('.')),
  }));
  const result: OpenedEnvironment = {
    ...opened,
    spec: parsed.spec,
    model: resolved.model,
    issues: [...shape, ...locked.issues, ...unresolved, ...checked],
    ...(locked.lock === undefined ? {} : { lock: locked.lock }),
  };
  if (cluster === undefined) return { ...result, issues: sortIssues(result.issues) };
  const known = new Set(cluster.issues.filter(({ level }) => level === 'warning').map(identityOf));
  const issues = [...result.issues, ...overlapsWithCluster(result, cluster)];
  return { ...result, issues: sortIssues(unique(issues.filter((issue) => !known.has(identityOf(issue))))) };
}

/** Pods of one file for the brokers of another: what is wrong with those is said once, by the rules that are about them. */
function openForPods(loaded: LoadedEnvironment, options: OpenOptions, brokersPath: string): OpenedEnvironment {
  const { path, read, formation, localRoot, explain } = options;
  const { files, located } = loaded;
  if (located === undefined) return { path, files, issues: loaded.issues };
  const written = child(child(located, 'brokers'), 'target');
  const target = written?.kind === 'scalar' && isTarget(written.value) ? { target: written.value } : {};
  const more = { ...(formation === undefined ? {} : { formation }), ...(localRoot === undefined ? {} : { localRoot }) };
  const brokers = openEnvironment({ path: brokersPath, read, ...target, ...more });
  const parsed = parseEnvironment(located, target);
  const positions = positionsOfPods(parsed.located);
  const own = parsed.issues
    .filter(
      ({ path: at, code }) => /^(brokers|pods)\b/.test(at) && !(code === 'SPEC-REQUIRED' && /^pods\.\w+$/.test(at)),
    )
    .map((issue) => ({
      ...issue,
      path: issue.path.replace(/^pods\.kubernetes/, 'targets.kubernetes').replace(/^pods\.environment/, 'name'),
    }));
  const shape = unique([...loaded.issues, ...own, ...brokers.issues.filter(({ level }) => level === 'error')]);
  const opened = { path, files, located: positions };
  if (parsed.spec === undefined || hasErrors(shape)) return { ...opened, issues: sortIssues(shape) };
  const { model } = resolve(parsed.spec, {
    environments: sourcesBeside(brokersPath, parsed.spec, read),
    ...(brokers.lock === undefined ? {} : lockOf(brokers.lock, parsed.spec.target)),
    ...more,
    ...(explain === undefined ? {} : { explain }),
  });
  const checked = check(model, POD_RULES)
    // What is acknowledged is about the brokers.
    .filter(({ code }) => code !== 'ACKNOWLEDGEMENT-UNUSED')
    .map(({ segments, ...issue }): Issue => ({ ...issue, at: positionOf(positions, segments) }));
  return { ...opened, spec: parsed.spec, model, issues: sortIssues([...shape, ...checked]) };
}

function sourcesBeside(path: string, spec: EnvironmentSpec, read: ReadText): ReadonlyMap<string, EnvironmentModel> {
  return mirrorSources(path, spec, read, (file) => openEnvironment({ path: file, read, mirrorSources: 'closed' }));
}

function isTarget(value: unknown): value is TargetName {
  return (TARGETS as readonly unknown[]).includes(value);
}

function lockOf(lock: Lock, target: TargetName): Pick<ResolveOptions, 'lock' | 'lockedName'> {
  const entry = lock.targets[target];
  return entry === undefined ? {} : { lock: entry, lockedName: lock.environment };
}

/**
 * What is wrong with the form of a file that adds to a cluster: its own sections, and the errors of the file of the cluster. What that one
 * is warned of, and what its lock says, is the business of its owner.
 */
function sharedIssues(loaded: LoadedEnvironment, parsed: readonly Issue[], cluster: OpenedEnvironment): Issue[] {
  const own = parsed
    .filter(({ path }) => isOwnSection(path))
    .map((issue): Issue => ({ ...issue, path: issue.path === 'owner' ? 'name' : issue.path }));
  const ofCluster = cluster.issues.filter(({ code, level }) => level === 'error' && !code.startsWith('LOCK-'));
  return unique([...loaded.issues, ...own, ...ofCluster]);
}

function unique(issues: readonly Issue[]): Issue[] {
  return [...new Map(issues.map((issue) => [identityOf(issue), issue])).values()];
}

function identityOf({ code, path, at }: Issue): string {
  return JSON.stringify([code, path, at]);
}

function readLock(path: string, read: ReadText): { lock?: Lock; issues: Issue[] } {
  let text: string;
  try {
    text = read(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    // A lock that is there but cannot be read is not the same as none: everything would count as new.
    return code === undefined || code === 'ENOENT' ? { issues: [] } : unreadableLock(path, code);
  }
  const parsed = parseLock(text);
  return 'lock' in parsed ? { lock: parsed.lock, issues: [] } : unreadableLock(path, parsed.problem);
}

function unreadableLock(path: string, problem: string): { issues: Issue[] } {
  const message = `the lock file cannot be read, got ${problem}; it is written by kdk lock.`;
  return {
    issues: [
      {
        code: 'LOCK-UNREADABLE',
        level: 'error',
        path: '',
        message,
        hint: 'Restore it from version control.',
        at: { file: path, line: 1, column: 1 },
      },
    ],
  };
}

/** The checked model, or one error whose message lists every issue. For callers that cannot go on without it. */
export function modelOrThrow(opened: OpenedEnvironment, format: (issue: Issue) => string): EnvironmentModel {
  if (opened.model !== undefined && !hasErrors(opened.issues)) return opened.model;
  const errors = opened.issues.filter((issue) => issue.level === 'error');
  throw new Error(
    [
      `${opened.path} has ${errors.length} ${errors.length === 1 ? 'error' : 'errors'}:`,
      ...errors.map((issue) => `  ${format(issue)}`),
    ].join('\n'),
  );
}
