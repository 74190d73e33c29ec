import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { CfnResource, Fn, Lazy, Stack } from 'aws-cdk-lib/core';
import { type CfnSecurityGroupIngress, type ISecurityGroup } from 'aws-cdk-lib/aws-ec2';
import { CfnRole } from 'aws-cdk-lib/aws-iam';
import { CfnEventInvokeConfig } from 'aws-cdk-lib/aws-lambda';
import { CfnLogGroup } from 'aws-cdk-lib/aws-logs';
import { Asset } from 'aws-cdk-lib/aws-s3-assets';
import { Construct, type IDependable } from 'constructs';
import type { DesiredState } from '../../core/plan/desired';
import type { ClientAuthentication } from '../client-authentication';
import type { IKafkaNetwork } from '../kafka-network';
import { bundledFunction } from './bundled-function';
import { reviewedWildcards } from './reviewed';
import { closedSecurityGroup, letIn } from './security-group';
import { allow, FUNCTION_INTERFACES, trustOf } from './statements';

export interface ReconcilerStatement {
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  /** @default under every condition */
  readonly condition?: object;
}

/** A listener with passwords, where the function tries whether those of users are right: Kafka tells nothing of passwords. */
export interface LogInListener {
  readonly bootstrapServers: string;
  readonly port: number;
}

export interface ReconcilerProps {
  /** Name of the environment, which seeds the physical id. */
  readonly environment: string;
  /** Name of the file that wants it. */
  readonly owner: string;
  /**
   * What is wanted: a state goes as an asset, whatever its size. A function is asked at synth, for constructs that add to it until then;
   * its state goes in the resource itself, since an asset is made before.
   */
  readonly desired: DesiredState | (() => DesiredState);
  readonly bootstrapServers: string;
  readonly authentication: ClientAuthentication;
  readonly network: IKafkaNetwork;
  /** Of the brokers: the function is let in on `port`, and nobody else by this. */
  readonly brokers: ISecurityGroup;
  readonly port: number;
  /** Brokers of the cluster, where replicas are spread over those that are added. @default nothing is spread */
  readonly brokerCount?: number;
  /** Brokers of a cluster that is formed in the same deployment: all of them are waited for before anything is made. */
  readonly formingBrokers?: number;
  /** Secret of the administrator, by its ARN. @default the function logs in as who it is to AWS */
  readonly administratorSecretArn?: string;
  /** Secrets of users: the name of a secret in the environment to its name or ARN; a function is asked at synth. */
  readonly userSecrets?: () => Readonly<Record<string, string>>;
  readonly logIn?: LogInListener;
  /** What the function may do, beside its log, its network interface and its asset. */
  readonly statements: readonly ReconcilerStatement[];
}

/** An invocation of Lambda ends after this many seconds; CloudFormation waits for three of them with the pauses between. */
const INVOCATION_SECONDS = 900;
const WAITING_SECONDS = 3600;

/**
 * Topics, access, users and quotas of a cluster as one custom resource, whatever their number: what is wanted is an asset, and the function
 * compares it with the cluster. It deletes nothing that has no tombstone, and nothing at all when the stack goes.
 */
export class Reconciler extends Construct {
  private readonly resource: CfnResource;

  public constructor(scope: Construct, id: string, props: ReconcilerProps) {
    super(scope, id);
    const { desired, owner, brokers, port, network } = props;
    const asset = typeof desired === 'function' ? undefined : desiredAsset(this, desired);
    const group = closedSecurityGroup(
      this,
      'SecurityGroup',
      network.vpcId,
      `Reconciler of the Kafka environment ${owner}`,
    );
    const letInto = (ruleId: string, on: number): CfnSecurityGroupIngress =>
      letIn(this, ruleId, {
        to: brokers.securityGroupId,
        from: group.securityGroupId,
        port: on,
        description: 'Reconciler',
      });
    const ingresses = [
      letInto('Ingress', port),
      ...(props.logIn === undefined ? [] : [letInto('LogInIngress', props.logIn.port)]),
    ];
    const role = reconcilerRole(this, asset, props.statements);
    const reconciling = bundledFunction(this, 'Function', {
      bundle: '',
      description: `Makes the topics, access and quotas of the Kafka environment ${owner} what they are declared to be`,
      timeoutSeconds: INVOCATION_SECONDS,
      memoryMiB: 1024,
      role: role.role,
      logs: role.logGroup,
      network: { subnetIds: network.subnetIds, securityGroupId: group.securityGroupId },
    });
    // Work that takes longer than an invocation goes on in the next: the function fails on purpose, and is handed the event again.
    const retries = new CfnEventInvokeConfig(this, 'Retries', {
      functionName: reconciling.ref,
      qualifier: '$LATEST',
      maximumRetryAttempts: 2,
      maximumEventAgeInSeconds: WAITING_SECONDS,
    });
    this.resource = new CfnResource(this, 'Resource', {
      type: 'Custom::KafkaReconciler',
      properties: {
        ServiceToken: reconciling.attrArn,
        ServiceTimeout: WAITING_SECONDS,
        Environment: props.environment,
        Owner: owner,
        ...(typeof desired === 'function'
          ? { Desired: Lazy.string({ produce: () => packed(desired()).toString('base64') }) }
          : {}),
        ...(asset === undefined ? {} : { DesiredBucket: asset.s3BucketName, DesiredKey: asset.s3ObjectKey }),
        BootstrapServers: props.bootstrapServers,
        Authentication: props.authentication,
        Region: Stack.of(this).region,
        ...(props.brokerCount === undefined ? {} : { Brokers: String(props.brokerCount) }),
        ...(props.formingBrokers === undefined ? {} : { FormingBrokers: String(props.formingBrokers) }),
        ...(props.administratorSecretArn === undefined ? {} : { AdminSecretArn: props.administratorSecretArn }),
        ...(props.userSecrets === undefined ? {} : { Secrets: this.secrets(props.userSecrets) }),
        ...(props.logIn === undefined ? {} : { LogInServers: props.logIn.bootstrapServers }),
      },
    });
    this.resource.node.addDependency(role.role, ...ingresses, retries);
  }

  /** What must be there before the function is asked for anything. */
  public waitFor(...dependables: IDependable[]): void {
    this.resource.node.addDependency(...dependables);
  }

  private secrets(known: () => Readonly<Record<string, string>>): string {
    return Lazy.string({ produce: () => Stack.of(this).toJsonString(known()) });
  }
}

/** The same state gives the same bytes and so the same key. */
function packed(desired: DesiredState): Buffer {
  const bytes = gzipSync(JSON.stringify(desired));
  // The system that compressed it stands here, and would make another asset of the same state.
  bytes[9] = 255;
  return bytes;
}

function desiredAsset(scope: Construct, desired: DesiredState): Asset {
  const path = join(mkdtempSync(join(tmpdir(), 'kdk-desired-')), 'desired.json.gz');
  writeFileSync(path, packed(desired));
  return new Asset(scope, 'Desired', { path });
}

function reconcilerRole(
  scope: Construct,
  asset: Asset | undefined,
  statements: readonly ReconcilerStatement[],
): { readonly role: CfnRole; readonly logGroup: CfnLogGroup } {
  const stack = Stack.of(scope);
  const logGroup = new CfnLogGroup(scope, 'Logs', { retentionInDays: 90 });
  const policyDocument = {
    Version: '2012-10-17',
    Statement: [
      allow(['logs:CreateLogStream', 'logs:PutLogEvents'], [logGroup.attrArn]),
      ...(asset === undefined
        ? []
        : [
            allow(
              ['s3:GetObject'],
              [Fn.join('', ['arn:', stack.partition, ':s3:::', asset.s3BucketName, '/', asset.s3ObjectKey])],
            ),
          ]),
      // Whether an update is a rollback, which must not be refused.
      allow(['cloudformation:DescribeStacks'], [stack.stackId]),
      FUNCTION_INTERFACES,
      ...statements.map(({ actions, resources, condition }) => ({
        ...allow(actions, resources),
        ...(condition === undefined ? {} : { Condition: condition }),
      })),
    ],
  };
  const role = new CfnRole(scope, 'Role', {
    description: 'Reconciles a Kafka environment',
    assumeRolePolicyDocument: trustOf('lambda'),
    policies: [{ policyName: 'reconciler', policyDocument }],
  });
  reviewedWildcards(
    role,
    policyDocument,
    'The network interfaces of a function have no name before they are made, and it keeps the topics and groups of one cluster, whatever they are called.',
  );
  return { role, logGroup };
}
