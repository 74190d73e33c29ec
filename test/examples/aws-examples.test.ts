import { existsSync, readFileSync } from 'node:fs';
import type { CloudFormationStackArtifact } from 'aws-cdk-lib/cx-api';
import { synthesised } from '../support/examples';

function types(stack: CloudFormationStackArtifact): string[] {
  const { Resources } = stack.template as { Resources: Record<string, { Type: string }> };
  return [...new Set(Object.values(Resources).map(({ Type }) => Type))];
}

describe.each([
  ['01-msk-environment', 'Webshop', ['AWS::MSK::Cluster', 'AWS::MSK::Topic', 'AWS::IAM::ManagedPolicy']],
  ['02-msk-cluster-with-lambda', 'Billing', ['AWS::MSK::Cluster', 'AWS::MSK::Topic', 'AWS::EC2::SecurityGroupIngress']],
  ['06-msk-cluster', 'Events', ['AWS::MSK::Cluster', 'AWS::MSK::Configuration', 'AWS::MSK::Topic']],
  ['07-msk-scram-users', 'Vendors', ['AWS::SecretsManager::Secret', 'Custom::KafkaScramSecrets', 'AWS::KMS::Key']],
  ['08-msk-connect', 'Archive', ['AWS::KafkaConnect::Connector', 'AWS::KafkaConnect::CustomPlugin']],
  ['09-msk-replicator', 'Copy', ['AWS::MSK::Replicator', 'AWS::IAM::Role']],
  [
    '14-msk-alarms',
    'Payments',
    ['AWS::CloudWatch::Alarm', 'AWS::CloudWatch::CompositeAlarm', 'AWS::CloudWatch::Dashboard', 'AWS::SNS::Topic'],
  ],
  ['13-kubernetes-on-eks', 'Events', ['Custom::AWSCDK-EKS-KubernetesResource']],
  [
    '03-ec2-cluster',
    'Edge',
    ['AWS::AutoScaling::AutoScalingGroup', 'AWS::EC2::Volume', 'AWS::Route53::RecordSet', 'Custom::KafkaReconciler'],
  ],
])('the example %s', (example, stackName, wanted) => {
  test('synthesises one stack with what its text promises, without a look-up', () => {
    const { stacks } = synthesised(example);
    expect(stacks.map((stack) => stack.stackName)).toEqual([stackName]);
    expect(types(stacks[0]!)).toEqual(expect.arrayContaining(wanted));
    expect(stacks[0]!.assembly.manifest.missing ?? []).toEqual([]);
  });

  test('is short, explained, and imports the package by its name', () => {
    const code = readFileSync(`examples/${example}/app.ts`, 'utf8');
    expect(code.split('\n').length).toBeLessThanOrEqual(45);
    expect(code).toMatch(/from 'kafka-deployment-kit(\/\w+)?'/);
    expect(code).not.toMatch(/from '\.\.?\//);
    expect(existsSync(`examples/${example}/README.md`)).toBe(true);
  });
});
