import { nearest, sortIssues, type Issue, type Path } from '../core/issue';
import { child, positionOf, type Located, type LocatedEntry, type LocatedMap } from '../core/spec';
import { isNothing } from './chain';

/** What a file may say that runs pods for the brokers of another. */
const OWN_KEYS: readonly string[] = ['name', 'description', 'target', 'brokers', 'targets'];

/** The environment that a file means which runs pods for the brokers of another: all of that one, and where the pods are. */
export function runPodsFor(own: LocatedMap, ofBrokers: LocatedMap): { located: LocatedMap; issues: Issue[] } {
  const entries = new Map(ofBrokers.entries);
  const brokers = own.entries.get('brokers')!;
  entries.set('brokers', brokers);
  const name = own.entries.get('name');
  const kubernetes = settingsOf(own);
  const pods: LocatedMap = {
    kind: 'map',
    source: brokers.value.source,
    offset: brokers.value.offset,
    entries: new Map([
      ...(name === undefined ? [] : [['environment', name] as const]),
      ...(kubernetes === undefined ? [] : [['kubernetes', kubernetes] as const]),
    ]),
  };
  entries.set('pods', { key: brokers.key, value: pods });
  return { located: { ...ofBrokers, entries }, issues: ownIssues(own, ofBrokers) };
}

/** Where things are written, for issues about the model: the settings of the pods are this file's own. */
export function positionsOfPods(located: Located): Located {
  const kubernetes = child(child(located, 'pods'), 'kubernetes');
  if (located.kind !== 'map' || kubernetes === undefined) return located;
  const written = located.entries.get('targets')?.value;
  const place = { source: kubernetes.source, offset: kubernetes.offset };
  const targets = new Map(written?.kind === 'map' ? written.entries : []);
  targets.set('kubernetes', { key: place, value: kubernetes });
  const entries = new Map(located.entries);
  entries.set('targets', { key: place, value: { kind: 'map', ...place, entries: targets } });
  return { ...located, entries };
}

function settingsOf(own: LocatedMap): LocatedEntry | undefined {
  const targets = child(own, 'targets');
  return targets?.kind === 'map' ? targets.entries.get('kubernetes') : undefined;
}

function ownIssues(own: LocatedMap, ofBrokers: LocatedMap): Issue[] {
  const issues: Issue[] = [];
  const add = (code: string, path: Path, message: string, hint: string): void => {
    issues.push({ code, level: 'error', path: path.join('.'), message, hint, at: positionOf(own, path, true) });
  };
  for (const [key, { value }] of own.entries) {
    if (OWN_KEYS.includes(key) || isNothing(value)) continue;
    const near = ofBrokers.entries.has(key) ? undefined : nearest(key, OWN_KEYS);
    add(
      'PODS-KEY',
      [key],
      `a file that runs pods for the brokers of another does not say this, got the key ${JSON.stringify(key)}; it may have ${OWN_KEYS.join(', ')}.`,
      near === undefined ? 'Say it in the environment of the brokers.' : `Did you mean ${near}?`,
    );
  }
  const target = child(own, 'target');
  if (target?.kind !== 'scalar' || target.value !== 'kubernetes') {
    add(
      'PODS-TARGET',
      ['target'],
      `pods run on Kubernetes, got ${target?.kind === 'scalar' ? String(target.value) : 'no target'}; kubernetes is allowed.`,
      'Write target: kubernetes.',
    );
  }
  const name = child(own, 'name');
  const nameOfBrokers = child(ofBrokers, 'name');
  if (isNothing(name)) {
    add(
      'SPEC-REQUIRED',
      ['name'],
      'the key is missing; a text is needed.',
      'Add the name that connect.runtime says: { environment: NAME }.',
    );
  } else if (name.kind === 'scalar' && nameOfBrokers?.kind === 'scalar' && name.value === nameOfBrokers.value) {
    add(
      'PODS-NAME',
      ['name'],
      `the file has the name of the environment of the brokers, got ${JSON.stringify(name.value)}; each has its own.`,
      'Rename it.',
    );
  }
  const settings = settingsOf(own);
  if (settings === undefined || isNothing(settings.value)) {
    add(
      'SPEC-REQUIRED',
      ['targets'],
      'the section targets.kubernetes is missing, got none; pods need it.',
      'Add targets: { kubernetes: { version: "1.34", namespace: kafka, images: { kafka: ... } } }.',
    );
  } else if (!isNothing(child(settings.value, 'override'))) {
    add(
      'PODS-KEY',
      ['targets', 'kubernetes', 'override'],
      'a file that runs pods for the brokers of another overrides nothing, got override; what it runs is said there.',
      'Remove it, and say what differs below targets of the environment of the brokers.',
    );
  }
  return sortIssues(issues);
}
