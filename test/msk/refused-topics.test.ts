import { SERVICE_RULES, topicRefusals, type TopicFacts } from '../../lib/core/msk';
import { brokerOptionRefusals, topicOptionRefusals } from '../../lib/core/rules/msk-options';
import { expectReadable, OF_EXPRESS, refused, RELEASE, topicFacts, type Refused } from '../support/msk-facts';

const tiered = (config: Record<string, string>): Partial<TopicFacts> => ({
  config: { 'remote.storage.enable': 'true', ...config },
});
const EXPRESS = { kind: 'express' } as const;

describe('a topic is refused', () => {
  test.each<readonly [...Refused, Partial<TopicFacts>]>([
    ['a name with a space', 'topicName', 'topicName', { name: 'bad name!' }],
    ['a name of 250 characters', 'topicName', 'topicName', { name: 'n'.repeat(250) }],
    ['two dots', 'topicName', 'topicName', { name: '..' }],
    ['a name of the service', 'topicName', 'topicName', { name: '__amazon_msk_canary' }],
    ['no partitions', 'topicPartitions', 'partitions', { partitions: 0 }],
    ['half a partition', 'topicPartitions', 'partitions', { partitions: 1.5 }],
    ['no replicas', 'topicReplicas', 'replicationFactor', { replicationFactor: 0 }],
    ['nine replicas on six brokers', 'topicReplicas', 'replicationFactor', { replicationFactor: 9 }],
    ['four replicas in three zones', 'topicZones', 'replicationFactor', { replicationFactor: 4, minInSyncReplicas: 2 }],
    ['as many in-sync replicas as replicas', 'topicMinIsr', 'minInSyncReplicas', { minInSyncReplicas: 3 }],
    ['no in-sync replicas', 'topicMinIsr', 'minInSyncReplicas', { minInSyncReplicas: 0 }],
    [
      'two replicas on Express brokers',
      'topicsOfExpress',
      'replicationFactor',
      { cluster: EXPRESS, replicationFactor: 2 },
    ],
    [
      'one in-sync replica on Express brokers',
      'topicsOfExpress',
      'minInSyncReplicas',
      { cluster: EXPRESS, minInSyncReplicas: 1 },
    ],
    [
      'a tiered topic without tiers',
      'tieredTopicCluster',
      'config:remote.storage.enable',
      { ...tiered({}), cluster: { kind: 'standard' } },
    ],
    ['a compacted tiered topic', 'tieredTopicPolicy', 'config:cleanup.policy', tiered({ 'cleanup.policy': 'compact' })],
    [
      'a tiered topic that is compacted, too',
      'tieredTopicPolicy',
      'config:cleanup.policy',
      tiered({ 'cleanup.policy': 'compact,delete' }),
    ],
    [
      'a tiered topic of two days',
      'tieredTopicRetention',
      'config:retention.ms',
      tiered({ 'retention.ms': '172800000' }),
    ],
    [
      'local retention as long as the whole',
      'tieredTopicLocal',
      'config:local.retention.ms',
      tiered({ 'retention.ms': '259200000', 'local.retention.ms': '259200000' }),
    ],
    [
      'local retention for ever of a week',
      'tieredTopicLocal',
      'config:local.retention.ms',
      tiered({ 'retention.ms': '604800000', 'local.retention.ms': '-1' }),
    ],
    [
      'as many bytes locally as in all',
      'tieredTopicLocal',
      'config:local.retention.bytes',
      tiered({ 'retention.bytes': '1000', 'local.retention.bytes': '1000' }),
    ],
    [
      'segments of 1 MiB in tiers',
      'tieredTopicSegments',
      'config:segment.bytes',
      tiered({ 'segment.bytes': '1048576' }),
    ],
    ['segments of a minute in tiers', 'tieredTopicSegments', 'config:segment.ms', tiered({ 'segment.ms': '60000' })],
  ])('fails for %s by the rule %s', (_title, rule, subject, facts) => {
    const refusals = topicRefusals(topicFacts(facts));
    expect(refused(refusals)).toEqual([`${rule} ${subject}`]);
    expectReadable(refusals);
    expect(SERVICE_RULES[rule].readOn).toMatch(/^2026-/);
  });

  test.each<readonly [string, Partial<TopicFacts>]>([
    ['three replicas', {}],
    ['one replica, which has no other to wait for', { replicationFactor: 1, minInSyncReplicas: 1 }],
    ['a cluster of which nothing is known', { cluster: {}, replicationFactor: 5 }],
    ['an Express topic', { cluster: EXPRESS }],
    ['a tiered topic', tiered({ 'retention.ms': '-1', 'local.retention.ms': '-2', 'segment.bytes': '50331648' })],
  ])('takes %s', (_title, facts) => {
    expect(topicRefusals(topicFacts(facts))).toEqual([]);
  });
});

describe('an option is refused', () => {
  const standard = { release: RELEASE, brokerType: 'standard', brokerCount: 3 } as const;
  const express = { release: OF_EXPRESS, brokerType: 'express', brokerCount: 3 } as const;

  test.each<readonly [string, Refused[1], 'standard' | 'express', string, string]>([
    ['a folder', 'optionsOfStandard', 'standard', 'log.dirs', '/data'],
    ['a mistyped option', 'optionsOfStandard', 'standard', 'num.partition', '3'],
    ['a listener', 'optionsOfStandard', 'standard', 'listeners', 'PLAINTEXT://:9092'],
    ['an option that no Kafka has', 'optionsOfStandard', 'standard', 'made.up', '1'],
    ['a name of its own', 'customDns', 'standard', 'custom.advertised.listeners', 'CLIENT://a:9000+{broker_id}'],
    ['replicas on Express brokers', 'optionsOfExpress', 'express', 'default.replication.factor', '3'],
    ['min ISR on Express brokers', 'optionsOfExpress', 'express', 'min.insync.replicas', '2'],
    ['threads on Express brokers', 'optionsOfExpress', 'express', 'num.io.threads', '16'],
    ['a lag below 10 seconds', 'optionValues', 'standard', 'replica.lag.time.max.ms', '5000'],
    ['a lag above 30 seconds', 'optionValues', 'standard', 'replica.lag.time.max.ms', '30001'],
    ['a text for a number', 'optionValues', 'standard', 'num.partitions', 'many'],
    ['no partitions', 'optionValues', 'standard', 'num.partitions', '0'],
    ['an unknown compression', 'optionValues', 'standard', 'compression.type', 'rar'],
    ['neither true nor false', 'optionValues', 'express', 'auto.create.topics.enable', 'yes'],
    ['more replicas than brokers', 'optionReplicas', 'standard', 'default.replication.factor', '4'],
    ['more in-sync replicas than brokers', 'optionReplicas', 'standard', 'min.insync.replicas', '4'],
  ])('fails in a configuration for %s by the rule %s', (_title, rule, kind, name, value) => {
    const refusals = brokerOptionRefusals({ ...(kind === 'express' ? express : standard), options: { [name]: value } });
    expect(refused(refusals)).toEqual([`${rule} option:${name}`]);
    expectReadable(refusals);
  });

  test.each<readonly [string, Refused[1], 'standard' | 'express', string, string]>([
    ['a segment on Express brokers', 'topicOptionsOfExpress', 'express', 'segment.bytes', '1073741824'],
    ['tiers on Express brokers', 'topicOptionsOfExpress', 'express', 'remote.storage.enable', 'true'],
    ['early compaction on Express brokers', 'optionValues', 'express', 'max.compaction.lag.ms', '1000'],
    ['a mistyped option', 'optionValues', 'standard', 'compresion.type', 'zstd'],
    ['an option of brokers', 'optionValues', 'standard', 'log.segment.bytes', '1073741824'],
    ['an unknown policy', 'optionValues', 'standard', 'cleanup.policy', 'burn'],
    ['a text for a number', 'optionValues', 'standard', 'segment.ms', '1h'],
  ])('fails on a topic for %s by the rule %s', (_title, rule, kind, name, value) => {
    const refusals = topicOptionRefusals({ ...(kind === 'express' ? express : standard), options: { [name]: value } });
    expect(refused(refusals)).toEqual([`${rule} option:${name}`]);
    expectReadable(refusals);
  });

  test('says what was meant', () => {
    const [refusal] = brokerOptionRefusals({ ...standard, options: { 'num.partition': '3' } });
    expect(refusal?.hint).toBe('Did you mean num.partitions?');
  });
});
