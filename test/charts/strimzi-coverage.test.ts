import { parse } from 'yaml';
import { strimziParts } from '../../charts/strimzi';
import { formatPath, hasErrors, type Path } from '../../lib/core/issue';
import { openText } from '../support/environments';
import { EVERYTHING } from '../support/strimzi-everything';

type Spec = Record<string, unknown>;

/** Other values for what cannot be changed by counting up or writing on; undefined takes the key away. */
const OTHER: Readonly<Record<string, readonly unknown[]>> = {
  'kafka.version': ['4.3.0'],
  'kafka.clusterId': ['AkU3OEVBNTcwNTJENDM2Qg'],
  'kafka.config["ssl.endpoint.identification.algorithm"]': ['https'],
  'nodePools.controllers.replicas': [5],
  'principals.portal.acls[1].cluster': [undefined],
  'acknowledge[0].code': ['LOCK-REPLICATION-FACTOR'],
  'targets.kubernetes.version': ['1.36'],
};

/** The words of the schema, one for the other. */
const WORDS: Readonly<Record<string, readonly unknown[]>> = {
  workers: [undefined],
  'scram-sha-512': ['mtls', 'oauthbearer'],
  mtls: ['oauthbearer'],
  oauthbearer: ['mtls'],
  none: ['tls', 'scram-sha-512', 'allocate'],
  'external-dns': ['own'],
  ClusterIssuer: ['Issuer'],
  v1: ['v1alpha3'],
  'node-port': ['load-balancer'],
  'load-balancer': ['node-port'],
  'cert-manager': ['secret'],
  'statefulset-per-zone': ['pod-zone-label'],
  paused: ['stopped'],
  never: [undefined],
  report: ['pin'],
  node: ['nothing'],
  kubernetes: [undefined],
  deny: ['allow'],
  public: ['secret'],
  describe: ['read'],
  'describe-configs': ['alter-configs'],
  internal: ['secure', 'sso', 'open'],
  secure: ['sso'],
  sso: ['secure'],
  open: ['sso'],
  'registry-login': ['registry-other'],
};

describe('every fact of an environment', () => {
  const base = parse(EVERYTHING) as Spec;
  const text = (spec: Spec): string | undefined => {
    const { model, issues } = openText(JSON.stringify(spec));
    if (model === undefined || hasErrors(issues)) return undefined;
    const { objects, report, issues: found } = strimziParts(model);
    return hasErrors(found) ? undefined : JSON.stringify([objects, report]);
  };

  test('is in the resources of Strimzi or in the report about them: another value gives other files', () => {
    const before = text(base);
    expect(before).toBeDefined();
    const silent: string[] = [];
    const untried = new Map<string, boolean>();
    // One of a kind stands for the others: each topic is made like the next.
    const told = new Set<string>();
    for (const path of leafPaths(base, [])) {
      if (['target', 'name'].includes(formatPath(path)) || APART.has(pattern(path)) || told.has(pattern(path)))
        continue;
      let outcome: 'untried' | 'silent' | 'told' = 'untried';
      for (const value of others(formatPath(path), valueAt(base, path))) {
        const after = text(replaced(base, path, value));
        if (after !== undefined) outcome = after === before ? 'silent' : 'told';
        if (outcome === 'told') break;
      }
      if (outcome === 'told') told.add(pattern(path));
      if (outcome === 'silent') silent.push(formatPath(path));
      untried.set(pattern(path), outcome === 'untried' && untried.get(pattern(path)) !== false);
    }
    expect(silent).toEqual([]);
    expect([...untried].filter(([, isUntried]) => isUntried).map(([key]) => key)).toEqual([]);
  });

  test('is among those that are tried', () => {
    const tried = new Set(leafPaths(base, []).map(pattern));
    const schema = JSON.parse(JSON.stringify(require('../../environments/schema.json'))) as Schema;
    const missing = [...new Set(schemaLeaves(schema, schema, []).map(pattern))].filter(
      (leaf) => !tried.has(leaf) && !ELSEWHERE.some((prefix) => leaf === prefix || leaf.startsWith(`${prefix}.`)),
    );
    expect(missing).toEqual([]);
  });
});

/** Another value alone is none that is allowed; all three are in the environment. */
const APART = new Set(['targets.kubernetes.listeners.*.expose']);

/** What no file of this target has, is merged away before there is a model, or stands in place of a key that is tried. */
const ELSEWHERE: readonly string[] = [
  '$schema',
  'extends',
  'cluster',
  'owner',
  'aws',
  'targets.msk',
  'targets.msk-serverless',
  'targets.ec2',
  'targets.hosts',
  'targets.local',
  'targets.kubernetes.override',
  'principals.*.iamRole',
  'targets.kubernetes.strimzi.connectImage',
  'connect.runtime.environment',
  'connect.iamRole',
  'brokers',
  'pods',
  // Reported value by value, whatever the key (STRIMZI-APPLICATION, STRIMZI-POD).
  'applications',
  ...['autoscaling', 'certificateHash', 'connect.autoscaling'].map((key) => `targets.kubernetes.${key}`),
  // Without effect where each zone has pools of its own.
  'targets.kubernetes.pods.*.zones',
  // Of an environment beside this one, whose addresses and log-in are tried by value.
  ...['environment', 'principal', 'listener'].map((key) => `mirrors.*.source.${key}`),
];

function leafPaths(value: unknown, path: Path): Path[] {
  // A list of plain values is one fact.
  if (typeof value !== 'object' || value === null || (Array.isArray(value) && typeof value[0] !== 'object'))
    return [path];
  return Object.entries(value).flatMap(([key, inner]) =>
    leafPaths(inner, [...path, Array.isArray(value) ? Number(key) : key]),
  );
}

function valueAt(spec: unknown, path: Path): unknown {
  return path.reduce<unknown>((value, key) => (value as Spec)[key], spec);
}

function replaced(spec: Spec, path: Path, value: unknown): Spec {
  const copy = structuredClone(spec);
  const parent = valueAt(copy, path.slice(0, -1)) as Spec;
  if (value === undefined) delete parent[path.at(-1)!];
  else parent[path.at(-1)!] = value;
  return copy;
}

function others(path: string, value: unknown): readonly unknown[] {
  if (OTHER[path] !== undefined) return OTHER[path];
  if (typeof value === 'boolean') return [!value];
  if (typeof value === 'number') return [value + 1, value - 1, Math.max(0.1, value - 0.05)];
  if (Array.isArray(value)) return othersOfList(value as string[]);
  const words = String(value);
  const counted = words.replace(/\d+/, (digits) => String(Number(digits) + 1));
  return [
    ...(WORDS[words] ?? []),
    ...(counted === words ? [] : [counted]),
    ...(words === 'broker' || words === 'controller' ? [words === 'broker' ? 'controller' : 'broker'] : []),
    `${words}x`,
    words === 'orders' ? 'clicks' : 'orders',
    words === 'delete' ? 'compact' : 'delete',
    words.replace('login', 'spare'),
    ...(words === 'db' || words.endsWith('-login') ? ['spare'] : []),
    'store',
    undefined,
  ].filter((other) => other !== words);
}

function othersOfList(list: readonly string[]): readonly unknown[] {
  const [first = '', ...rest] = list;
  return [
    ...(WORDS[first] ?? []).map((word) => [word, ...rest]),
    ...['broker', 'controller', 'delete', 'compact', 'clicks'].map((word) => [...new Set([...list, word])]),
    [first.replace(/\d+/, (digits) => String(Number(digits) + 1)), ...rest],
    [`${first.slice(0, -1)}*`, ...rest],
    rest,
    [`${first}x`, ...rest],
  ].filter((other) => JSON.stringify(other) !== JSON.stringify(list));
}

interface Schema {
  readonly $ref?: string;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: Schema | boolean;
  readonly items?: Schema;
}

function schemaLeaves(node: Schema, root: Schema, path: Path): Path[] {
  if (node.$ref !== undefined) {
    const target = node.$ref
      .slice(2)
      .split('/')
      .reduce<unknown>((at, key) => (at as Spec)[key], root);
    return schemaLeaves(target as Schema, root, path);
  }
  const choices = node.anyOf ?? node.oneOf;
  if (choices !== undefined) return choices.flatMap((choice) => schemaLeaves(choice, root, path));
  const below = Object.entries(node.properties ?? {}).flatMap(([key, inner]) =>
    schemaLeaves(inner, root, [...path, key]),
  );
  const free = node.additionalProperties;
  if (typeof free === 'object') below.push(...schemaLeaves(free, root, [...path, '*']));
  if (node.items?.properties !== undefined) below.push(...schemaLeaves(node.items, root, path));
  return below.length > 0 ? below : [path];
}

/** The keys of the schema that lead to a value: names that people choose and places in lists are left open. */
const NAMED: Readonly<Record<string, readonly number[]>> = {
  nodePools: [1],
  listeners: [1],
  topics: [1],
  principals: [1],
  secrets: [1],
  mirrors: [1],
};

function pattern(path: Path): string {
  const keys = path.filter((key) => typeof key === 'string');
  return keys
    .map((key, index) => {
      const before = keys[index - 1];
      const isName =
        NAMED[keys[0]!]?.includes(index) === true ||
        (index === 2 && ['clients', 'addresses'].includes(before!)) ||
        [
          'config',
          'users',
          'plugins',
          'connectors',
          'secretConfig',
          'lag',
          'listeners',
          'annotations',
          'proxyLabels',
          'pods',
          'nodeSelector',
          'labels',
        ].includes(before!);
      return isName ? '*' : key;
    })
    .join('.');
}
