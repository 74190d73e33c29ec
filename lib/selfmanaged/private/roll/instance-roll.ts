import { Stack } from 'aws-cdk-lib/core';
import type { ISecurityGroup } from 'aws-cdk-lib/aws-ec2';
import { CfnRule } from 'aws-cdk-lib/aws-events';
import { CfnRole } from 'aws-cdk-lib/aws-iam';
import { type CfnFunction } from 'aws-cdk-lib/aws-lambda';
import { CfnLogGroup } from 'aws-cdk-lib/aws-logs';
import { CfnDocument } from 'aws-cdk-lib/aws-ssm';
import { CfnStateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import type { IKafkaNetwork } from '../../../aws/kafka-network';
import { bundledFunction } from '../../../aws/private/bundled-function';
import { reviewedWildcards } from '../../../aws/private/reviewed';
import { closedSecurityGroup, letIn } from '../../../aws/private/security-group';
import { allow, FUNCTION_INTERFACES, trustOf } from '../../../aws/private/statements';
import { adminBootstrapServers } from '../../../core/config';
import { nodeGroupName } from '../../../core/ec2';
import type { EnvironmentModel } from '../../../core/model';
import { runTimeOptions } from '../../../core/roll';
import { CLUSTER_TAG } from '../node-identity';
import { nodeDocument } from './node-document';
import { rollDefinition } from './roll-definition';

export interface InstanceRollProps {
  readonly model: EnvironmentModel;
  readonly network: IKafkaNetwork;
  /** Of the nodes; the function is let in as the administrator. */
  readonly nodes: ISecurityGroup;
  readonly adminSecretArn: string;
  readonly keyArn: string;
}

const INVOCATION_SECONDS = 900;

/**
 * Brings what a deployment changed to the instances: one node after the other, each when the cluster can spare it. It starts by itself when
 * an update of the stack is complete, and can be started by hand.
 */
export class InstanceRoll extends Construct {
  /** Name of the state machine. */
  public readonly stateMachineName: string;

  public constructor(scope: Construct, id: string, props: InstanceRollProps) {
    super(scope, id);
    const { model } = props;
    const stack = Stack.of(this);
    this.stateMachineName = `kafka-${model.name}-roll`;
    const arn = (service: string, resource: string): string =>
      `arn:${stack.partition}:${service}:${stack.region}:${stack.account}:${resource}`;
    const stateMachineArn = arn('states', `stateMachine:${this.stateMachineName}`);
    const document = new CfnDocument(this, 'Orders', {
      documentType: 'Command',
      content: nodeDocument(),
      updateMethod: 'NewVersion',
    });
    const groups = model.nodes.map((node) => nodeGroupName(model, node));
    const step = this.stepFunction(props, [
      allow(['autoscaling:DescribeAutoScalingGroups', 'ssm:GetCommandInvocation'], ['*']),
      allow(
        ['autoscaling:TerminateInstanceInAutoScalingGroup'],
        groups.map((group) => arn('autoscaling', `autoScalingGroup:*:autoScalingGroupName/${group}`)),
      ),
      allow(['ssm:SendCommand'], [arn('ssm', `document/${document.ref}`)]),
      {
        ...allow(['ssm:SendCommand'], [arn('ec2', 'instance/*')]),
        Condition: { StringEquals: { [`ssm:resourceTag/${CLUSTER_TAG}`]: model.name } },
      },
      allow(['secretsmanager:GetSecretValue'], [props.adminSecretArn]),
      {
        ...allow(['kms:Decrypt'], [props.keyArn]),
        Condition: { StringEquals: { 'kms:ViaService': `secretsmanager.${stack.region}.amazonaws.com` } },
      },
    ]);
    const logs = new CfnLogGroup(this, 'Logs', {
      logGroupName: `/aws/vendedlogs/states/${this.stateMachineName}`,
      retentionInDays: 90,
    });
    const role = this.role('Role', 'states', `Rolls the Kafka cluster ${model.name}`, [
      allow(['lambda:InvokeFunction'], [step.attrArn]),
      allow(['states:ListExecutions'], [stateMachineArn]),
      // Delivery of logs and traces has no resource: https://docs.aws.amazon.com/step-functions/latest/dg/cw-logs.html
      allow(
        [
          'logs:CreateLogDelivery',
          'logs:DeleteLogDelivery',
          'logs:DescribeLogGroups',
          'logs:DescribeResourcePolicies',
          'logs:GetLogDelivery',
          'logs:ListLogDeliveries',
          'logs:PutResourcePolicy',
          'logs:UpdateLogDelivery',
          'xray:GetSamplingRules',
          'xray:GetSamplingTargets',
          'xray:PutTelemetryRecords',
          'xray:PutTraceSegments',
        ],
        ['*'],
      ),
    ]);
    const machine = new CfnStateMachine(this, 'StateMachine', {
      stateMachineName: this.stateMachineName,
      roleArn: role.attrArn,
      definition: rollDefinition({
        functionArn: step.attrArn,
        partition: stack.partition,
        cluster: {
          environment: model.name,
          region: stack.region,
          bootstrapServers: adminBootstrapServers(model),
          authentication: 'mtls',
          adminSecretArn: props.adminSecretArn,
          document: document.ref,
          nodes: model.nodes.map((node) => ({
            id: node.id,
            name: node.name,
            roles: [...node.roles],
            group: nodeGroupName(model, node),
          })),
          runTimeOptions: runTimeOptions(model),
        },
      }),
      loggingConfiguration: {
        level: 'ALL',
        includeExecutionData: true,
        destinations: [{ cloudWatchLogsLogGroup: { logGroupArn: logs.attrArn } }],
      },
      tracingConfiguration: { enabled: true },
    });
    machine.node.addDependency(role);
    const starter = this.role('StarterRole', 'events', `Starts the roll of the Kafka cluster ${model.name}`, [
      allow(['states:StartExecution'], [machine.attrArn]),
    ]);
    const targets = [{ id: 'Roll', arn: machine.attrArn, roleArn: starter.attrArn, input: '{}' }];
    new CfnRule(this, 'WhenDeployed', {
      description: `Brings a complete deployment of ${model.name} to its instances`,
      eventPattern: {
        source: ['aws.cloudformation'],
        'detail-type': ['CloudFormation Stack Status Change'],
        detail: {
          'stack-id': [stack.stackId],
          'status-details': { status: ['UPDATE_COMPLETE', 'UPDATE_ROLLBACK_COMPLETE'] },
        },
      },
      targets,
    });
    // A renewed certificate is no deployment; with nothing to do, a roll ends at once.
    new CfnRule(this, 'EveryWeek', {
      description: `Brings renewed certificates of ${model.name} to its instances`,
      scheduleExpression: 'rate(7 days)',
      targets,
    });
  }

  private stepFunction({ model, network, nodes }: InstanceRollProps, statements: readonly object[]): CfnFunction {
    const group = closedSecurityGroup(this, 'SecurityGroup', network.vpcId, `Roll of the Kafka cluster ${model.name}`);
    const { port } = model.internalListeners!.replication;
    const ingress = letIn(this, 'Ingress', {
      to: nodes.securityGroupId,
      from: group.securityGroupId,
      port,
      description: 'Roll',
    });
    const logs = new CfnLogGroup(this, 'StepLogs', { retentionInDays: 90 });
    const role = this.role('StepRole', 'lambda', `Steps of the roll of the Kafka cluster ${model.name}`, [
      allow(['logs:CreateLogStream', 'logs:PutLogEvents'], [logs.attrArn]),
      FUNCTION_INTERFACES,
      ...statements,
    ]);
    const step = bundledFunction(this, 'Step', {
      bundle: 'roll',
      description: `Restarts nodes of the Kafka cluster ${model.name} that it can spare`,
      timeoutSeconds: INVOCATION_SECONDS,
      memoryMiB: 1024,
      role: role,
      logs: logs,
      network: { subnetIds: network.subnetIds, securityGroupId: group.securityGroupId },
    });
    step.node.addDependency(ingress);
    return step;
  }

  private role(id: string, service: string, description: string, statements: readonly object[]): CfnRole {
    const policyDocument = { Version: '2012-10-17', Statement: statements };
    const role = new CfnRole(this, id, {
      description,
      assumeRolePolicyDocument: trustOf(service),
      policies: [{ policyName: 'roll', policyDocument }],
    });
    reviewedWildcards(
      role,
      policyDocument,
      'Instances and groups have no id before they are there, and describing, commands, interfaces of functions and delivery of logs have no resource.',
    );
    return role;
  }
}
