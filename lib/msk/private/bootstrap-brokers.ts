import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CfnResource, Stack, Token } from 'aws-cdk-lib/core';
import { CfnRole } from 'aws-cdk-lib/aws-iam';
import { CfnFunction } from 'aws-cdk-lib/aws-lambda';
import { CfnLogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { ClientAuthentication } from '../../aws';
import { FUNCTION_RUNTIME } from '../../aws/private/function-runtime';
import { reviewedWildcards } from '../../aws/private/reviewed';

/** Names of the strings in the answer of `kafka:GetBootstrapBrokers`. */
export const BOOTSTRAP_STRINGS: Readonly<Record<`${ClientAuthentication}`, string | undefined>> = {
  iam: 'BootstrapBrokerStringSaslIam',
  'scram-sha-512': 'BootstrapBrokerStringSaslScram',
  mtls: 'BootstrapBrokerStringTls',
  none: 'BootstrapBrokerStringTls',
  oauthbearer: undefined,
};

export interface BootstrapBrokersProps {
  readonly clusterArn: string;
  /** Anything that changes when the cluster does, so that the strings are read again. */
  readonly clusterVersion?: string;
}

/**
 * The bootstrap strings of a cluster, which CloudFormation does not return. Always defined, once a cluster and under one id, so that
 * reading a string never adds or renames a resource. The role exists long before the cluster does and so is never used too early.
 */
export class BootstrapBrokers extends Construct {
  private readonly resource: CfnResource;

  public constructor(scope: Construct, id: string, props: BootstrapBrokersProps) {
    super(scope, id);
    const { arn, role } = reader(this);
    this.resource = new CfnResource(this, 'Resource', {
      type: 'Custom::KafkaBootstrapBrokers',
      properties: {
        ServiceToken: arn,
        ServiceTimeout: 120,
        ClusterArn: props.clusterArn,
        ...(props.clusterVersion === undefined ? {} : { ClusterVersion: props.clusterVersion }),
      },
    });
    this.resource.node.addDependency(role);
  }

  public read(name: string): string {
    return Token.asString(this.resource.getAtt(name));
  }
}

const READER_ID = 'KafkaBootstrapBrokersReader';

/** The function that asks the service; one a stack. */
function reader(scope: Construct): { readonly arn: string; readonly role: CfnRole } {
  const stack = Stack.of(scope);
  const home = (stack.node.tryFindChild(READER_ID) as Construct | undefined) ?? new Construct(stack, READER_ID);
  const there = home.node.tryFindChild('Function') as CfnFunction | undefined;
  if (there !== undefined) return { arn: there.attrArn, role: home.node.findChild('Role') as CfnRole };

  const logGroup = new CfnLogGroup(home, 'Logs', { retentionInDays: 30 });
  const policyDocument = {
    Version: '2012-10-17',
    Statement: [
      // The action has no resource type: https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonmanagedstreamingforapachekafka.html
      { Effect: 'Allow', Action: 'kafka:GetBootstrapBrokers', Resource: '*' },
      { Effect: 'Allow', Action: ['logs:CreateLogStream', 'logs:PutLogEvents'], Resource: logGroup.attrArn },
    ],
  };
  const role = new CfnRole(home, 'Role', {
    description: 'Reads the bootstrap brokers of Kafka clusters',
    assumeRolePolicyDocument: {
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
    },
    policies: [{ policyName: 'bootstrap-brokers', policyDocument }],
  });
  reviewedWildcards(role, policyDocument, 'kafka:GetBootstrapBrokers takes no resource in IAM.');
  const reading = new CfnFunction(home, 'Function', {
    description: 'Reads the bootstrap brokers of Kafka clusters for CloudFormation',
    runtime: FUNCTION_RUNTIME,
    architectures: ['arm64'],
    handler: 'index.handler',
    timeout: 60,
    memorySize: 256,
    role: role.attrArn,
    loggingConfig: { logGroup: logGroup.ref },
    code: { zipFile: readFileSync(join(__dirname, '../handlers/bootstrap-brokers.cjs'), 'utf8') },
  });
  return { arn: reading.attrArn, role };
}
