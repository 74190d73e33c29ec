import { Vpc } from 'aws-cdk-lib/aws-ec2';
import { Size, type Stack } from 'aws-cdk-lib/core';
import { Ec2KafkaCluster, KafkaVersion } from '../../lib/selfmanaged';
import { resourcesOf, testStack } from '../support/cdk';

interface Tree {
  readonly [name: string]: Tree;
}

/** The resources of one broker, among those of a cluster of six nodes. */
function brokerOf(stack: Stack): (type: string) => Tree {
  const vpc = Vpc.fromVpcAttributes(stack, 'Vpc', {
    vpcId: 'vpc-1',
    availabilityZones: ['eu-west-1a', 'eu-west-1b', 'eu-west-1c'],
    privateSubnetIds: ['subnet-1', 'subnet-2', 'subnet-3'],
  });
  new Ec2KafkaCluster(stack, 'Edge', {
    vpc,
    kafkaVersion: KafkaVersion.V4_1,
    controllers: { count: 3, storage: Size.gibibytes(20) },
    brokers: [{ count: 3, storage: Size.gibibytes(100) }],
    packages: 's3://packages/kafka',
    clusterName: 'edge',
  });
  return (type) =>
    resourcesOf(stack, type).find((each) => JSON.stringify(each).includes('edge-brokers-0'))!
      .Properties as unknown as Tree;
}

describe('the instances of a node on EC2', () => {
  const stack = testStack();
  const broker = brokerOf(stack);

  test('are of a group of one that holds them until Kafka has stopped in order', () => {
    expect(broker('AWS::AutoScaling::AutoScalingGroup')).toMatchObject({
      AutoScalingGroupName: 'kafka-edge-brokers-0',
      MinSize: '1',
      MaxSize: '1',
      InstanceMaintenancePolicy: { MinHealthyPercentage: 0, MaxHealthyPercentage: 100 },
      LifecycleHookSpecificationList: [
        {
          LifecycleHookName: 'kafka-controlled-shutdown',
          LifecycleTransition: 'autoscaling:EC2_INSTANCE_TERMINATING',
          DefaultResult: 'CONTINUE',
          HeartbeatTimeout: 900,
        },
      ],
    });
  });

  test('have a root volume under the customer key, IMDSv2 alone, and user data that name a parameter and no secret', () => {
    const { LaunchTemplateData: data } = broker('AWS::EC2::LaunchTemplate');
    expect(data.MetadataOptions).toMatchObject({ HttpTokens: 'required', HttpPutResponseHopLimit: 1 });
    expect(data.BlockDeviceMappings[0].Ebs).toMatchObject({ Encrypted: true, KmsKeyId: expect.anything() });
    expect(data.DisableApiTermination).toBe(true);
    const userData = JSON.stringify(data.UserData);
    expect(userData).toContain("--name '/kafka/edge/brokers-0'");
    expect(userData).not.toContain('secret');
    expect(userData.length).toBeLessThan(1024);
  });

  test('may attach only what is theirs, to instances of their node only, and detach nothing else', () => {
    const { Statement: statements } = broker('AWS::IAM::Role').Policies![0]!.PolicyDocument as unknown as {
      Statement: { Action: string | string[]; Resource: unknown; Condition?: object }[];
    };
    const attaching = statements.filter(({ Action: action }) => action.includes('ec2:AttachVolume'));
    expect(attaching).toHaveLength(2);
    const [own, instances] = attaching;
    expect(JSON.stringify(own!.Resource)).not.toContain('*');
    expect(instances!.Condition).toEqual({ StringEquals: { 'aws:ResourceTag/kafka-node': 'edge-brokers-0' } });
    const grants = statements.find(({ Action: action }) => action === 'kms:CreateGrant')!;
    expect(JSON.stringify(grants.Condition)).toContain('kms:GrantIsForAWSResource');
    const parameters = statements.filter(({ Action: action }) => action.includes('ssm:GetParameter'));
    expect(parameters.map(({ Resource: resource }) => JSON.stringify(resource))).toEqual([
      expect.stringContaining('parameter/kafka/edge/brokers-0'),
    ]);
  });

  test('are told by a parameter what they are made of, so that other files leave the launch template as it is', () => {
    const { Name: name, Value: value } = broker('AWS::SSM::Parameter');
    expect(name).toBe('/kafka/edge/brokers-0');
    const text = JSON.stringify(value);
    for (const part of ['files=s3://', 'volumes=', 'interface=', 'packages=s3://packages/kafka', 'group=kafka-edge-'])
      expect(text).toContain(part);
    expect(JSON.stringify(broker('AWS::EC2::LaunchTemplate'))).not.toMatch(/[0-9a-f]{64}/);
  });

  test('are started by Auto Scaling with the key of the cluster', () => {
    const [key] = resourcesOf(stack, 'AWS::KMS::Key');
    expect(JSON.stringify(key!.Properties.KeyPolicy)).toContain('AWSServiceRoleForAutoScaling*');
  });
});
