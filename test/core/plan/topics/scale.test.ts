import type { ConfigEntry } from '../../../../lib/core/cluster';
import { BrokerLoad, planNewPartitions } from '../../../../lib/core/plan/placement';
import { topicChanges, topicEvidence } from '../../../../lib/core/plan/topics';
import { config, nothing, sees, topic, wants } from './states';

const TOPICS = 10_000;
const PARTITIONS = 12;
const brokers = Array.from({ length: 60 }, (_, id) => ({ id, rack: `r${id % 3}` }));
const own = { 'cleanup.policy': 'delete', 'min.insync.replicas': '1', 'retention.ms': '604800000' };
const names = Array.from({ length: TOPICS }, (_, index) => `topic-${index}`);

function cluster(replicationFactor: number) {
  const load = new BrokerLoad(brokers);
  const topics = names.map((name) => {
    const placed = planNewPartitions({ load, existing: [], count: PARTITIONS, replicationFactor });
    for (const replicas of placed) load.add(replicas);
    return topic(name, placed);
  });
  const entries: readonly ConfigEntry[] = config(own);
  return sees({ brokers, topics, configs: Object.fromEntries(names.map((name) => [name, entries])) });
}

const declared = (partitions: number, replicationFactor: number, changed: Readonly<Record<string, string>> = {}) =>
  wants(
    Object.fromEntries(names.map((name) => [name, { partitions, replicationFactor, config: { ...own, ...changed } }])),
  );

// An empty plan takes 0.4 s of CPU time, one that changes everything 2 s; what matters here is that both are right at this size.
describe('10,000 topics with 12 partitions on 60 brokers', () => {
  test('that are as declared need nothing, and nothing is asked', () => {
    const observed = cluster(3);
    expect(topicChanges(declared(PARTITIONS, 3), observed, nothing)).toEqual({ changes: [], findings: [] });
    expect(topicEvidence(declared(PARTITIONS, 3), observed)).toEqual({ sizes: [], cuts: [], usage: [] });
  }, 60_000);

  test('that all change are planned one by one, and the brokers stay even', () => {
    const observed = cluster(2);
    const desired = declared(PARTITIONS + 1, 3, { 'retention.ms': '86400000' });
    const { changes, findings } = topicChanges(desired, observed, nothing);
    expect(findings).toEqual([]);
    expect(changes).toHaveLength(4 * TOPICS);
    const load = new BrokerLoad(
      brokers,
      [...observed.topics.values()].flatMap(({ partitions }) => partitions.map(({ replicas }) => replicas)),
    );
    for (const { operation } of changes)
      if (operation.kind === 'add-partitions') for (const replicas of operation.assignments) load.add(replicas);
      else if (operation.kind === 'move-replicas')
        for (const { from, to } of operation.moves) {
          load.remove(from);
          load.add(to);
        }
    expect(load.replicas.brokers.reduce((sum, each) => sum + each, 0)).toBe(TOPICS * (PARTITIONS + 1) * 3);
    expect(load.replicas.spread).toBeLessThanOrEqual(5);
  }, 60_000);
});
