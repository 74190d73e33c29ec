import { MSK_RULES } from '../../../lib/core/rules/msk';
import { openText } from '../../support/environments';
import { BASES, testRules } from '../../support/rule-cases';

const msk = (text: string): string => `targets: { msk: { ${text} } }`;

describe('the rules of Amazon MSK', () => {
  testRules(
    MSK_RULES,
    [
      ['six brokers in three zones', 'msk', 'nodePools: { brokers: { replicas: 6 } }', []],
      ['Express brokers without volumes', 'express', 'topics: { orders: {} }', []],
      [
        'two pools',
        'msk',
        'nodePools: { more: { roles: [broker], replicas: 3, volumes: [{ size: 1TiB }] } }',
        ['MSK-POOLS nodePools.more'],
      ],
      [
        'four brokers in three zones',
        'msk',
        'nodePools: { brokers: { replicas: 4 } }',
        ['MSK-BROKERS nodePools.brokers.replicas'],
      ],
      [
        'client certificates that nobody vouches for',
        'msk',
        'listeners: { internal: { authentication: mtls } }',
        ['MSK-CERTIFICATE-AUTHORITIES listeners.internal.authentication'],
      ],
      ['63 brokers', 'msk', 'nodePools: { brokers: { replicas: 63 } }', ['MSK-BROKERS nodePools.brokers.replicas']],
      ['no volume', 'msk', 'nodePools: { brokers: { volumes: null } }', ['MSK-VOLUMES nodePools.brokers']],
      [
        'two volumes',
        'msk',
        'nodePools: { brokers: { volumes: [{ size: 1TiB }, { size: 1TiB }] } }',
        ['MSK-VOLUMES nodePools.brokers.volumes'],
      ],
      ['16 TiB', 'msk', 'nodePools: { brokers: { volumes: [{ size: 16TiB }] } }', []],
      [
        '17 TiB',
        'msk',
        'nodePools: { brokers: { volumes: [{ size: 17TiB }] } }',
        ['MSK-VOLUMES nodePools.brokers.volumes[0].size'],
      ],
      [
        'half a GiB',
        'msk',
        'nodePools: { brokers: { volumes: [{ size: 1536MiB }] } }',
        ['MSK-VOLUMES nodePools.brokers.volumes[0].size'],
      ],
      [
        'a volume of Express brokers',
        'express',
        'nodePools: { brokers: { volumes: [{ size: 1TiB }] } }',
        ['MSK-VOLUMES nodePools.brokers.volumes'],
      ],
      [
        'an Express type for Standard brokers',
        'msk',
        'targets: { msk: { instanceType: express.m7g.large } }',
        ['MSK-INSTANCE-TYPE targets.msk.instanceType'],
      ],
      [
        'a type that does not run KRaft',
        'msk',
        'targets: { msk: { instanceType: kafka.t3.small } }',
        ['MSK-INSTANCE-TYPE targets.msk.instanceType'],
      ],
      ['volumes that grow', 'msk', 'targets: { msk: { storageAutoscaling: { max: 200GiB } } }', []],
      [
        'volumes that would shrink',
        'msk',
        'targets: { msk: { storageAutoscaling: { max: 50GiB } } }',
        ['MSK-STORAGE-AUTOSCALING targets.msk.storageAutoscaling.max'],
      ],
      [
        'volumes of Express brokers that grow',
        'express',
        'targets: { msk: { storageAutoscaling: { max: 50GiB } } }',
        ['MSK-STORAGE-AUTOSCALING targets.msk.storageAutoscaling'],
      ],
      [
        'two replicas on Express brokers',
        'express',
        'topicDefaults: { replicationFactor: 2 }\ntopics: { a: {}, b: { minInSyncReplicas: 1 } }',
        [
          'MSK-REPLICATION topicDefaults.replicationFactor',
          'MSK-REPLICATION topics.a',
          'MSK-REPLICATION topics.b.minInSyncReplicas',
        ],
      ],
      [
        'too many partitions for Serverless',
        'serverless',
        'topics: { a: { partitions: 2401 } }',
        ['MSK-SERVERLESS-PARTITIONS topics'],
      ],
      [
        'too many compacted partitions for Serverless',
        'serverless',
        'topics: { a: { partitions: 121, cleanupPolicy: [compact] } }',
        ['MSK-SERVERLESS-PARTITIONS topics'],
      ],
      ['topics of the reconciler, which has a way in', 'msk', 'targets: { msk: { topicsManagedBy: reconciler } }', []],
      [
        'topics of the reconciler, which has no way in',
        'msk',
        'listeners: { internal: { authentication: scram-sha-512 } }\ntargets: { msk: { topicsManagedBy: reconciler } }',
        ['MSK-TOPICS-OWNER targets.msk.topicsManagedBy'],
      ],
      [
        'Express brokers in a region of two zones',
        'express',
        'racks: [us-west-1a, us-west-1b, us-west-1c]\naws: { region: us-west-1 }',
        [],
      ],
      [
        'Serverless where it is not',
        'serverless',
        'racks: [us-west-1a, us-west-1b]\naws: { region: us-west-1 }',
        ['MSK-REGION aws.region'],
      ],
      [
        'throughput that the size can have',
        'msk',
        msk('instanceType: kafka.m7g.4xlarge, provisionedThroughput: 625MiB/s'),
        [],
      ],
      [
        'throughput above the ceiling of the size',
        'msk',
        msk('instanceType: kafka.m7g.4xlarge, provisionedThroughput: 626MiB/s'),
        ['MSK-THROUGHPUT targets.msk.provisionedThroughput'],
      ],
      [
        'throughput of a small size',
        'msk',
        msk('provisionedThroughput: 250MiB/s'),
        ['MSK-THROUGHPUT targets.msk.provisionedThroughput'],
      ],
      ['tiered storage', 'msk', msk('storageMode: tiered'), []],
      [
        'tiered storage of Express brokers',
        'express',
        msk('storageMode: tiered'),
        ['MSK-TIERED-STORAGE targets.msk.storageMode'],
      ],
      ['Express brokers that do not rebalance', 'express', msk('rebalancing: PAUSED'), []],
      [
        'Standard brokers that rebalance',
        'msk',
        msk('rebalancing: ACTIVE'),
        ['MSK-REBALANCING targets.msk.rebalancing'],
      ],
      [
        'logs everywhere',
        'msk',
        msk(
          `brokerLogs: { cloudWatch: { retention: 90d }, s3: { bucket: logs, prefix: kafka/ }, firehose: { deliveryStream: logs } }`,
        ),
        [],
      ],
      ['no logs of the authorizer', 'msk', msk('authorizerLogs: {}'), []],
      [
        'logs that go nowhere, for a fortnight and a day, or to no bucket',
        'msk',
        msk(`brokerLogs: {}, authorizerLogs: { cloudWatch: { retention: 15d }, s3: { bucket: "arn:aws:s3:::logs" } }`),
        [
          'MSK-LOGS targets.msk.authorizerLogs.cloudWatch.retention',
          'MSK-LOGS targets.msk.authorizerLogs.s3.bucket',
          'MSK-LOGS targets.msk.brokerLogs',
        ],
      ],
      [
        'authorities without a listener for them',
        'msk',
        msk(`certificateAuthorities: ["arn:aws:acm-pca:eu-west-1:111122223333:certificate-authority/1"]`),
        ['MSK-CERTIFICATE-AUTHORITIES targets.msk.certificateAuthorities'],
      ],
      [
        'a tiered topic',
        'msk',
        `${msk('storageMode: tiered')}\ntopics: { a: { retention: { time: 30d }, config: { remote.storage.enable: true, local.retention.ms: 3600000 } } }`,
        [],
      ],
      [
        'a tiered topic on a cluster without tiers, compacted, short, with small segments, and all of it local',
        'msk',
        'topics: { a: { cleanupPolicy: [compact, delete], retention: { time: 1d }, config: { remote.storage.enable: true, segment.ms: 1000, local.retention.ms: 86400000 } } }',
        [
          'MSK-TIERED-TOPIC topics.a.cleanupPolicy',
          'MSK-TIERED-TOPIC topics.a.config["local.retention.ms"]',
          'MSK-TIERED-TOPIC topics.a.config["remote.storage.enable"]',
          'MSK-TIERED-TOPIC topics.a.config["segment.ms"]',
          'MSK-TIERED-TOPIC topics.a.retention',
        ],
      ],
    ],
    ['MSK-END-OF-SUPPORT'],
  );

  test('warns of a version whose support had ended when the catalogue was read, without a clock', () => {
    const { model } = openText(BASES.msk);
    const found: string[] = [];
    for (const version of ['3.7', '4.1']) {
      const old = { ...model!, kafka: { ...model!.kafka, version } };
      MSK_RULES.find(({ code }) => code === 'MSK-END-OF-SUPPORT')!.check(old, ({ message }) => found.push(message));
    }
    expect(found).toEqual(['support of the version ended on 2026-09-01, got 3.7; versions with support are safer.']);
  });
});
