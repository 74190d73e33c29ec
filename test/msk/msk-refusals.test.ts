import { Size } from 'aws-cdk-lib/core';
import { ClientAuthentication, KafkaNetwork, KafkaVersion, MskBrokers, type MskClusterProps } from '../../lib/msk';
import { testStack } from '../support/cdk';
import { clusterIn } from '../support/msk';

describe('what the service would refuse', () => {
  const standard = (count: number, instanceType = 'kafka.m7g.large', gib = 100): MskBrokers =>
    MskBrokers.standard({ instanceType, count, storage: Size.gibibytes(gib) });
  test.each<[string, Partial<MskClusterProps>, string]>([
    [
      'a name with an underscore',
      { clusterName: 'my_cluster' },
      'clusterName: not a name for a cluster, got "my_cluster"',
    ],
    [
      'a version that only Express has',
      { kafkaVersion: KafkaVersion.V4_2 },
      'kafkaVersion: Amazon MSK does not offer the version for Standard brokers, got 4.2',
    ],
    [
      'a version that Express has not',
      { brokers: MskBrokers.express({ instanceType: 'express.m7g.large', count: 3 }) },
      'does not offer the version for Express brokers, got 4.1; 3.9 and 4.2 are allowed',
    ],
    [
      'an Express size for standard brokers',
      { brokers: standard(3, 'express.m7g.large') },
      'brokers.instanceType: not a size of Standard brokers',
    ],
    [
      'four brokers in three zones',
      { brokers: standard(4) },
      'brokers.count: the brokers cannot be spread evenly over the zones, got 4 for 3 zones; a multiple of 3 is allowed. Use 6.',
    ],
    ['63 brokers', { brokers: standard(63) }, 'too many brokers for a cluster with KRaft, got 63'],
    [
      'a volume of 17 TiB',
      { brokers: standard(3, 'kafka.m7g.large', 17_408) },
      'brokers.storage: not a size for the volume',
    ],
    [
      'one subnet',
      { network: KafkaNetwork.fromIds('vpc-1', ['subnet-1']) },
      'network: not a number of subnets that the service takes for Standard brokers, got 1',
    ],
    [
      'OAuth',
      { clientAuthentications: [ClientAuthentication.OAUTHBEARER] },
      'clientAuthentications: Amazon MSK does not know the authentication, got oauthbearer',
    ],
    [
      'client certificates without an authority',
      { clientAuthentications: [ClientAuthentication.MTLS] },
      'certificateAuthorityArns: nobody vouches for client certificates',
    ],
    [
      'an option that the service does not take',
      { configuration: { 'log.dirs': '/data' } },
      'configuration["log.dirs"]: Amazon MSK does not take the option',
    ],
    ['a mistyped option', { configuration: { 'num.partition': '3' } }, 'Did you mean num.partitions?'],
    [
      'both a VPC and a network',
      { vpc: {} as never },
      'vpc: where the brokers live is not clear, got both vpc and network',
    ],
  ])('fails for %s', (_what, props, message) => {
    expect(() => clusterIn(testStack(), props)).toThrow(message);
  });

  test('fails once with every problem at once', () => {
    expect(() => clusterIn(testStack(), { clusterName: 'a_b', brokers: standard(61) })).toThrow(
      /clusterName[^]*brokers.count[^]*brokers.count/,
    );
  });
});
