import { nearest, sortIssues, type Issue } from '../core/issue';
import { child, mergeLocated, positionOf, type Located, type LocatedEntry, type LocatedMap } from '../core/spec';
import { isNothing } from './chain';

/** What a file that adds to the cluster of another may say. */
export const OWN_KEYS: readonly string[] = [
  'name',
  'description',
  'cluster',
  'owns',
  'topicDefaults',
  'topics',
  'principals',
  'secrets',
  'reconcile',
  'acknowledge',
];

/** Sections of such a file that stand for themselves: those of the cluster's file belong to its owner. */
const OWN_SECTIONS = ['description', 'owns', 'topics', 'principals', 'secrets', 'acknowledge'];
/** Sections where it says only what differs. */
const MERGED_SECTIONS = ['topicDefaults', 'reconcile'];
/** What is true of the cluster, whoever adds to it. */
const CLUSTER_SECTIONS = [
  'target',
  'kafka',
  'nodePools',
  'racks',
  'listeners',
  'topicDefaults',
  'reconcile',
  'capacity',
  'monitoring',
  'aws',
  'targets',
];
/** What of the cluster's file belongs to its owner, also below an override. */
const OWNERS_SECTIONS = [...OWN_SECTIONS, 'quotas', 'connect', 'mirrors', 'applications'];

/** Whether an issue at this path is about the file itself, not about the cluster that it adds to. */
export function isOwnSection(path: string): boolean {
  return ['owner', ...OWN_KEYS].includes(/^[^.[]*/.exec(path)![0]);
}

/** The environment that a file means which adds topics and principals to the cluster of another. */
export function addToCluster(
  own: LocatedMap,
  cluster: LocatedMap,
  clusterPath: string,
): { located: LocatedMap; issues: Issue[] } {
  const entries = new Map<string, LocatedEntry>();
  const put = (key: string, value: Located | undefined, from: LocatedEntry | undefined): void => {
    if (value !== undefined && from !== undefined) entries.set(key, { key: from.key, value });
  };
  const clusterName = cluster.entries.get('name');
  put('name', clusterName?.value, clusterName);
  const ownName = own.entries.get('name');
  put('owner', ownName?.value, ownName);
  for (const key of CLUSTER_SECTIONS) {
    const entry = cluster.entries.get(key);
    put(key, entry?.value, entry);
  }
  without(entries, ['monitoring', 'lag']);
  const defaults = own.entries.get('topicDefaults')?.value;
  const targets = entries.get('targets');
  if (targets?.value.kind === 'map') put('targets', sharedTargets(targets.value, defaults), targets);
  for (const key of MERGED_SECTIONS) {
    const entry = own.entries.get(key);
    if (entry !== undefined) put(key, mergeLocated(entries.get(key)?.value, entry.value), entry);
  }
  for (const key of OWN_SECTIONS) {
    const entry = own.entries.get(key);
    put(key, entry?.value, entry);
  }
  return { located: { ...own, entries }, issues: ownIssues(own, cluster, clusterPath) };
}

/** The settings of targets without what their overrides say about things of the owner; defaults of topics are the file's own again. */
function sharedTargets(targets: LocatedMap, defaults: Located | undefined): LocatedMap {
  const shared = new Map<string, LocatedEntry>();
  for (const [target, entry] of targets.entries) {
    const override = child(entry.value, 'override');
    if (entry.value.kind !== 'map' || override?.kind !== 'map') {
      shared.set(target, entry);
      continue;
    }
    const kept = new Map([...override.entries].filter(([key]) => !OWNERS_SECTIONS.includes(key)));
    without(kept, ['monitoring', 'lag']);
    const own = kept.get('topicDefaults');
    if (own !== undefined && defaults !== undefined) {
      kept.set('topicDefaults', { key: own.key, value: mergeLocated(own.value, defaults) });
    }
    const settings = new Map(entry.value.entries);
    settings.set('override', { key: settings.get('override')!.key, value: { ...override, entries: kept } });
    shared.set(target, { key: entry.key, value: { ...entry.value, entries: settings } });
  }
  return { ...targets, entries: shared };
}

function without(entries: Map<string, LocatedEntry>, [section, key]: readonly [string, string]): void {
  const entry = entries.get(section);
  if (entry?.value.kind !== 'map' || !entry.value.entries.has(key)) return;
  const rest = new Map(entry.value.entries);
  rest.delete(key);
  entries.set(section, { key: entry.key, value: { ...entry.value, entries: rest } });
}

function ownIssues(own: LocatedMap, cluster: LocatedMap, clusterPath: string): Issue[] {
  const issues: Issue[] = [];
  const add = (code: string, path: string, message: string, hint: string): void => {
    const at = path === '' ? positionOf(own, []) : positionOf(own, [path], true);
    issues.push({ code, level: 'error', path, message, hint, at });
  };
  for (const [key, { value }] of own.entries) {
    if (OWN_KEYS.includes(key) || isNothing(value)) continue;
    const ofCluster = CLUSTER_SECTIONS.includes(key) || OWNERS_SECTIONS.includes(key);
    const near = ofCluster ? undefined : nearest(key, OWN_KEYS);
    add(
      'SPEC-CLUSTER-KEY',
      key,
      `a file that adds to the cluster of another does not say this, got the key ${JSON.stringify(key)}; it may have ${OWN_KEYS.join(', ')}.`,
      near !== undefined
        ? `Did you mean ${near}?`
        : ofCluster
          ? `Remove it; it is said in ${clusterPath}.`
          : 'Remove it.',
    );
  }
  const name = child(own, 'name');
  if (isNothing(name)) {
    add('SPEC-REQUIRED', 'name', 'the key is missing; a text is needed.', 'Add the name of what this file is for.');
  } else {
    const clusterName = child(cluster, 'name');
    const same = name.kind === 'scalar' && clusterName?.kind === 'scalar' && name.value === clusterName.value;
    if (same) {
      add(
        'CLUSTER-NAME',
        'name',
        `the file has the name of its cluster, got ${JSON.stringify(name.value)}; a name of its own says what belongs to it.`,
        'Rename it.',
      );
    }
  }
  if (isNothing(child(own, 'owns'))) {
    add(
      'OWNS-MISSING',
      'owns',
      'the file does not say what of the cluster belongs to it, got no owns; names or prefixes are needed.',
      "Add owns: { topics: ['checkout.*'], principals: ['checkout-*'] }, for example.",
    );
  }
  return sortIssues(issues);
}
