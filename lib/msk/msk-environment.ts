import { CfnOutput } from 'aws-cdk-lib/core';
import type { IVpc, SubnetSelection } from 'aws-cdk-lib/aws-ec2';
import { Key, type IKey } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { ClientAuthentication } from '../aws/client-authentication';
import { KafkaNetwork, type IKafkaNetwork } from '../aws/kafka-network';
import { refuse } from '../aws/private/construct-failure';
import { environmentNetwork } from '../aws/private/environment-network';
import { applyTags, checkPlace } from '../aws/private/environment-stack';
import { Reconciler } from '../aws/private/reconciler';
import { allowClients, closedSecurityGroup } from '../aws/private/security-group';
import type { EnvironmentModel } from '../core/model';
import { desiredState } from '../core/plan';
import { mskBrokerFacts, mskLogFacts } from '../core/rules/msk-facts';
import { KafkaVersion } from '../core/versions/kafka-version';
import type { KafkaEnvironment } from '../environment';
import { mskConnectModel } from '../core/msk-connect';
import { EnvironmentConnectors } from './connect/private/environment-connectors';
import { MskBrokers } from './msk-brokers';
import { MskCluster } from './msk-cluster';
import type { MskClusterBase } from './msk-cluster-base';
import type { MskExporter } from './msk-exporter';
import type { MskAlarms } from './monitoring/msk-alarms';
import type { MskDashboard } from './monitoring/msk-dashboard';
import { environmentMonitoring } from './monitoring/private/environment-monitoring';
import type { MskMonitoringLevel } from './msk-monitoring-level';
import { MskScramUsers } from './msk-scram-users';
import { MskServerlessCluster } from './msk-serverless-cluster';
import { environmentEndpoints } from './private/environment-endpoints';
import { environmentKey } from './private/environment-key';
import { environmentUsers } from './private/environment-users';
import { mskPort } from './private/ports';
import { PrincipalPolicies } from './private/principal-policies';
import { needsReconciler, reconcilerStatements } from './private/reconciler-rights';
import { environmentLogs } from './private/rendered-logs';
import { SharedWith } from './private/shared-with';
import { Topics } from './private/topics';
import { unsupported } from './private/unsupported';
import { EnvironmentReplicators } from './replicator/private/environment-replicators';
import { warnAboutTheRest } from './private/warnings';

/** Properties of an environment on Amazon MSK. What is only known while deploying comes here; the rest is in the environment. */
export interface MskEnvironmentProps {
  /** The environment; its target is `msk` or `msk-serverless`. */
  readonly environment: KafkaEnvironment;
  /**
   * The VPC that the brokers live in.
   *
   * @default - the one that the environment names, or a new one
   */
  readonly vpc?: IVpc;
  /**
   * Which subnets of `vpc`.
   *
   * @default - the private subnets
   */
  readonly vpcSubnets?: SubnetSelection;
  /**
   * Customer key for data at rest and for the passwords of users.
   *
   * @default - the one that the environment names, or a new one
   */
  readonly encryptionKey?: IKey;
}

/**
 * A whole environment on Amazon MSK: network, key, configuration, cluster, topics, users, the policies of its principals, alarms and a dashboard.
 *
 * @example
 * new MskEnvironment(stack, 'Prod', { environment: KafkaEnvironment.fromFile('environments/prod.yaml') });
 */
export class MskEnvironment extends Construct {
  /** The cluster. */
  public readonly cluster: MskClusterBase;
  /** The subnets that the brokers live in. */
  public readonly network: IKafkaNetwork;
  /** Its alarms; undefined where the environment wants none. */
  public readonly alarms?: MskAlarms;
  /** Its dashboard; undefined where the environment wants none. */
  public readonly dashboard?: MskDashboard;

  public constructor(scope: Construct, id: string, props: MskEnvironmentProps) {
    super(scope, id);
    const model = props.environment._model;
    refuse(this, 'MSK-UNSUPPORTED', unsupported(model));
    checkPlace(this, model);
    const desired = desiredState(model);
    const reconciles = needsReconciler(model, desired);
    const connect = mskConnectModel(model);
    this.network =
      props.vpc === undefined
        ? environmentNetwork(this, model, environmentEndpoints(reconciles, connect))
        : KafkaNetwork.fromVpc(props.vpc, props.vpcSubnets);
    const authentications = [...new Set(model.listeners.map(({ authentication }) => authentication))];
    const securityGroup = closedSecurityGroup(
      this,
      'SecurityGroup',
      this.network.vpcId,
      `Brokers of the Kafka environment ${model.name}`,
    );
    allowClients(this, securityGroup, model.spec.aws?.clients ?? [], [...new Set(authentications.map(portOf))]);
    const shared = { network: this.network, securityGroups: [securityGroup], clusterName: model.name };
    if (model.target === 'msk-serverless') {
      this.cluster = new MskServerlessCluster(this, 'Cluster', shared);
    } else {
      const cluster = this.provisioned(props, model, shared, authentications as ClientAuthentication[]);
      this.cluster = cluster;
      if (desired.topicsManagedBy === 'cloudformation') {
        new Topics(this, 'Topics', {
          clusterArn: cluster.clusterArn,
          topics: model.topics,
          stacks: model.spec.targets?.msk?.topicStacks ?? 0,
          express: model.spec.targets?.msk?.brokerType === 'express',
        });
      }
      const users = environmentUsers(this, model);
      if (users.length > 0) {
        const encryptionKey = Key.fromKeyArn(this, 'UsersKey', cluster.encryptionKeyArn);
        const rotation = model.spec.targets?.msk?.passwordRotation;
        new MskScramUsers(this, 'Users', {
          cluster,
          users,
          encryptionKey,
          ...(rotation === undefined ? {} : { rotationDays: Number.parseInt(rotation, 10) }),
        });
      }
    }
    this.cluster._about = { ...this.cluster._about, topicsManagedBy: desired.topicsManagedBy };
    if (reconciles) {
      new Reconciler(this, 'Reconciler', {
        environment: desired.environment,
        owner: desired.owner,
        desired,
        bootstrapServers: this.cluster.bootstrapServers(ClientAuthentication.IAM),
        authentication: ClientAuthentication.IAM,
        network: this.network,
        brokers: securityGroup,
        port: portOf('iam'),
        ...(desired.reconcile.spread === undefined ? {} : { brokerCount: model.brokerCount }),
        statements: reconcilerStatements(this.cluster.clusterArn),
      });
    }
    const connectors =
      connect !== undefined && connect.connectors.length > 0
        ? new EnvironmentConnectors(this, 'Connect', { model, connect, cluster: this.cluster, network: this.network })
            .connectors
        : [];
    const replicators =
      model.spec.mirrors === undefined
        ? []
        : new EnvironmentReplicators(this, 'Mirrors', { model, cluster: this.cluster }).replicators;
    const monitoring = environmentMonitoring(this, { model, cluster: this.cluster, connectors, replicators });
    if (monitoring.alarms !== undefined) this.alarms = monitoring.alarms;
    if (monitoring.dashboard !== undefined) this.dashboard = monitoring.dashboard;
    new SharedWith(this, 'Shared', { cluster: this.cluster, model });
    new PrincipalPolicies(this, 'Principals', { clusterArn: this.cluster.clusterArn, model });
    new CfnOutput(this, 'ClusterArn', { value: this.cluster.clusterArn });
    for (const { name, authentication } of model.listeners) {
      new CfnOutput(this, `BootstrapServers-${name}`, {
        description: `Bootstrap servers of the listener ${name}`,
        value: this.cluster.bootstrapServers(authentication as ClientAuthentication),
      });
    }
    applyTags(this, model);
    warnAboutTheRest(this, model, reconciles);
  }

  private provisioned(
    props: MskEnvironmentProps,
    model: EnvironmentModel,
    shared: Pick<MskCluster, 'clusterName'> & { network: IKafkaNetwork },
    clientAuthentications: ClientAuthentication[],
  ): MskCluster {
    const encryptionKey = props.encryptionKey ?? environmentKey(this, model);
    const settings = model.spec.targets?.msk ?? {};
    const brokerLogs = mskLogFacts(settings.brokerLogs);
    const authorizerLogs = mskLogFacts(settings.authorizerLogs);
    return new MskCluster(this, 'Cluster', {
      ...shared,
      kafkaVersion: KafkaVersion.of(model.kafka.version),
      brokers: MskBrokers._of(mskBrokerFacts(model)),
      clientAuthentications,
      configuration: Object.fromEntries([...model.brokerConfig].map(([option, { value }]) => [option, value])),
      monitoringLevel: (settings.monitoringLevel ?? 'PER_BROKER') as MskMonitoringLevel,
      exporters: (model.metrics.enabled ? (settings.exporters ?? ['jmx', 'node']) : []) as MskExporter[],
      certificateAuthorityArns: settings.certificateAuthorities ?? [],
      ...(settings.multiVpc === undefined
        ? {}
        : { multiVpcAuthentications: settings.multiVpc as ClientAuthentication[] }),
      ...(brokerLogs === undefined ? {} : { brokerLogs: environmentLogs(brokerLogs) }),
      ...(authorizerLogs === undefined ? {} : { authorizerLogs: environmentLogs(authorizerLogs) }),
      ...(encryptionKey === undefined ? {} : { encryptionKey }),
    });
  }
}

function portOf(authentication: string): number {
  return mskPort(authentication as ClientAuthentication);
}
