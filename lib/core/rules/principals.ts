import { adminCommonName, nodeCommonName } from '../config/identity';
import type { EnvironmentModel, TopicModel } from '../model';
import { runsOnMskConnect, wantedConnectors } from '../msk-connect';
import { formatBytes } from '../units';
import { didYouMean, oneOf, overridePath } from './hint';
import { covers, mirrored, Names } from './patterns';
import { namedTopics, principalListeners } from './principal-facts';
import type { Rule } from './rule';

/** Clients: the listener that they use, how they log in, what they may do and how fast. */
export const PRINCIPAL_RULES: readonly Rule[] = [
  {
    code: 'PRINCIPAL-LISTENER',
    level: 'error',
    what: 'A principal names a listener, and it is declared; a tombstone needs none.',
    why: 'Its authentication decides how the principal logs in, so without it no credential and no right can be made.',
    source: 'the environment schema',
    check(model, report) {
      const names = Object.keys(model.spec.listeners);
      for (const { name, listener } of model.principals) {
        if (names.includes(listener)) continue;
        if (listener === '') {
          report({
            path: ['principals', name],
            message: `the principal names no listener, got none; ${oneOf(names)}.`,
            hint: `Add listener: ${names[0] ?? 'NAME'}, or a tombstone (deleted) if it is to go.`,
          });
          continue;
        }
        report({
          path: ['principals', name, 'listener'],
          message: `the listener is not declared, got ${listener}; ${oneOf(names)}.`,
          hint: didYouMean(listener, names, 'Declare it under listeners.'),
        });
      }
    },
  },
  {
    code: 'PRINCIPAL-TOPIC',
    level: 'error',
    what: 'The topics that a principal names are declared, and not deleted; in a file that adds to a cluster they may be those of another file (warning).',
    why: 'The right would be about nothing: most often a topic was mistyped, and the client is refused in production.',
    source: 'the environment schema',
    check(model, report) {
      const known = new Names([...model.topics.map(({ name }) => name), ...model.clusterTopics]);
      const deleted = new Set(model.deletedTopics.map(({ name }) => name));
      // Others may add to the same cluster, which cannot be seen from here.
      const shared = model.owner !== model.name;
      for (const { pattern, path, creates } of namedTopics(model)) {
        if (creates || pattern.endsWith('*') || known.matches(pattern) || mirrored(model, pattern)) continue;
        report({
          ...(shared && !deleted.has(pattern) ? { level: 'warning' } : {}),
          path,
          message: deleted.has(pattern)
            ? `the topic is to be deleted, got ${pattern}; a topic that stays is allowed.`
            : `the topic is not declared, got ${pattern}; ${oneOf(known.all)}.`,
          hint: deleted.has(pattern)
            ? 'Take it out here first, or keep the topic.'
            : didYouMean(pattern, known.all, 'Declare it under topics.'),
        });
      }
    },
  },
  {
    code: 'PRINCIPAL-PATTERN',
    level: 'warning',
    what: 'A prefix of topic names matches a topic that is declared.',
    why: 'A prefix that matches nothing was most often mistyped, or gives rights on topics that do not exist yet.',
    source: 'KIP-290',
    check(model, report) {
      const known = new Names([...model.topics.map(({ name }) => name), ...model.clusterTopics]);
      for (const { pattern, path, creates } of namedTopics(model)) {
        if (creates || !pattern.endsWith('*') || pattern === '*' || known.matches(pattern)) continue;
        if (mirrored(model, pattern.slice(0, -1))) continue;
        report({
          path,
          message: `no declared topic has this prefix, got ${pattern}; ${oneOf(known.all)}.`,
          hint: didYouMean(pattern.slice(0, -1), known.all, 'Declare such a topic, or correct the prefix.'),
        });
      }
    },
  },
  {
    code: 'PRINCIPAL-GROUPS',
    level: 'warning',
    what: 'A principal that consumes names its consumer groups.',
    why: 'Without a right on its group a consumer cannot join it and cannot commit offsets (GROUP_AUTHORIZATION_FAILED).',
    source: 'Kafka protocol error 30',
    check(model, report) {
      for (const { name, consume } of model.principals) {
        if (consume === undefined || consume.groups.length > 0) continue;
        report({
          path: ['principals', name, 'consume'],
          message: 'no consumer group is named, got none; a consumer without one can only read partitions by hand.',
          hint: `Add groups: [${name}].`,
        });
      }
    },
  },
  {
    code: 'PRINCIPAL-TRANSACTIONS',
    level: 'warning',
    what: 'Where a principal uses transactions, the transaction log has three copies and min ISR 2 on three brokers or more.',
    why: 'Exactly-once is only as good as the transaction log: losing it leaves open transactions that block readers.',
    source: 'Apache Kafka documentation, transaction.state.log.replication.factor; KIP-98',
    check(model, report) {
      const user = model.principals.find(({ produce }) => (produce?.transactionalIds.length ?? 0) > 0);
      if (user === undefined || model.brokerCount < 3) return;
      for (const [option, least] of [
        ['transaction.state.log.replication.factor', 3],
        ['transaction.state.log.min.isr', 2],
      ] as const) {
        const setting = model.brokerConfig.get(option);
        if (setting?.source !== 'environment' || !(Number(setting.value) < least)) continue;
        report({
          path: ['kafka', 'config', option],
          message: `${user.name} uses transactions and their log is not safe, got ${setting.value}; at least ${least} is safe.`,
          hint: "Remove it: the kit's default is safe.",
        });
      }
    },
  },
  {
    code: 'PRINCIPAL-IAM-ROLE',
    level: 'error',
    what: 'A principal on a listener with authentication iam has an iamRole; on EC2 one with scram-sha-512, or with a certificate that the stack makes, may have one, of the account; no other has one.',
    why: 'With IAM the rights are a policy on that role; on EC2 it may read the password or the certificate of the principal; elsewhere it would be ignored.',
    source: 'Amazon MSK developer guide, IAM access control',
    check(model, report) {
      for (const { name, authentication } of principalListeners(model)) {
        const role = model.spec.principals?.[name]?.iamRole;
        if (authentication === 'iam' && role === undefined) {
          if (runsOnMskConnect(model) && wantedConnectors(model).some(([, { principal }]) => principal === name))
            continue;
          report({
            path: ['principals', name],
            message: 'the principal has no iamRole, got none; its listener asks for one (authentication iam).',
            hint: 'Add iamRole: the name or the ARN of the role that the client runs as.',
          });
        } else if (authentication !== 'iam' && role !== undefined && readsSecrets(model, authentication)) {
          const account = /^arn:[^:]+:iam::(\d{12}):/.exec(role)?.[1];
          if (account === undefined || account === model.spec.aws?.account) continue;
          report({
            path: ['principals', name, 'iamRole'],
            message: `the role is of another account, got ${role}; one of the account of the cluster is allowed.`,
            hint: 'Leave it out, and hand the password over, or name a role that it may take on.',
          });
        } else if (authentication !== 'iam' && role !== undefined) {
          report({
            path: ['principals', name, 'iamRole'],
            message: `an IAM role does nothing on a listener with authentication ${authentication}, got ${role}; leave it out there.`,
            hint: `Remove it, or write ${overridePath(model, ['principals', name, 'iamRole'])}: null.`,
          });
        }
      }
    },
  },
  {
    code: 'PRINCIPAL-CREDENTIAL',
    level: 'error',
    what: 'A password stands only on scram-sha-512 and oauthbearer, a common name only on mtls, and no principal takes the name of a node.',
    why: 'A credential that its listener does not use would be ignored. Names with node: and admin: belong to the certificates of nodes and of the administrator, who may do everything.',
    source: 'the environment schema',
    check(model, report) {
      const reserved = [nodeCommonName(model), adminCommonName(model)];
      for (const { name, authentication } of principalListeners(model)) {
        const spec = model.spec.principals?.[name];
        const refuse = (key: 'password' | 'commonName', needed: string): void => {
          const path = ['principals', name, key];
          report({
            path,
            message: `${key} does nothing on a listener with authentication ${authentication}; it is for ${needed}.`,
            hint: `Remove it, or write ${overridePath(model, path)}: null.`,
          });
        };
        if (spec?.password !== undefined && authentication !== 'scram-sha-512' && authentication !== 'oauthbearer') {
          refuse('password', 'scram-sha-512 and oauthbearer');
        }
        if (spec?.commonName === undefined) continue;
        if (authentication !== 'mtls') refuse('commonName', 'mtls');
        else if (reserved.includes(spec.commonName)) {
          report({
            path: ['principals', name, 'commonName'],
            message: `the common name belongs to nodes or to the administrator, got ${spec.commonName}; any other is allowed.`,
            hint: 'Choose another common name.',
          });
        }
      }
    },
  },
  {
    code: 'PRINCIPAL-ANONYMOUS',
    level: 'warning',
    what: 'A principal with rights is on a listener that asks who it is, where any listener does.',
    why: 'On a listener without authentication every client is User:ANONYMOUS, and the rights of the principal never apply.',
    source: 'Apache Kafka documentation, Authorization and ACLs',
    check(model, report) {
      if (!model.authorization) return;
      for (const { name, authentication } of principalListeners(model)) {
        if (authentication !== 'none') continue;
        report({
          path: ['principals', name, 'listener'],
          message:
            'the client cannot be told from others, got a listener with authentication none; its rights never apply.',
          hint: 'Use a listener with authentication.',
        });
      }
    },
  },
  {
    code: 'PRINCIPAL-QUOTA',
    level: 'warning',
    what: 'The producer quota of the only producer of a topic is not below the load of the topic.',
    why: 'Quotas are per broker, and a client above its quota is slowed down: records pile up in the producer until they time out.',
    source: 'Apache Kafka documentation, Quotas',
    check(model, report) {
      if (model.principals.every(({ quota }) => quota?.producerByteRate === undefined)) return;
      const sole = topicsOfSoleProducers(model);
      for (const { name, quota } of model.principals) {
        const rate = quota?.producerByteRate;
        const topics = sole.get(name) ?? [];
        if (rate === undefined) continue;
        const load = topics.reduce((sum, topic) => sum + topic.load!.produceBytesPerSecond, 0);
        const allowed = rate * model.brokerCount;
        if (load <= allowed) continue;
        report({
          path: ['principals', name, 'quota', 'producerByteRate'],
          message: `the quota is below the declared load of ${topics.map((topic) => topic.name).join(', ')}, got ${formatBytes(rate)}/s on each of ${model.brokerCount} brokers; at least ${formatBytes(Math.ceil(load / model.brokerCount))}/s carries ${formatBytes(load)}/s.`,
          hint: 'Raise the quota, or lower load.produce of the topic.',
        });
      }
    },
  },
  {
    code: 'PRINCIPAL-RACK',
    level: 'warning',
    what: 'The rack of a principal is one of the racks of the cluster; a laptop is left out.',
    why: 'A client whose rack no broker has reads from the leader, wherever that is.',
    source: 'KIP-392',
    check(model, report) {
      if (model.target === 'local' || model.racks.length === 0) return;
      for (const { name, rack } of model.principals) {
        if (rack === undefined || model.racks.includes(rack)) continue;
        report({
          path: ['principals', name, 'rack'],
          message: `no broker is in this rack, got ${rack}; ${oneOf(model.racks)}.`,
          hint: didYouMean(rack, model.racks, 'Use one of them.'),
        });
      }
    },
  },
];

/** On EC2 passwords and certificates lie in Secrets Manager, where a role may read those of its principal. */
function readsSecrets(model: EnvironmentModel, authentication: string): boolean {
  if (model.target !== 'ec2') return false;
  return (
    authentication === 'scram-sha-512' ||
    (authentication === 'mtls' && model.spec.targets?.ec2?.certificates !== 'secret')
  );
}

/** Topics with a load that a single principal may write, by that principal. */
function topicsOfSoleProducers(model: EnvironmentModel): Map<string, TopicModel[]> {
  const found = new Map<string, TopicModel[]>();
  for (const topic of model.topics) {
    if (topic.load === undefined) continue;
    const producers = model.principals.filter((principal) =>
      principal.produce?.topics.some((pattern) => covers(pattern, topic.name)),
    );
    const [name] = producers.map((producer) => producer.name);
    if (producers.length === 1) found.set(name!, [...(found.get(name!) ?? []), topic]);
  }
  return found;
}
