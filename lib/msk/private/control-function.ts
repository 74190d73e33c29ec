import { CfnResource, Lazy, Stack } from 'aws-cdk-lib/core';
import { CfnRole } from 'aws-cdk-lib/aws-iam';
import { CfnPermission } from 'aws-cdk-lib/aws-lambda';
import { CfnLogGroup } from 'aws-cdk-lib/aws-logs';
import { CfnRotationSchedule } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { bundledFunction } from '../../aws/private/bundled-function';
import { reviewedWildcards } from '../../aws/private/reviewed';
import { trustOf } from '../../aws/private/statements';

const ID = 'KafkaControl';
const PERMISSION_ID = 'SecretsManager';
/** An invocation of Lambda ends after this many seconds; CloudFormation waits for three of them with the pauses between. */
const INVOCATION_SECONDS = 900;
const WAITING_SECONDS = 3600;

/** Some of what the function may do. */
export interface ControlRight {
  readonly actions: readonly string[];
  readonly resources: readonly string[];
}

export interface ControlResource {
  readonly type: 'Custom::KafkaBootstrapBrokers' | 'Custom::KafkaClusterSettings' | 'Custom::KafkaScramSecrets';
  readonly clusterArn: string;
  readonly properties: Readonly<Record<string, unknown>>;
  readonly rights: readonly ControlRight[];
}

export interface ControlRotation {
  readonly secretArn: string;
  readonly days: number;
  readonly rights: readonly ControlRight[];
}

/**
 * The function that speaks to the control plane of Amazon MSK for CloudFormation: one a stack, for all clusters and all that is asked of them.
 * Its rights are those of the resources that use it, and name clusters by their names where those are ours: the policy then stands half
 * an hour before the cluster does, and is never used before it is in force everywhere.
 *
 * Lambda hands in a failed event twice more unless told otherwise, which is what long changes need.
 */
export class ControlFunction extends Construct {
  /** The one of the stack. */
  public static of(scope: Construct): ControlFunction {
    const stack = Stack.of(scope);
    return (stack.node.tryFindChild(ID) as ControlFunction | undefined) ?? new ControlFunction(stack);
  }

  private readonly functionArn: string;
  private readonly rights = new Map<string, Set<string>>();
  private readonly role: CfnRole;

  private constructor(stack: Stack) {
    super(stack, ID);
    const logGroup = new CfnLogGroup(this, 'Logs', { retentionInDays: 30 });
    this.role = new CfnRole(this, 'Role', {
      description: 'Speaks to Amazon MSK for CloudFormation',
      assumeRolePolicyDocument: trustOf('lambda'),
      policies: [{ policyName: 'control', policyDocument: Lazy.any({ produce: () => this.document() }) }],
    });
    this.allow({ actions: ['logs:CreateLogStream', 'logs:PutLogEvents'], resources: [logGroup.attrArn] });
    // Whether an update is a rollback, which must not fail, and whether the whole stack goes.
    this.allow({ actions: ['cloudformation:DescribeStacks'], resources: [stack.stackId] });
    const control = bundledFunction(this, 'Function', {
      bundle: 'control',
      description: 'Speaks to the control plane of Amazon MSK for CloudFormation',
      timeoutSeconds: INVOCATION_SECONDS,
      memoryMiB: 512,
      role: this.role,
      logs: logGroup,
    });
    this.functionArn = control.attrArn;
  }

  /** A custom resource that the function serves; it waits for the rights of the function. */
  public resource(
    scope: Construct,
    id: string,
    { type, clusterArn, properties, rights }: ControlResource,
  ): CfnResource {
    for (const right of rights) this.allow(right);
    const resource = new CfnResource(scope, id, {
      type,
      properties: {
        ServiceToken: this.functionArn,
        ServiceTimeout: WAITING_SECONDS,
        Region: Stack.of(this).region,
        ClusterArn: clusterArn,
        ...properties,
      },
    });
    resource.node.addDependency(this.role);
    return resource;
  }

  /** Has the password in a secret changed every so many days, for the first time when the first period is over. */
  public rotate(scope: Construct, id: string, { secretArn, days, rights }: ControlRotation): CfnRotationSchedule {
    for (const right of rights) this.allow(right);
    const permission =
      (this.node.tryFindChild(PERMISSION_ID) as CfnPermission | undefined) ??
      new CfnPermission(this, PERMISSION_ID, {
        action: 'lambda:InvokeFunction',
        functionName: this.functionArn,
        principal: 'secretsmanager.amazonaws.com',
        sourceAccount: Stack.of(this).account,
      });
    const schedule = new CfnRotationSchedule(scope, id, {
      secretId: secretArn,
      rotationLambdaArn: this.functionArn,
      rotationRules: { automaticallyAfterDays: days },
      rotateImmediatelyOnUpdate: false,
    });
    schedule.node.addDependency(this.role, permission);
    return schedule;
  }

  private allow({ actions, resources }: ControlRight): void {
    const key = [...actions].sort().join(' ');
    const all = this.rights.get(key) ?? new Set<string>();
    resources.forEach((resource) => all.add(resource));
    this.rights.set(key, all);
    reviewedWildcards(
      this.role,
      { Statement: [{ Effect: 'Allow', Action: actions, Resource: resources }] },
      'Amazon MSK has no resource in IAM for some of its reads, and the ARN of a cluster that is not made yet ends in an unknown id.',
    );
  }

  private document(): object {
    return {
      Version: '2012-10-17',
      Statement: [...this.rights].map(([actions, resources]) => ({
        Effect: 'Allow',
        Action: actions.split(' '),
        Resource: [...resources],
      })),
    };
  }
}
