import { volumePerformance } from '../../../lib/core/ec2';
import { EC2_RULES } from '../../../lib/core/rules/ec2';
import { BASES, testRules } from '../../support/rule-cases';
import { modelOfText } from '../../support/environments';

const ec2 = (text: string): string => `targets: { ec2: { ${text} } }`;
const volume = (text: string): string => ec2(`volumes: { brokers: { ${text} } }`);

describe('the rules of EC2', () => {
  testRules(EC2_RULES, [
    [
      'instances that do not know where Kafka is',
      'ec2',
      'targets: { ec2: { packages: null } }',
      ['EC2-PACKAGES targets.ec2'],
    ],
    [
      'twelve volumes of an instance',
      'ec2',
      `nodePools: { brokers: { volumes: [${'{ size: 1TiB }, '.repeat(12)}] } }`,
      ['EC2-VOLUMES nodePools.brokers.volumes'],
    ],
    [
      'an instance type of a pool that is not there',
      'ec2',
      'targets: { ec2: { instanceTypes: { broker: m7g.large } } }',
      ['EC2-INSTANCE-TYPES targets.ec2.instanceTypes.broker'],
    ],
    ['instances of a family that came later', 'ec2', ec2('instanceTypes: { brokers: m11gd.metal-48xl }'), []],
    [
      'a size that there is not',
      'ec2',
      ec2('instanceTypes: { brokers: m7g.hugee }'),
      ['EC2-INSTANCE-TYPE targets.ec2.instanceTypes.brokers'],
    ],
    [
      'images for the processors of both pools',
      'ec2',
      ec2('instanceTypes: { brokers: m7i.large }, images: { arm64: /images/kafka/arm64, x86_64: /images/kafka/amd64 }'),
      [],
    ],
    [
      'no image for the processors of a pool',
      'ec2',
      ec2('instanceTypes: { brokers: m7i.large }, images: { arm64: /images/kafka }'),
      ['EC2-IMAGE targets.ec2.images'],
    ],
    [
      'an image for other processors',
      'ec2',
      ec2('images: { arm64: /images/kafka-x86_64 }'),
      ['EC2-IMAGE targets.ec2.images.arm64'],
    ],
    [
      'volumes that are faster than their instance',
      'ec2',
      volume('throughput: 250MiB/s, iops: 4000'),
      ['EC2-VOLUME-WASTED targets.ec2.volumes.brokers.throughput'],
    ],
    [
      'volumes of a pool that is not there',
      'ec2',
      ec2('volumes: { broker: { iops: 4000 } }'),
      ['EC2-VOLUME-PERFORMANCE targets.ec2.volumes.broker'],
    ],
    [
      'less than is included',
      'ec2',
      volume('throughput: 100MiB/s'),
      ['EC2-VOLUME-PERFORMANCE targets.ec2.volumes.brokers.throughput'],
    ],
    [
      'throughput without operations',
      'ec2',
      ec2('instanceTypes: { brokers: m7g.8xlarge }, volumes: { brokers: { throughput: 1000MiB/s, iops: 3000 } }'),
      ['EC2-VOLUME-PERFORMANCE targets.ec2.volumes.brokers.throughput'],
    ],
    [
      'operations without room',
      'ec2',
      `${volume('iops: 80000')}\nnodePools: { brokers: { volumes: [{ size: 100GiB }] } }`,
      ['EC2-VOLUME-PERFORMANCE targets.ec2.volumes.brokers.iops'],
    ],
    [
      'a volume beyond 64 TiB',
      'ec2',
      'nodePools: { brokers: { volumes: [{ size: 65TiB }] } }',
      ['EC2-VOLUME-PERFORMANCE nodePools.brokers.volumes[0].size'],
    ],
    ['a zone of AWS', 'ec2', ec2('dnsZone: eu-west-1.compute.internal'), ['EC2-DNS-ZONE targets.ec2.dnsZone']],
    ['a zone that is none', 'ec2', ec2('dnsZone: Kafka'), ['EC2-DNS-ZONE targets.ec2.dnsZone']],
  ]);
});

describe('the volumes of brokers', () => {
  const performance = (type: string, produce: string, size = '1TiB'): ReturnType<typeof volumePerformance> => {
    const model = modelOfText(
      `${BASES.ec2
        .replace('size: 200GiB', `size: ${size}`)
        .replace(
          'packages:',
          `instanceTypes: { brokers: ${type} }, packages:`,
        )}topics: { orders: { retention: { bytesPerPartition: 1GiB }, load: { produce: ${produce}, consumerGroups: 1 } } }
`,
    );
    return volumePerformance(
      model,
      model.pools.find(({ name }) => name === 'brokers')!,
    );
  };

  test('have what is included where the load asks for no more', () => {
    expect(performance('m7g.2xlarge', '10MiB/s')).toMatchObject({ throughputMiBps: 125, iops: 3000 });
  });

  test('are made for the load on the brokers that are left, read once more', () => {
    expect(performance('m7g.4xlarge', '200MiB/s')).toMatchObject({ throughputMiBps: 400, iops: 3000 });
    expect(performance('m7g.16xlarge', '480MiB/s')).toMatchObject({ throughputMiBps: 975, iops: 3900 });
  });

  test('are not made for more than the instance carries', () => {
    const { throughputMiBps, why } = performance('m7g.2xlarge', '400MiB/s');
    expect(throughputMiBps).toBe(298);
    expect(why).toContain('the instance carries no more');
  });

  test('are not made for more than their size allows', () => {
    expect(performance('m7g.16xlarge', '480MiB/s', '7GiB')).toMatchObject({ throughputMiBps: 875, iops: 3500 });
  });
});
