import { topicEvidence } from '../../../../lib/core/plan/topics';
import { config, sees, topic, wants } from './states';

const names = ['kept', 'grown', 'raised', 'cut', 'deleting', 'compacting', 'set', 'gone'];
const observed = sees({
  topics: names.map((name) => topic(name, [[1], [2], [3]])),
  configs: { deleting: config({ 'cleanup.policy': 'compact', 'retention.bytes': '1000' }) },
});
const topics = {
  kept: { replicationFactor: 1 },
  grown: { replicationFactor: 1, partitions: 4 },
  raised: { replicationFactor: 2 },
  cut: { replicationFactor: 1, config: { 'retention.ms': '1000' } },
  deleting: { replicationFactor: 1, config: { 'cleanup.policy': 'delete', 'retention.ms': '2000' } },
  compacting: { replicationFactor: 1, config: { 'cleanup.policy': 'compact' } },
  set: { replicationFactor: 1, config: { 'segment.bytes': '1048576' } },
  absent: { replicationFactor: 1 },
};
const deletedTopics = ['gone', 'never-there'].map((name) => ({
  name,
  reason: 'unused',
  path: `topics.${name}.deleted`,
}));

describe('evidence', () => {
  test('is asked for where what a change costs depends on it', () => {
    expect(topicEvidence(wants(topics, { deletedTopics }), observed)).toEqual({
      sizes: ['compacting', 'cut', 'deleting', 'gone', 'grown', 'raised'],
      cuts: [
        { topic: 'cut', retentionMs: 1000, retentionBytes: -1 },
        { topic: 'deleting', retentionMs: 2000, retentionBytes: -1 },
      ],
      usage: ['gone'],
    });
  });

  test('is not asked for where nothing is changed here', () => {
    const desired = wants(topics, { deletedTopics, topicsManagedBy: 'cloudformation' });
    expect(topicEvidence(desired, observed)).toEqual({ sizes: [], cuts: [], usage: [] });
  });
});
