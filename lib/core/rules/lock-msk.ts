import type { Path } from '../issue';
import { changedMskFacts } from '../lock';
import type { EnvironmentModel } from '../model';
import { GIB, sizeBytes } from '../units';
import { change } from './lock-change';
import type { Rule } from './rule';

const GUIDE = 'Amazon MSK developer guide';
const NEW_CLUSTER =
  'To get there, make a second environment beside this one, mirror the topics into it, and move the clients.';
/** The least that a volume grows by, GiB: limits page of the developer guide, read 2026-11-22. */
const LEAST_GROWTH_GIB = 10;

/** What of a provisioned cluster changes in one direction only, or takes something away. */
export const LOCK_MSK_RULES: readonly Rule[] = [
  {
    code: 'LOCK-VOLUME-SHRINK',
    level: 'error',
    what: `Volumes of brokers on Amazon MSK only grow, by at least ${LEAST_GROWTH_GIB} GiB.`,
    why: 'The service refuses anything else, in the middle of a deploy.',
    source: `${GUIDE}, Scale up broker storage`,
    check(model, report) {
      const found = changed(model, 'volumeSize');
      if (found === undefined) return;
      const [before, now] = [sizeBytes(found.from) / GIB, sizeBytes(found.to) / GIB];
      if (now >= before + LEAST_GROWTH_GIB) return;
      const [what, wayOut] =
        now < before
          ? ['volumes only grow', NEW_CLUSTER]
          : [`a volume grows by at least ${LEAST_GROWTH_GIB} GiB`, `Or write ${before + LEAST_GROWTH_GIB}GiB or more.`];
      change(report, { ...found, what: `the service refuses it: ${what}`, wayOut });
    },
  },
  {
    code: 'LOCK-STORAGE-AUTOSCALED',
    level: 'error',
    what: 'With storage autoscaling the declared size of volumes and their throughput stay: the size is the one that they began with.',
    why: 'CloudFormation sends the declared size with each change of storage. Volumes that have grown beyond it are then refused: "To update storage, you must increase it by at least 10 GiB".',
    source: 'CloudFormation coverage roadmap issue 1129',
    check(model, report) {
      if (model.spec.targets?.msk?.storageAutoscaling === undefined) return;
      for (const { fact, from, to } of changedMskFacts(model)) {
        if (fact.operation !== 'storage') continue;
        change(report, {
          path: fact.path(model),
          what: `volumes may have grown beyond what is declared, so ${fact.name} stays`,
          from,
          to,
          wayOut: `Raise storageAutoscaling.max instead. To set it all the same, see in aws kafka describe-cluster-v2 which size volumes have, and declare at least ${LEAST_GROWTH_GIB} GiB more in the same deploy.`,
        });
      }
    },
  },
  {
    code: 'LOCK-TIERED-STORAGE',
    level: 'error',
    what: 'A cluster on Amazon MSK keeps tiered storage once it has it.',
    why: 'The service switches it on for a cluster, and never off again.',
    source: 'Amazon MSK API reference, UpdateStorage: sets the storage mode to TIERED',
    check(model, report) {
      const found = changed(model, 'storageMode');
      if (found === undefined || found.to !== 'local') return;
      const what = 'the service refuses it: tiered storage is never switched off';
      const wayOut = 'Topics can leave it one by one, which deletes what they have there.';
      change(report, { ...found, what, wayOut });
    },
  },
  {
    code: 'LOCK-BROKERS-FEWER',
    level: 'error',
    what: 'Brokers on Amazon MSK go only when they hold nothing any more, one in each zone at a time.',
    why: 'The service takes away brokers without partitions, and refuses where there are none such.',
    source: `${GUIDE}, Remove a broker: M5 and M7g`,
    check(model, report) {
      const found = changed(model, 'brokers');
      if (found === undefined) return;
      const gone = Number(found.from) - Number(found.to);
      if (gone <= 0) return;
      const zones = Math.max(1, model.racks.length);
      const [what, wayOut] =
        model.spec.targets?.msk?.brokerType === 'express'
          ? [
              'brokers go, which the service does only once their partitions are elsewhere',
              'Intelligent rebalancing moves them by itself while it is active; see that the brokers that stay can carry the load.',
            ]
          : [
              gone > zones
                ? `the service refuses it: it takes away one broker in each zone at a time, ${zones} here`
                : 'the service refuses it while the brokers that go hold partitions',
              `Move all partitions off ${zones} brokers, one in each zone, with kafka-reassign-partitions.sh, and write ${Number(found.from) - zones}.`,
            ];
      change(report, { ...found, what, wayOut });
    },
  },
  {
    code: 'LOCK-KAFKA-DOWNGRADE',
    level: 'error',
    what: 'The Kafka version of a cluster on Amazon MSK never goes back.',
    why: 'The service refuses it; there is no way to an older version but another cluster.',
    source: `${GUIDE}, Upgrade the Apache Kafka version`,
    check(model, report) {
      const found = changed(model, 'kafkaVersion');
      if (found === undefined || !isOlder(found.to, found.from)) return;
      const what = 'the service refuses it: a version is never taken back';
      change(report, { ...found, what, wayOut: NEW_CLUSTER });
    },
  },
  {
    code: 'LOCK-BROKER-SIZE',
    level: 'error',
    what: 'Brokers on Amazon MSK do not become kafka.t3.small.',
    why: 'The service changes sizes between M5 and M7g, and away from T3, never to it; and T3 does not run KRaft.',
    source: `${GUIDE}, Update the cluster broker size`,
    check(model, report) {
      const found = changed(model, 'instanceType');
      if (found === undefined || !found.to.startsWith('kafka.t3.')) return;
      const what = 'the service refuses it: no size changes to T3';
      change(report, { ...found, what, wayOut: 'kafka.m7g.large is the smallest one.' });
    },
  },
  {
    code: 'LOCK-LISTENER',
    level: 'error',
    what: 'A client listener keeps its authentication, and goes only on purpose.',
    why: 'The service closes the port at once: every client that still uses it is cut off.',
    source: 'AWS::MSK::Cluster, ClientAuthentication',
    check(model, report) {
      if (model.managedBy !== 'service') return;
      const now = new Map(model.listeners.map(({ name, authentication }) => [name, authentication]));
      const served = new Set<string>(now.values());
      for (const [name, from] of Object.entries(model.lock?.listeners ?? {})) {
        const to = now.get(name) ?? 'none';
        if (from === to) continue;
        change(report, {
          path: now.has(name) ? ['listeners', name, 'authentication'] : ['listeners', name],
          what: served.has(from)
            ? `listener ${name} is not for ${from} any more`
            : `clients that log in with ${from} are cut off`,
          from,
          to,
          wayOut: now.has(name)
            ? 'Or add a second listener with the new authentication, move the clients, and take this one away later.'
            : 'Move its clients to another listener first.',
        });
      }
    },
  },
];

/** Where it differs, and the cluster has it before and after. */
function changed(
  model: EnvironmentModel,
  name: string,
): { readonly path: Path; readonly from: string; readonly to: string } | undefined {
  const found = changedMskFacts(model).find(({ fact }) => fact.name === name);
  if (found === undefined || found.from === 'none' || found.to === 'none') return undefined;
  return { path: found.fact.path(model), from: found.from, to: found.to };
}

/** `4.0` before `4.1` before `4.10`. */
function isOlder(version: string, than: string): boolean {
  const [a, b] = [version, than].map((text) => text.split('.').map(Number));
  return a![0]! - b![0]! < 0 || (a![0] === b![0] && a![1]! - b![1]! < 0);
}
