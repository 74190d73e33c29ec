import { changedMskFacts, lockEntry, type ChangedMskFact, type MskOperation } from '../lock';
import { formatPath } from '../issue';
import type { EnvironmentModel } from '../model';
import type { Rule } from './rule';

/**
 * In which order several operations are safe: room before load, machines before the software that may need them, and what clients notice
 * last. The list is also what is told of each.
 */
const ORDER: readonly (readonly [operation: MskOperation, what: string])[] = [
  ['storage', 'the size and throughput of the volumes'],
  ['storage-mode', 'tiered storage'],
  ['broker-size', 'the size of the brokers'],
  ['broker-count', 'the number of brokers'],
  ['software', 'the Kafka version and the broker options'],
  ['monitoring', 'metrics and logs'],
  ['rebalancing', 'rebalancing'],
  ['security', 'how clients log in'],
];

/** Changes that Amazon MSK refuses in one deploy. */
export const MSK_COMBINED_RULES: readonly Rule[] = [
  {
    code: 'MSK-COMBINED-CHANGES',
    level: 'error',
    what: 'One deploy changes one thing of a cluster on provisioned Amazon MSK: volumes, size of brokers, number of brokers, version with options, metrics with logs, or log-ins.',
    why: 'The service carries out one operation at a time, and CloudFormation asks for one only: "You can\'t update multiple attributes of the cluster in same request". The deploy would fail and roll back.',
    source: 'aws-cdk issue 16765; Amazon MSK API reference, Update operations',
    check(model, report) {
      // Another type of brokers is another cluster, which LOCK-FIXED says.
      const sameType = model.lock?.fixed['targets.msk.brokerType'] === lockEntry(model).fixed['targets.msk.brokerType'];
      const changes = sameType ? changedMskFacts(model) : [];
      const deploys = ORDER.flatMap(([operation, what]) => {
        const own = changes.filter(({ fact }) => fact.operation === operation);
        return own.length === 0 ? [] : [{ what, own }];
      });
      if (deploys.length < 2) return;
      const steps = deploys.map(
        ({ what, own }, index) => `${index + 1}. ${what}: ${own.map((each) => describe(model, each)).join(', ')}`,
      );
      report({
        path: ['targets', 'msk'],
        message: `one deploy changes what Amazon MSK changes one after the other, got ${deploys.map(({ what }) => what).join('; ')}; one of them a deploy is allowed.`,
        hint: `Write, deploy and run kdk lock in this order, each time with the rest as it was: ${steps.join('. ')}. A cluster that was never deployed has nothing to wait for: remove its entry from the lock file, or run kdk lock after acknowledging this.`,
        from: text(changes, 'from'),
        to: text(changes, 'to'),
      });
    },
  },
];

function describe(model: EnvironmentModel, { fact, from, to }: ChangedMskFact): string {
  const path = formatPath(fact.path(model));
  return fact.name === 'configuration' ? `${path} as wanted` : `${path} ${from} -> ${to}`;
}

function text(changes: readonly ChangedMskFact[], side: 'from' | 'to'): string {
  return changes.map((each) => `${each.fact.name}=${each[side]}`).join(' ');
}
