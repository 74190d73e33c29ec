import {
  clusterRefusals,
  serverlessRefusals,
  SERVICE_RULES,
  type ClusterSubject,
  type MskBrokerFacts,
  type MskClusterFacts,
  type ServerlessFacts,
  type ServiceRuleName,
} from '../../lib/core/msk';
import { KAFKA_RELEASES } from '../../lib/core/versions';
import { clusterFacts, expectReadable, refused } from '../support/msk-facts';

type Case = readonly [
  title: string,
  rule: ServiceRuleName,
  subject: ClusterSubject,
  brokers: Partial<MskBrokerFacts>,
  rest?: Partial<Omit<MskClusterFacts, 'brokers'>>,
];

const release = (version: string): Pick<MskClusterFacts, 'release'> => ({
  release: KAFKA_RELEASES.find((one) => one.version === version)!,
});
const express = (brokers: Partial<MskBrokerFacts> = {}): Partial<MskBrokerFacts> => ({
  brokerType: 'express',
  ...brokers,
});
const AUTHORITY = 'arn:aws:acm-pca:eu-west-1:111122223333:certificate-authority/11111111-2222-3333-4444-555555555555';

/** Each title is what was asked for; the rule is what the service holds to. */
const REFUSED_CLUSTERS: readonly Case[] = [
  ['a name with an underscore', 'clusterName', 'clusterName', {}, { clusterName: 'my_cluster' }],
  ['a name that begins with a dash', 'clusterName', 'clusterName', {}, { clusterName: '-events' }],
  ['a name of 65 characters', 'clusterName', 'clusterName', {}, { clusterName: 'n'.repeat(65) }],
  ['no name', 'clusterName', 'clusterName', {}, { clusterName: '' }],
  ['Kafka 4.2 on Standard brokers', 'versionOffered', 'kafkaVersion', {}, release('4.2')],
  ['Kafka 4.3 on Standard brokers', 'versionOffered', 'kafkaVersion', {}, release('4.3')],
  ['Kafka 4.0 on Express brokers', 'versionOffered', 'kafkaVersion', express(), release('4.0')],
  ['Kafka 4.1 on Express brokers', 'versionOffered', 'kafkaVersion', express(), release('4.1')],
  ['a made-up size', 'sizeOfType', 'instanceType', { instanceType: 'kafka.m9z.large' }],
  ['a size of EC2', 'sizeOfType', 'instanceType', { instanceType: 'm7g.large' }],
  ['a size of M7g that MSK does not have', 'sizeOfType', 'instanceType', { instanceType: 'kafka.m7g.24xlarge' }],
  ['an Express size for Standard brokers', 'sizeOfType', 'instanceType', { instanceType: 'express.m7g.large' }],
  ['a Standard size for Express brokers', 'sizeOfType', 'instanceType', express({ instanceType: 'kafka.m7g.large' })],
  ['an Express size on M5', 'sizeOfType', 'instanceType', express({ instanceType: 'express.m5.large' })],
  ['kafka.t3.small with KRaft', 'smallRunsNoKraft', 'instanceType', { instanceType: 'kafka.t3.small' }],
  ['no subnet', 'subnets', 'zones', {}, { zoneCount: 0 }],
  ['one subnet', 'subnets', 'zones', {}, { zoneCount: 1 }],
  ['four subnets', 'subnets', 'zones', { count: 4 }, { zoneCount: 4 }],
  ['two subnets for Express brokers', 'subnetsOfExpress', 'zones', express({ count: 2 }), { zoneCount: 2 }],
  ['six subnets for Express brokers', 'subnetsOfExpress', 'zones', express({ count: 6 }), { zoneCount: 6 }],
  ['three zones in us-west-1', 'twoZonesInCalifornia', 'zones', {}, { region: 'us-west-1' }],
  ['Express brokers in us-west-1', 'twoZonesInCalifornia', 'zones', express(), { region: 'us-west-1' }],
  ['the zone use1-az3', 'zoneWithoutMsk', 'zones', {}, { zones: ['use1-az1', 'use1-az2', 'use1-az3'] }],
  ['four brokers in three zones', 'brokersPerZone', 'brokerCount', { count: 4 }],
  ['three brokers in two zones', 'brokersPerZone', 'brokerCount', { count: 3 }, { zoneCount: 2 }],
  ['two brokers in three zones', 'brokersPerZone', 'brokerCount', { count: 2 }],
  ['five Express brokers', 'brokersPerZone', 'brokerCount', express({ count: 5 })],
  ['no brokers', 'brokersPerZone', 'brokerCount', { count: 0 }],
  ['half a broker more', 'brokersPerZone', 'brokerCount', { count: 3.5 }],
  ['62 brokers', 'brokersPerCluster', 'brokerCount', { count: 62 }, { zoneCount: 2 }],
  ['93 brokers', 'brokersPerCluster', 'brokerCount', { count: 93 }],
  ['a volume of 17 TiB', 'volume', 'storage', { volumeGiB: 17_408 }],
  ['a volume of half a GiB', 'volume', 'storage', { volumeGiB: 0.5 }],
  ['a volume of 100 and a half GiB', 'volume', 'storage', { volumeGiB: 100.5 }],
  ['volumes for Express brokers', 'expressHasNoVolumes', 'storage', express({ volumeGiB: 100 })],
  ['throughput for Express brokers', 'expressHasNoVolumes', 'throughput', express({ throughputMiBps: 250 })],
  ['tiered storage for Express brokers', 'expressHasNoVolumes', 'tieredStorage', express({ tieredStorage: true })],
  [
    'Express brokers that grow',
    'expressHasNoVolumes',
    'autoscaling',
    express({ autoscaling: { maxGiB: 500, targetPercent: 60 } }),
  ],
  [
    'volumes that grow to what they are',
    'autoscaling',
    'autoscalingMax',
    { autoscaling: { maxGiB: 100, targetPercent: 60 } },
  ],
  ['volumes that grow to less', 'autoscaling', 'autoscalingMax', { autoscaling: { maxGiB: 50, targetPercent: 60 } }],
  [
    'volumes that grow to 17 TiB',
    'autoscaling',
    'autoscalingMax',
    { autoscaling: { maxGiB: 17_408, targetPercent: 60 } },
  ],
  [
    'volumes that grow at 5 percent',
    'autoscaling',
    'autoscalingTarget',
    { autoscaling: { maxGiB: 500, targetPercent: 5 } },
  ],
  [
    'volumes that grow at 81 percent',
    'autoscaling',
    'autoscalingTarget',
    { autoscaling: { maxGiB: 500, targetPercent: 81 } },
  ],
  [
    'throughput on kafka.m7g.xlarge',
    'throughputSizes',
    'throughput',
    { instanceType: 'kafka.m7g.xlarge', throughputMiBps: 250 },
  ],
  [
    'throughput on kafka.m5.2xlarge',
    'throughputSizes',
    'throughput',
    { instanceType: 'kafka.m5.2xlarge', throughputMiBps: 250 },
  ],
  [
    'throughput below 250 MiB/s',
    'throughputRange',
    'throughput',
    { instanceType: 'kafka.m5.4xlarge', throughputMiBps: 249 },
  ],
  [
    '594 MiB/s on kafka.m5.4xlarge',
    'throughputRange',
    'throughput',
    { instanceType: 'kafka.m5.4xlarge', throughputMiBps: 594 },
  ],
  [
    '313 MiB/s on kafka.m7g.2xlarge',
    'throughputRange',
    'throughput',
    { instanceType: 'kafka.m7g.2xlarge', throughputMiBps: 313 },
  ],
  [
    '1001 MiB/s on kafka.m7g.16xlarge',
    'throughputRange',
    'throughput',
    { instanceType: 'kafka.m7g.16xlarge', throughputMiBps: 1001 },
  ],
  [
    'a fraction of a MiB/s',
    'throughputRange',
    'throughput',
    { instanceType: 'kafka.m7g.4xlarge', throughputMiBps: 300.5 },
  ],
  [
    'throughput of small volumes',
    'throughputVolume',
    'throughput',
    { instanceType: 'kafka.m5.4xlarge', throughputMiBps: 250, volumeGiB: 9 },
  ],
  [
    'tiered storage before 3.6',
    'tieredStorage',
    'tieredStorage',
    { tieredStorage: true },
    { release: { ...KAFKA_RELEASES[0]!, version: '3.5' } },
  ],
  [
    'tiered storage of compacted topics',
    'tieredCleanupPolicy',
    'logCleanupPolicy',
    { tieredStorage: true },
    { logCleanupPolicy: 'compact' },
  ],
  ['Standard brokers that rebalance', 'rebalancing', 'rebalancing', { rebalancing: 'ACTIVE' }],
  ['Standard brokers that do not rebalance', 'rebalancing', 'rebalancing', { rebalancing: 'PAUSED' }],
  ['no authentication', 'someAuthentication', 'authentication', {}, { authentications: [] }],
  ['OAuth', 'authentications', 'authentication', {}, { authentications: ['oauthbearer'] }],
  [
    'certificates without an authority',
    'certificateAuthorities',
    'certificateAuthorities',
    {},
    { authentications: ['mtls'] },
  ],
  [
    'certificates of ACM',
    'certificateAuthorities',
    'certificateAuthorities',
    {},
    { authentications: ['mtls'], certificateAuthorityArns: ['arn:aws:acm:eu-west-1:111122223333:certificate/1'] },
  ],
  [
    'authorities without certificates',
    'certificateAuthorities',
    'certificateAuthorities',
    {},
    { certificateAuthorityArns: [AUTHORITY] },
  ],
  ['broker logs that go nowhere', 'logDestination', 'brokerLogs', {}, { brokerLogs: {} }],
  [
    'logs in a bucket without a name',
    'logDestination',
    'brokerLogs.s3.bucket',
    {},
    { brokerLogs: { s3: { bucket: '' } } },
  ],
  [
    'logs in a stream without a name',
    'logDestination',
    'brokerLogs.firehose',
    {},
    { brokerLogs: { firehose: { deliveryStream: '' } } },
  ],
  [
    'logs in the ARN of a bucket',
    'logBucket',
    'brokerLogs.s3.bucket',
    {},
    { brokerLogs: { s3: { bucket: 'arn:aws:s3:::logs' } } },
  ],
  [
    'logs of the authorizer in an upper-case bucket',
    'logBucket',
    'authorizerLogs.s3.bucket',
    {},
    { authorizerLogs: { s3: { bucket: 'Logs' } } },
  ],
  [
    'logs in the ARN of a stream',
    'logStream',
    'authorizerLogs.firehose',
    {},
    { authorizerLogs: { firehose: { deliveryStream: 'arn:aws:firehose:eu-west-1:1:deliverystream/a' } } },
  ],
  [
    'logs for 31 days',
    'logRetention',
    'brokerLogs.cloudWatch',
    {},
    { brokerLogs: { cloudWatch: { retentionDays: 31 } } },
  ],
  [
    'logs of the authorizer for no day',
    'logRetention',
    'authorizerLogs.cloudWatch',
    {},
    { authorizerLogs: { cloudWatch: { retentionDays: 0 } } },
  ],
];

const REFUSED_SERVERLESS: readonly (readonly [string, ServiceRuleName, ClusterSubject, Partial<ServerlessFacts>])[] = [
  ['one subnet', 'subnetsOfServerless', 'zones', { zoneCount: 1 }],
  ['seven subnets', 'subnetsOfServerless', 'zones', { zoneCount: 7 }],
  ['us-west-1', 'serverlessRegions', 'region', { region: 'us-west-1' }],
  ['me-central-1', 'serverlessRegions', 'region', { region: 'me-central-1' }],
  ['GovCloud', 'serverlessRegions', 'region', { region: 'us-gov-west-1' }],
  ['a name with a space', 'clusterName', 'clusterName', { clusterName: 'my events' }],
];

describe('a provisioned cluster is refused', () => {
  const filled = REFUSED_CLUSTERS.map(
    ([title, rule, subject, brokers, rest = {}]) => [title, rule, subject, brokers, rest] as const,
  );

  test.each(filled)('fails for %s by the rule %s', (_title, rule, subject, brokers, rest) => {
    const refusals = clusterRefusals(clusterFacts(brokers, rest));
    expect(refused(refusals)).toContain(`${rule} ${subject}`);
    expectReadable(refusals);
    expect(SERVICE_RULES[rule].source).not.toBe('');
  });
});

describe('a Serverless cluster is refused', () => {
  test.each(REFUSED_SERVERLESS)('fails for %s by the rule %s', (_title, rule, subject, facts) => {
    const refusals = [...serverlessRefusals({ clusterName: 'events', zoneCount: 3, region: 'eu-west-1', ...facts })];
    expect(refused(refusals)).toEqual([`${rule} ${subject}`]);
    expectReadable(refusals);
  });
});

describe('a cluster is taken', () => {
  const cases: readonly (readonly [string, Partial<MskBrokerFacts>, Partial<Omit<MskClusterFacts, 'brokers'>>?])[] = [
    ['Standard brokers in three zones', {}],
    ['60 brokers', { count: 60 }],
    ['two zones in us-west-1', { count: 2 }, { zoneCount: 2, region: 'us-west-1' }],
    ['a region that is not known yet', {}, {}],
    ['Express brokers', express()],
    ['Express brokers with logs', express(), { brokerLogs: { cloudWatch: {} }, authorizerLogs: { cloudWatch: {} } }],
    ['the ceiling of throughput', { instanceType: 'kafka.m7g.2xlarge', throughputMiBps: 312, volumeGiB: 10 }],
    ['tiered storage', { tieredStorage: true }, { logCleanupPolicy: 'delete' }],
    ['16 TiB that began as one GiB', { volumeGiB: 1, autoscaling: { maxGiB: 16_384, targetPercent: 80 } }],
    [
      'everything that can log in',
      {},
      { authentications: ['iam', 'scram-sha-512', 'mtls', 'none'], certificateAuthorityArns: [AUTHORITY, undefined] },
    ],
    [
      'names that are only known while deploying',
      {},
      { brokerLogs: { s3: { bucket: undefined }, firehose: { deliveryStream: undefined } } },
    ],
  ];
  test.each(cases.map(([title, brokers, rest = {}]) => [title, brokers, rest] as const))(
    '%s',
    (_title, brokers, rest) => {
      expect(clusterRefusals(clusterFacts(brokers, rest))).toEqual([]);
    },
  );
});
