import { App, Stack } from 'aws-cdk-lib';
import { CfnManagedPolicy } from 'aws-cdk-lib/aws-iam';
import { AwsSolutionsChecks } from 'cdk-nag';
import type { IConstruct } from 'constructs';
import { EnvironmentStack } from '../../bin/stacks/environment-stack';
import { KafkaEnvironment } from '../../lib/environment';
import { awsExamples, synthesised } from '../support/examples';
import { mirroredStack } from '../support/mirrored-environment';

/** The role that the CDK makes for a function in a VPC. */
const functionRole = (path: string): string[] =>
  ['AWSLambdaBasicExecutionRole', 'AWSLambdaVPCAccessExecutionRole'].map(
    (policy) =>
      `AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/${policy}] ${path}/ServiceRole/Resource`,
  );

/** Findings that are the example's own: what its author stands up beside Kafka to have somebody who uses it. */
const OF_EXAMPLES: Readonly<Record<string, readonly string[]>> = {
  '02-msk-cluster-with-lambda': functionRole('Billing/Billing'),
  '03-ec2-cluster': functionRole('Edge/Shop'),
  // What `bucket.grantReadWrite` of the CDK gives.
  '08-msk-connect': [
    ...['Abort*', 'DeleteObject*', 'GetBucket*', 'GetObject*', 'List*'].map((action) => `Action::s3:${action}`),
    'Resource::arn:<AWS::Partition>:s3:::webshop-archive/topics/*',
  ].map((what) => `AwsSolutions-IAM5[${what}] Archive/Sink/Role/DefaultPolicy/Resource`),
};

/** What the pack AwsSolutions of cdk-nag finds and nobody has answered, as `rule path`. */
function findings(scope: IConstruct): string[] {
  return new AwsSolutionsChecks()
    .validateScope(scope)
    .violations.flatMap(({ ruleName, violatingResources }) =>
      violatingResources.map(({ constructPath }) => `${ruleName} ${constructPath}`),
    )
    .sort();
}

describe('cdk-nag AwsSolutions finds nothing that is not answered with a reason', () => {
  test.each(['dev', 'prod', 'prod-ec2'])('in the environment %s', (name) => {
    const app = new App();
    new EnvironmentStack(app, KafkaEnvironment.fromFile(`environments/${name}.yaml`));
    expect(findings(app)).toEqual([]);
  });

  test('in an environment with mirrors', () => {
    expect(findings(mirroredStack())).toEqual([]);
  });

  test.each(awsExamples())('in the example %s, but for what its author brings', (example) => {
    expect(findings(synthesised(example).app)).toEqual(OF_EXAMPLES[example] ?? []);
  });

  test('fails where a reason is missing', () => {
    const stack = new Stack(new App(), 'Test');
    new CfnManagedPolicy(stack, 'Policy', { policyDocument: { Statement: [{ Effect: 'Allow', Action: 'kafka:*' }] } });
    expect(findings(stack)).toEqual(['AwsSolutions-IAM5[Action::kafka:*] Test/Policy']);
  });
});
