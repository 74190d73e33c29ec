import type { Path } from '../issue';
import {
  applicationReads,
  applicationWrites,
  mostReplicas,
  type ApplicationModel,
  type EnvironmentModel,
  type PrincipalModel,
} from '../model';
import { didYouMean, oneOf } from './hint';
import { covers, coversPattern, mirrored, Names } from './patterns';
import type { Rule } from './rule';

/** Users' own programs: who they are, and whether they may do what they do. */
export const APPLICATION_RIGHT_RULES: readonly Rule[] = [
  {
    code: 'APPLICATION-PRINCIPAL',
    level: 'error',
    what: 'An application logs in as a principal that is declared, unless its listener asks nobody.',
    why: 'Its credentials, its rights and its quotas are those of the principal.',
    source: 'the environment schema',
    check(model, report) {
      const names = model.principals.map(({ name }) => name);
      const listeners = model.listeners.map(({ name }) => name);
      for (const { name, principal, listener } of model.applications) {
        const written = model.spec.applications?.[name]?.listener;
        const path: Path = ['applications', name];
        if (principal !== undefined) {
          if (written !== undefined)
            report({
              path: [...path, 'listener'],
              message: `the listener is that of the principal, got ${written} beside ${principal}; one is allowed.`,
              hint: 'Remove it.',
            });
          if (names.includes(principal)) continue;
          const deleted = model.deletedPrincipals.some((gone) => gone.name === principal);
          report({
            path: [...path, 'principal'],
            message: deleted
              ? `the principal is to be deleted, got ${principal}; a principal that stays is allowed.`
              : `the principal is not declared, got ${principal}; ${oneOf(names)}.`,
            hint: deleted
              ? 'Take it out here first, or keep the principal.'
              : didYouMean(principal, names, 'Declare it under principals.'),
          });
          continue;
        }
        const found = model.listeners.find((candidate) => candidate.name === listener);
        if (found === undefined) {
          if (written !== undefined)
            report({
              path: [...path, 'listener'],
              message: `the listener is not declared, got ${written}; ${oneOf(listeners)}.`,
              hint: didYouMean(written, listeners, 'Declare it under listeners.'),
            });
        } else if (found.authentication !== 'none') {
          report({
            path,
            message: `the application does not say who it is, got a listener with authentication ${found.authentication} and no principal; one is needed.`,
            hint: `Declare a principal on listener ${listener}, and name it here.`,
          });
        }
      }
    },
  },
  {
    code: 'APPLICATION-TOPIC',
    level: 'error',
    what: 'The topics that an application reads and writes are declared; in a file that adds to a cluster they may be those of another file.',
    why: 'It would wait for a topic that nobody makes.',
    source: 'the environment schema',
    check(model, report) {
      const known = new Names([...model.topics.map(({ name }) => name), ...model.clusterTopics]);
      if (model.owner !== model.name) return;
      for (const { path, pattern } of namedTopics(model)) {
        if (pattern.endsWith('*') || known.matches(pattern) || mirrored(model, pattern)) continue;
        report({
          path,
          message: `the topic is not declared, got ${pattern}; ${oneOf(known.all)}.`,
          hint: didYouMean(pattern, known.all, 'Declare it under topics.'),
        });
      }
    },
  },
  {
    code: 'APPLICATION-RIGHTS',
    level: 'error',
    what: 'The principal of an application may read, write and use what the application does, with its group and its transactional ids.',
    why: 'The brokers refuse it when it starts (TOPIC_, GROUP_ or TRANSACTIONAL_ID_AUTHORIZATION_FAILED).',
    source: 'Apache Kafka documentation, Authorization and ACLs; KIP-98',
    check(model, report) {
      for (const application of model.applications) {
        const principal = authorized(model, application);
        if (principal === undefined) continue;
        for (const { path, pattern, allowed, key } of needs(application, principal)) {
          if (allowed.some((right) => coversPattern(right, pattern))) continue;
          report({
            path,
            message: `the principal ${principal.name} may not do this, got ${pattern}; ${allowed.length === 0 ? `it has no ${key}` : `its ${key} are ${allowed.join(', ')}`}.`,
            hint: `Add ${pattern} to principals.${principal.name}.${key}.`,
          });
        }
      }
    },
  },
  {
    code: 'APPLICATION-EXACTLY-ONCE',
    level: 'error',
    what: 'An application that writes exactly once says what its transactional ids begin with, and one that does not has none.',
    why: 'Without an id there are no transactions; with one that is not used nobody would know that there are none.',
    source: 'KIP-98, KIP-447',
    check(model, report) {
      for (const { name, produce, exactlyOnce } of model.applications) {
        if (produce === undefined || exactlyOnce === (produce.transactionalIdPrefix !== undefined)) continue;
        report({
          path: ['applications', name, 'produce', ...(exactlyOnce ? [] : ['transactionalIdPrefix'])],
          message: exactlyOnce
            ? 'exactly-once needs transactional ids, got no transactionalIdPrefix; one is needed.'
            : `transactions are not used at least once, got ${produce.transactionalIdPrefix}; none is allowed.`,
          hint: exactlyOnce
            ? `Add transactionalIdPrefix: ${name}-, and ${name}-* to produce.transactionalIds of its principal.`
            : 'Write deliveryGuarantee: exactly-once, or remove it.',
        });
      }
    },
  },
  {
    code: 'APPLICATION-PARTITIONS',
    level: 'error',
    what: 'An application that reads has at most as many pods as its largest topic has partitions.',
    why: 'Each partition is read by one member of a group: pods beyond that have nothing to do.',
    source: 'Apache Kafka documentation, Consumer groups; KEDA documentation, allowIdleConsumers',
    check(model, report) {
      for (const application of model.applications) {
        const partitions = mostPartitions(model, application);
        const most = mostReplicas(application);
        if (partitions === undefined || most <= partitions) continue;
        report({
          path: [
            'applications',
            application.name,
            ...(application.autoscaling === undefined ? ['replicas'] : ['autoscaling', 'maxReplicas']),
          ],
          message: `there are more pods than partitions, got ${most}; at most ${partitions} is allowed.`,
          hint: 'Lower it, or give the topic more partitions, which moves keys.',
        });
      }
    },
  },
];

interface Named {
  readonly path: Path;
  readonly pattern: string;
}

interface Need extends Named {
  /** What the principal has of this kind, and the key of it. */
  readonly allowed: readonly string[];
  readonly key: string;
}

function* namedTopics(model: EnvironmentModel): Iterable<Named> {
  for (const { name, consume, produce, streams } of model.applications) {
    const lists: readonly [Path, readonly string[]][] = [
      [['consume', 'topics'], consume?.topics ?? []],
      [['produce', 'topics'], produce?.topics ?? []],
      [['streams', 'consume'], streams?.consume ?? []],
      [['streams', 'produce'], streams?.produce ?? []],
    ];
    for (const [key, patterns] of lists)
      for (const [index, pattern] of patterns.entries()) yield { path: ['applications', name, ...key, index], pattern };
  }
}

/** The principal of an application, where its listener looks at rights. */
function authorized(model: EnvironmentModel, { principal }: ApplicationModel): PrincipalModel | undefined {
  const found = model.principals.find(({ name }) => name === principal);
  const authentication = model.listeners.find(({ name }) => name === found?.listener)?.authentication;
  return authentication === undefined || authentication === 'none' ? undefined : found;
}

/** What Kafka Streams makes for itself is granted with the application, and not asked for here. */
function needs(application: ApplicationModel, principal: PrincipalModel): Need[] {
  const { name, consume, produce, streams } = application;
  const at = (...path: string[]): Path => ['applications', name, ...path];
  const allowing = (kind: 'topics' | 'groups' | 'transactionalIds', operation: 'read' | 'write'): readonly string[] =>
    principal.acls
      .filter(
        ({ permission, operations }) =>
          permission === 'allow' && operations.some((own) => [operation, 'all'].includes(own)),
      )
      .flatMap((acl) => acl[kind]);
  const reads = [...(principal.consume?.topics ?? []), ...allowing('topics', 'read')];
  const writes = [...(principal.produce?.topics ?? []), ...allowing('topics', 'write')];
  const groups = [...(principal.consume?.groups ?? []), ...allowing('groups', 'read')];
  const ids = [...(principal.produce?.transactionalIds ?? []), ...allowing('transactionalIds', 'write')];
  const path = streams === undefined ? undefined : at('streams');
  const prefix = produce?.transactionalIdPrefix;
  return [
    ...applicationReads(application).map((pattern) => ({
      path: path ?? at('consume', 'topics'),
      pattern,
      allowed: reads,
      key: 'consume.topics',
    })),
    ...applicationWrites(application).map((pattern) => ({
      path: path ?? at('produce', 'topics'),
      pattern,
      allowed: writes,
      key: 'produce.topics',
    })),
    ...(consume === undefined
      ? []
      : [{ path: at('consume', 'group'), pattern: consume.group, allowed: groups, key: 'consume.groups' }]),
    ...(prefix === undefined
      ? []
      : [
          {
            path: at('produce', 'transactionalIdPrefix'),
            pattern: `${prefix}*`,
            allowed: ids,
            key: 'produce.transactionalIds',
          },
        ]),
  ];
}

/** Partitions of the largest topic that an application reads; undefined where they are not known. */
function mostPartitions(model: EnvironmentModel, application: ApplicationModel): number | undefined {
  const read = applicationReads(application);
  const known = model.topics.filter(({ name }) => read.some((pattern) => covers(pattern, name)));
  const all = read.every((pattern) => known.some(({ name }) => covers(pattern, name)));
  return known.length === 0 || !all ? undefined : Math.max(...known.map(({ partitions }) => partitions));
}
