import { parsePath } from '../issue';
import { kubernetesFacts } from '../lock';
import { sourceSupport } from '../model';
import { sizeBytes } from '../units';
import { change } from './lock-change';
import type { Rule } from './rule';

const VOLUME = /\.volumes\[\d+\]\.size$/;

/** What of a cluster on Kubernetes changes in one direction only, or not by an apply alone. */
export const LOCK_KUBERNETES_RULES: readonly Rule[] = [
  {
    code: 'LOCK-VOLUME-GROWS',
    level: 'warning',
    what: 'Disks on Kubernetes grow by their claims, and not by their StatefulSet.',
    why: 'volumeClaimTemplates are immutable: the API server refuses the new manifest, and nothing grows.',
    source: 'Kubernetes documentation, StatefulSets; KEP-4650 would change it and is not there',
    check(model, report) {
      if (model.target !== 'kubernetes') return;
      const now = kubernetesFacts(model);
      for (const [name, from] of Object.entries(model.lock?.fixed ?? {})) {
        const to = now[name];
        if (!VOLUME.test(name) || to === undefined || sizeBytes(to) <= sizeBytes(from)) continue;
        report({
          path: parsePath(name) ?? [],
          message: `the disks grow, got ${to} where the lock says ${from}; applying the manifests alone is refused by Kubernetes.`,
          hint: `Run the steps that kdk render ${model.name} --day2 DIR writes, then kdk lock.`,
          from,
          to,
        });
      }
    },
  },
  {
    code: 'LOCK-KAFKA-OLDER',
    level: 'error',
    what: 'The Kafka version of nodes of our own goes back only before its features were finalised.',
    why: 'A node that does not know the metadata.version of its cluster refuses to start: one after the other, none of them comes back.',
    source: 'KIP-584; Apache Kafka documentation, Upgrading',
    check(model, report) {
      const from = model.lock?.cluster?.['kafkaVersion'];
      if (model.managedBy !== 'self' || from === undefined || !isOlder(model.kafka.version, from)) return;
      change(report, {
        path: ['kafka', 'version'],
        what: `nodes of ${model.kafka.version} do not start where the features of ${from} are in force`,
        from,
        to: model.kafka.version,
        wayOut: `Where the upgrade was not finalised yet (kdk upgrade-features ${model.name} --plan-only says so), all is well.`,
      });
    },
  },
  {
    code: 'LOCK-EXACTLY-ONCE',
    level: 'error',
    what: 'Exactly-once sources of workers that run are prepared before they are enabled.',
    why: 'While workers are replaced, one that has it disabled may lead the group and write to the topic of configurations outside a transaction; those that have it enabled are then at odds with it.',
    source: 'KIP-618, Compatibility: two rolling upgrades',
    check(model, report) {
      for (const { group, value, path } of sourceSupport(model)) {
        const from = model.lock?.cluster?.[`${group}.exactlyOnceSource`];
        if (from !== 'disabled' || value !== 'enabled') continue;
        change(report, {
          path,
          what: 'exactly-once sources are enabled in one step',
          from,
          to: value,
          wayOut: `Write preparing, render, apply, wait until all workers have it, and run kdk lock; then write enabled. kdk render ${model.name} --day2 DIR writes each of the two rolls, or, acknowledged, the stop of all workers at once.`,
        });
      }
    },
  },
];

/** `4.0` before `4.1` before `4.10`. */
function isOlder(version: string, than: string): boolean {
  const [a, b] = [version, than].map((text) => text.split('.').map(Number));
  return a![0]! - b![0]! < 0 || (a![0] === b![0] && a![1]! - b![1]! < 0);
}
