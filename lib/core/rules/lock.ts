import { parsePath, type Path } from '../issue';
import { lockEntry, type TargetLock } from '../lock';
import { topicFieldPath, type EnvironmentModel } from '../model';
import { fixedChange, goneNode } from './fixed-changes';
import { change } from './lock-change';
import { LOCK_KUBERNETES_RULES } from './lock-kubernetes';
import { LOCK_MSK_RULES } from './lock-msk';
import { MSK_COMBINED_RULES } from './msk-combined';
import type { Rule } from './rule';

const RULES: readonly Rule[] = [
  {
    code: 'LOCK-MISSING',
    level: 'warning',
    what: 'An environment that is deployed has a lock file beside it; a laptop is left out.',
    why: 'Without it nothing notices that ids, partitions or subnets change by accident.',
    source: 'docs/concepts/environment.md',
    check(model, report) {
      if (model.lock !== undefined || model.target === 'local') return;
      report({
        path: [],
        message: `the lock file has no entry for this target, got none for ${model.target}; one is needed before anything is deployed.`,
        hint: 'Run kdk lock and commit the file.',
      });
    },
  },
  {
    code: 'LOCK-ENVIRONMENT',
    level: 'error',
    what: 'The environment has the name that its lock file was written for.',
    why: 'Names of hosts, pods, services and stacks come from it: under another name everything is made anew, and empty.',
    source: 'docs/concepts/environment.md',
    check(model, report) {
      if (model.lockedName === undefined || model.lockedName === model.name) return;
      change(report, { path: ['name'], what: 'the environment was renamed', from: model.lockedName, to: model.name });
    },
  },
  {
    code: 'LOCK-CLUSTER-ID',
    level: 'error',
    what: 'The cluster id stays.',
    why: 'Disks that were formatted with another id refuse to start.',
    source: 'meta.properties, Apache Kafka',
    check(model, report) {
      const from = model.lock?.clusterId;
      if (from === undefined || from === model.clusterId || model.managedBy !== 'self') return;
      change(report, { path: ['kafka', 'clusterId'], what: 'the cluster id changes', from, to: model.clusterId });
    },
  },
  {
    code: 'LOCK-FORMED',
    level: 'error',
    what: 'A cluster that was formed is not formed again.',
    why: 'A controller that is formatted again under its old directory id is a voter that forgot its votes; two of them can elect a leader without the records.',
    source: 'KIP-853; seen on 4.3.1',
    check(model, report) {
      if (model.lock?.formed !== true || model.formation === 'formed') return;
      report({
        path: [],
        message:
          'the cluster is to be formed again, got a first formation where the lock says formed; it is formed once.',
        hint: 'Let the controllers join; to begin anew on empty disks on purpose, remove this target from the lock file.',
      });
    },
  },
  {
    code: 'LOCK-PARTITIONS',
    level: 'error',
    what: 'A topic does not lose partitions.',
    why: 'Kafka refuses it (INVALID_PARTITIONS): the records in them would be lost. Only deleting the topic and making it anew does it.',
    source: 'Kafka protocol error 37',
    check(model, report) {
      for (const { topic, locked } of lockedTopics(model)) {
        if (topic.partitions >= locked.partitions) continue;
        const path = topicFieldPath(model.spec, topic.name, 'partitions');
        change(report, { path, what: 'the topic loses partitions', from: locked.partitions, to: topic.partitions });
      }
    },
  },
  {
    code: 'LOCK-PARTITIONS-COMPACTED',
    level: 'warning',
    what: 'A compacted topic keeps its number of partitions.',
    why: 'With more partitions keys move to others: the old record of a key stays where it was, beside the new one, and order per key is lost.',
    source: 'Apache Kafka documentation, Modifying topics',
    check(model, report) {
      for (const { topic, locked } of lockedTopics(model)) {
        if (topic.partitions <= locked.partitions || !topic.cleanupPolicy.includes('compact')) continue;
        const path = topicFieldPath(model.spec, topic.name, 'partitions');
        change(report, { path, what: 'keys of a compacted topic move', from: locked.partitions, to: topic.partitions });
      }
    },
  },
  {
    code: 'LOCK-REPLICATION-FACTOR',
    level: 'error',
    what: 'The replication factor of a topic stays.',
    why: 'It changes only by moving replicas, which takes hours and network; a lower one gives copies up.',
    source: 'KIP-455',
    check(model, report) {
      for (const { topic, locked } of lockedTopics(model)) {
        if (topic.replicationFactor === locked.replicationFactor) continue;
        const path = topicFieldPath(model.spec, topic.name, 'replicationFactor');
        change(report, {
          path,
          what: 'the replication factor changes',
          from: locked.replicationFactor,
          to: topic.replicationFactor,
        });
      }
    },
  },
  {
    code: 'LOCK-TOPIC-ABSENT',
    level: 'warning',
    what: 'A topic leaves an environment with a tombstone.',
    why: 'A topic that is merely absent is left alone on the cluster, with its records and its cost, and nobody owns it.',
    source: 'docs/concepts/environment.md',
    check(model, report) {
      const present = new Set(Object.keys(model.spec.topics ?? {}));
      for (const name of Object.keys(model.lock?.topics ?? {})) {
        if (present.has(name)) continue;
        report({
          path: ['topics', name],
          message: `a topic is gone from the environment, got ${name} in the lock only; the cluster keeps it until a tombstone says otherwise.`,
          hint: `Add ${name}: { deleted: { reason: ... } }, or run kdk lock to forget it.`,
        });
      }
    },
  },
  {
    code: 'LOCK-NODE',
    level: 'error',
    what: 'Nodes keep their id, rack and roles, and leave only on purpose.',
    why: 'A disk belongs to one id. A broker that is taken away takes its replicas along unless they were moved before, and a controller stays a voter that never answers.',
    source: 'KIP-853; KIP-36',
    check(model, report) {
      if (model.lock === undefined || model.managedBy !== 'self' || model.lockedName !== model.name) return;
      const nodes = new Map(model.nodes.map((node) => [node.name, node]));
      for (const [name, locked] of Object.entries(model.lock.nodes)) {
        const node = nodes.get(name);
        const path = nodePath(model, name);
        if (node === undefined)
          change(report, {
            path,
            what: `node ${name} goes`,
            from: `${name} (${locked.id})`,
            to: 'none',
            wayOut: goneNode(model, name, locked),
          });
        else if (node.id !== locked.id)
          change(report, { path, what: `the id of ${name} changes`, from: locked.id, to: node.id });
        else if (node.rack !== locked.rack) {
          change(report, {
            path,
            what: `${name} moves to another rack`,
            from: locked.rack ?? 'none',
            to: node.rack ?? 'none',
          });
        } else if (node.roles.join() !== locked.roles.join()) {
          change(report, {
            path,
            what: `the roles of ${name} change`,
            from: locked.roles.join(),
            to: node.roles.join(),
          });
        }
      }
    },
  },
  {
    code: 'LOCK-FIXED',
    level: 'error',
    what: 'What a target cannot change later stays: network, keys, racks, claim templates.',
    why: 'The target would replace the cluster, and its records with it, or refuse the change half-way; the message says which.',
    source: 'AWS::MSK::Cluster, update requires replacement; Kubernetes, StatefulSet volumeClaimTemplates',
    check(model, report) {
      if (model.lock === undefined) return;
      const now = lockEntry(model).fixed;
      for (const [name, from] of Object.entries(model.lock.fixed)) {
        const to = Object.hasOwn(now, name) ? now[name]! : 'none';
        if (from === to) continue;
        const found = fixedChange({ name, from, to }, model);
        if (found === undefined) continue;
        const { what, wayOut } = found;
        change(report, { path: parsePath(name) ?? [], what, from, to, wayOut });
      }
    },
  },
];

/** What must not change by accident, against the lock file. The lock is about the cluster: a file that merely adds to it has none. */
export const LOCK_RULES: readonly Rule[] = [
  ...RULES,
  ...LOCK_KUBERNETES_RULES,
  ...LOCK_MSK_RULES,
  ...MSK_COMBINED_RULES,
].map((rule) => ({
  ...rule,
  check(model, report) {
    if (model.owner === model.name) rule.check(model, report);
  },
}));

function* lockedTopics(model: EnvironmentModel) {
  const locked: TargetLock['topics'] = model.lock?.topics ?? {};
  for (const topic of model.topics) {
    if (Object.hasOwn(locked, topic.name)) yield { topic, locked: locked[topic.name]! };
  }
}

/** Where a node is written: its host, its pool, or all pools where the pool is gone. */
function nodePath(model: EnvironmentModel, name: string): Path {
  if (model.target === 'hosts') return ['targets', 'hosts', 'inventory', name];
  const pool = model.nodes.find((node) => node.name === name)?.pool.name;
  const near = pool ?? model.pools.find((candidate) => name.includes(candidate.name))?.name;
  return near === undefined ? ['nodePools', name] : ['nodePools', near, name];
}
