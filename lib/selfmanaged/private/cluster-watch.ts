import { Stack } from 'aws-cdk-lib/core';
import { type CfnSecurityGroupIngress, type ISecurityGroup } from 'aws-cdk-lib/aws-ec2';
import { CfnRule } from 'aws-cdk-lib/aws-events';
import { CfnRole } from 'aws-cdk-lib/aws-iam';
import { CfnEventInvokeConfig, CfnPermission } from 'aws-cdk-lib/aws-lambda';
import { CfnLogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct, type IDependable } from 'constructs';
import type { IKafkaNetwork } from '../../aws/kafka-network';
import { bundledFunction } from '../../aws/private/bundled-function';
import { reviewedWildcards } from '../../aws/private/reviewed';
import { closedSecurityGroup, letIn } from '../../aws/private/security-group';
import { allow, FUNCTION_INTERFACES, trustOf } from '../../aws/private/statements';
import { watchedGroups } from '../../core/ec2';
import { ec2DnsZone, type EnvironmentModel } from '../../core/model';
import { decryptStatement } from './secret-resource';

export interface ClusterWatchProps {
  readonly model: EnvironmentModel;
  readonly network: IKafkaNetwork;
  /** Of the nodes; the function is let in as the administrator, and to the exporters. */
  readonly nodes: ISecurityGroup;
  readonly adminSecretArn: string;
  readonly keyArn: string;
}

/** The next look is a minute later. */
const LOOK_SECONDS = 55;

/**
 * A function that looks at the cluster each minute and writes what it saw into its log, of which CloudWatch makes metrics: lags, disks and
 * certificates as `kdk exporter` has them, and of the JMX exporters what signals need.
 */
export class ClusterWatch extends Construct {
  /** What makes it look. */
  public readonly schedule: CfnRule;

  public constructor(
    scope: Construct,
    id: string,
    private readonly props: ClusterWatchProps,
  ) {
    super(scope, id);
    const { model, network } = props;
    const group = closedSecurityGroup(this, 'SecurityGroup', network.vpcId, `Watch of the Kafka cluster ${model.name}`);
    const ingresses = this.letIn(group);
    const logs = new CfnLogGroup(this, 'Logs', { retentionInDays: 14 });
    const role = this.role(logs);
    const watching = bundledFunction(this, 'Function', {
      bundle: 'metrics',
      description: `Publishes metrics of the Kafka cluster ${model.name}`,
      timeoutSeconds: LOOK_SECONDS,
      memoryMiB: 512,
      role: role,
      logs: logs,
      network: { subnetIds: network.subnetIds, securityGroupId: group.securityGroupId },
    });
    // A look that failed is over: the next one comes by itself.
    const once = new CfnEventInvokeConfig(this, 'Once', {
      functionName: watching.ref,
      qualifier: '$LATEST',
      maximumRetryAttempts: 0,
      maximumEventAgeInSeconds: 60,
    });
    this.schedule = new CfnRule(this, 'EveryMinute', {
      description: `Looks at the Kafka cluster ${model.name}`,
      scheduleExpression: 'rate(1 minute)',
      targets: [{ id: 'Look', arn: watching.attrArn, input: Stack.of(this).toJsonString(this.event()) }],
    });
    this.schedule.node.addDependency(once, ...ingresses);
    new CfnPermission(this, 'MayLook', {
      action: 'lambda:InvokeFunction',
      functionName: watching.attrArn,
      principal: 'events.amazonaws.com',
      sourceArn: this.schedule.attrArn,
    });
  }

  /** It begins to look when these are there: while nodes of a new cluster come up, nobody is to be told that there is no controller. */
  public waitFor(...formed: IDependable[]): void {
    this.schedule.node.addDependency(...formed);
  }

  /** What a look is told: nodes by pool, since a schedule carries 8 KiB. */
  private event(): object {
    const { model, adminSecretArn } = this.props;
    const { replication, controller } = model.internalListeners!;
    return {
      environment: model.name,
      region: Stack.of(this).region,
      zone: ec2DnsZone(model.name, model.spec.targets?.ec2?.dnsZone),
      pools: model.pools.map(({ name, roles, replicas }) => ({
        ...{ name, roles, nodes: replicas },
        tlsPort: (roles.includes('broker') ? replication : controller).port,
      })),
      metricsPort: metricsPort(model),
      groups: watchedGroups(model).watched,
      authentication: 'mtls',
      adminSecretArn,
    };
  }

  private letIn(group: ISecurityGroup): CfnSecurityGroupIngress[] {
    const { model, nodes } = this.props;
    const { replication, controller } = model.internalListeners!;
    return [
      ['Administrator', replication.port],
      ['Controllers', controller.port],
      ['Exporters', metricsPort(model)],
    ].map(([ruleId, port]) =>
      letIn(this, `To${ruleId}`, {
        to: nodes.securityGroupId,
        from: group.securityGroupId,
        port: Number(port),
        description: 'Watch',
      }),
    );
  }

  private role(logs: CfnLogGroup): CfnRole {
    const { model, adminSecretArn, keyArn } = this.props;
    const decrypt = decryptStatement(this, keyArn, false);
    const policyDocument = {
      Version: '2012-10-17',
      Statement: [
        allow(['logs:CreateLogStream', 'logs:PutLogEvents'], [logs.attrArn]),
        FUNCTION_INTERFACES,
        allow(['secretsmanager:GetSecretValue'], [adminSecretArn]),
        { ...allow(decrypt.actions, decrypt.resources), Condition: decrypt.condition },
      ],
    };
    const role = new CfnRole(this, 'Role', {
      description: `Watches the Kafka cluster ${model.name}`,
      assumeRolePolicyDocument: trustOf('lambda'),
      policies: [{ policyName: 'watch', policyDocument }],
    });
    reviewedWildcards(role, policyDocument, 'The network interfaces of a function have no name before they are made.');
    return role;
  }
}

function metricsPort({ nodes }: EnvironmentModel): number {
  return nodes[0]!.metricsPort!;
}
