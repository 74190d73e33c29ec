import { SecurityGroup, Vpc } from 'aws-cdk-lib/aws-ec2';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Size, Stack, App } from 'aws-cdk-lib/core';
import { ClientAuthentication, Ec2KafkaCluster, KafkaVersion, type Ec2KafkaClusterProps } from '../../lib/selfmanaged';
import { census, resourcesOf, testStack } from '../support/cdk';
import { vpcOf } from '../support/ec2';

function clusterIn(stack: Stack, props: Partial<Ec2KafkaClusterProps> = {}): Ec2KafkaCluster {
  return new Ec2KafkaCluster(stack, 'Edge', {
    vpc: vpcOf(stack),
    kafkaVersion: KafkaVersion.V4_1,
    controllers: { count: 3, storage: Size.gibibytes(20) },
    brokers: [{ count: 3, storage: Size.gibibytes(100) }],
    packages: 's3://packages/kafka',
    clusterName: 'edge',
    ...props,
  });
}

describe('a cluster on EC2', () => {
  test('with default properties has SCRAM listeners and a node in every zone', () => {
    const stack = testStack();
    const cluster = clusterIn(stack);
    expect(cluster.bootstrapServers(ClientAuthentication.SCRAM_SHA_512)).toBe(
      'brokers-0.edge.kafka.internal:9092,brokers-1.edge.kafka.internal:9092,brokers-2.edge.kafka.internal:9092',
    );
    expect(census(stack)).toMatchObject({ 'AWS::AutoScaling::AutoScalingGroup': 6, 'AWS::EC2::Volume': 6 });
    const subnets = resourcesOf(stack, 'AWS::AutoScaling::AutoScalingGroup').map(
      ({ Properties }) => Properties.VPCZoneIdentifier,
    );
    expect(subnets).toEqual([['subnet-1'], ['subnet-2'], ['subnet-3'], ['subnet-1'], ['subnet-2'], ['subnet-3']]);
  });

  test('takes pools of their own size, further listeners and a zone', () => {
    const stack = testStack();
    const cluster = clusterIn(stack, {
      brokers: [
        { count: 3, storage: Size.gibibytes(100), instanceType: 'm7g.2xlarge' },
        { count: 3, storage: Size.tebibytes(2), name: 'archive' },
      ],
      clientAuthentications: [ClientAuthentication.SCRAM_SHA_512, ClientAuthentication.MTLS],
      configuration: { 'num.io.threads': '16' },
      dnsZone: 'edge.internal',
    });
    expect(cluster.bootstrapServers(ClientAuthentication.MTLS).split(',')).toContain('archive-2.edge.internal:9094');
    const sizes = resourcesOf(stack, 'AWS::EC2::Volume').map(({ Properties }) => Properties.Size);
    expect(sizes).toEqual([20, 20, 20, 100, 100, 100, 2048, 2048, 2048]);
  });

  test('makes volumes, images and snapshots as its properties say', () => {
    const stack = testStack();
    clusterIn(stack, {
      brokers: [
        { count: 3, storage: Size.gibibytes(100), instanceType: 'm7i.2xlarge', throughputMiBps: 250, iops: 4000 },
      ],
      x86Image: '/images/kafka/x86_64',
      arm64Image: '/images/kafka/arm64',
      snapshots: { everyHours: 24, keep: 7 },
    });
    const brokers = resourcesOf(stack, 'AWS::EC2::Volume').filter(({ Properties }) => Properties.Size === 100);
    expect(brokers.map(({ Properties: { Throughput, Iops } }) => [Throughput, Iops])).toEqual(
      [1, 2, 3].map(() => [250, 4000]),
    );
    const images = resourcesOf(stack, 'AWS::EC2::LaunchTemplate').map(
      ({ Properties }) => (Properties.LaunchTemplateData as { ImageId: string }).ImageId,
    );
    expect(new Set(images)).toEqual(new Set(['resolve:ssm:/images/kafka/arm64', 'resolve:ssm:/images/kafka/x86_64']));
    const [policy] = resourcesOf(stack, 'AWS::DLM::LifecyclePolicy');
    expect(policy!.Properties.PolicyDetails).toMatchObject({
      ResourceTypes: ['VOLUME'],
      TargetTags: [{ Key: 'kafka-data', Value: 'edge' }],
      Schedules: [{ CreateRule: { Interval: 24, IntervalUnit: 'HOURS' }, RetainRule: { Count: 7 } }],
    });
    for (const { Properties } of resourcesOf(stack, 'AWS::EC2::Volume'))
      expect(Properties.Tags).toContainEqual({ Key: 'kafka-data', Value: 'edge' });
  });

  test('knows what CloudWatch measures of its nodes', () => {
    const stack = testStack();
    const { metrics } = clusterIn(stack);
    expect(metrics.nodeNames).toEqual(expect.arrayContaining(['controllers-0', 'brokers-2']));
    expect(metrics.failedStatusChecks('brokers-0')).toMatchObject({
      namespace: 'AWS/EC2',
      metricName: 'StatusCheckFailed',
      statistic: 'Maximum',
    });
    const { namespace, dimensions } = metrics.stalledVolume('brokers-0', { label: 'hangs' });
    expect([namespace, Object.keys(dimensions!)]).toEqual(['AWS/EBS', ['VolumeId']]);
    expect([metrics.cpuUtilization('brokers-0'), metrics.volumeQueueLength('brokers-0')]).toHaveLength(2);
    expect(() => metrics.cpuUtilization('broker-0')).toThrow(
      'Test/Edge: metrics: the cluster has no such node, got broker-0;',
    );
  });

  test('that another stack made is known by its addresses and lets clients in', () => {
    const stack = testStack();
    const group = SecurityGroup.fromSecurityGroupId(stack, 'Nodes', 'sg-nodes');
    const cluster = Ec2KafkaCluster.fromClusterAttributes(stack, 'Edge', {
      clusterName: 'edge',
      bootstrapServers: { 'scram-sha-512': 'b-0.edge.internal:9192,b-1.edge.internal:9192' },
      securityGroups: [group],
    });
    expect(cluster.bootstrapServers(ClientAuthentication.SCRAM_SHA_512)).toContain('b-1.edge.internal:9192');
    cluster.connections.allowDefaultPortFrom(SecurityGroup.fromSecurityGroupId(stack, 'Client', 'sg-client'));
    const role = new Role(stack, 'Shop', { assumedBy: new ServicePrincipal('lambda') });
    expect(() => cluster.grants.produce(role, 'orders')).toThrow(
      'grants: rights are made by the stack that makes the cluster, got an imported one, edge;',
    );
    expect(() => cluster.bootstrapServers(ClientAuthentication.MTLS)).toThrow('got mtls; it has scram-sha-512.');
    const [rule] = resourcesOf(stack, 'AWS::EC2::SecurityGroupIngress');
    expect([rule!.Properties.GroupId, rule!.Properties.FromPort]).toEqual(['sg-nodes', 9192]);
  });

  test('has an id that depends on its name alone', () => {
    expect(clusterIn(testStack()).clusterId).toBe(clusterIn(testStack()).clusterId);
    expect(clusterIn(testStack(), { clusterName: 'other' }).clusterId).not.toBe(clusterIn(testStack()).clusterId);
  });

  test.each<[string, Partial<Ec2KafkaClusterProps>, RegExp]>([
    [
      'two controllers',
      { controllers: { count: 2, storage: Size.gibibytes(20) } },
      /Test\/Edge: nodePools\.controllers\.replicas: .*got 2/,
    ],
    ['a version without a dynamic quorum', { kafkaVersion: KafkaVersion.V3_9 }, /kafka\.version: .*got "?3\.9/],
    [
      'IAM, which only Amazon MSK has',
      { clientAuthentications: [ClientAuthentication.IAM] },
      /listeners\.iam\.authentication: .*got iam/,
    ],
    [
      'an image for processors that no instance has',
      { x86Image: '/images/kafka' },
      /targets\.ec2\.images: no image is for the processors of t4g\.medium \(controllers\), got x86_64; arm64 is needed\./,
    ],
    [
      'snapshots at an interval that there is not',
      { snapshots: { everyHours: 5, keep: 7 } },
      /snapshots\.everyHours: no interval of Amazon Data Lifecycle Manager, got 5; 1, 2, 3/,
    ],
    ['an unknown option', { configuration: { 'num.io.thread': '16' } }, /num\.io\.thread.*num\.io\.threads/],
  ])('fails for %s', (_what, props, message) => {
    expect(() => clusterIn(testStack(), props)).toThrow(message);
  });

  test('fails where the zones are only known while deploying', () => {
    const stack = new Stack(new App(), 'Test');
    expect(() => clusterIn(stack, { vpc: new Vpc(stack, 'Agnostic') })).toThrow(
      'Test/Edge: vpc: the names of its zones are only known while deploying, got a token; literal names are needed, since they are the racks of the brokers. Give the VPC availabilityZones.',
    );
  });

  test('fails to name bootstrap servers of an authentication that it has not', () => {
    expect(() => clusterIn(testStack()).bootstrapServers(ClientAuthentication.MTLS)).toThrow(
      'got mtls; it has scram-sha-512.',
    );
  });
});
