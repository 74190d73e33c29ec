import { Names, RemovalPolicy, Stack } from 'aws-cdk-lib/core';
import type { Connections } from 'aws-cdk-lib/aws-ec2';
import { CfnCluster } from 'aws-cdk-lib/aws-msk';
import type { Construct } from 'constructs';
import { ClientAuthentication } from '../aws/client-authentication';
import type { IKafkaNetwork } from '../aws/kafka-network';
import { refuse } from '../aws/private/construct-failure';
import { customerKey } from '../aws/private/customer-key';
import { closedSecurityGroup } from '../aws/private/security-group';
import { kafkaRelease } from '../core/versions';
import { MskClusterBase } from './msk-cluster-base';
import type { MskClusterAttributes, MskClusterProps } from './msk-cluster-props';
import { MskExporter } from './msk-exporter';
import { MskMonitoringLevel } from './msk-monitoring-level';
import { BootstrapBrokers } from './private/bootstrap-brokers';
import { claim } from './private/claims';
import { clusterConfigurationProblems, ownConfiguration } from './private/cluster-configuration';
import { clusterFacts, clusterProblems, clusterTokens } from './private/cluster-facts';
import { ownClusterArns } from './private/cluster-identity';
import { clusterProperties } from './private/cluster-properties';
import { clusterSettings } from './private/cluster-settings';
import { mskConnections } from './private/connections';
import { multiVpcRefusals } from './private/multi-vpc-refusals';
import { ImportedMskCluster } from './private/imported-cluster';
import { networkOf } from './private/network-of';
import { brokerLogsIn, logProblems, renderLogs } from './private/rendered-logs';
import { BrokerStorageAutoscaling } from './private/storage-autoscaling';

/** A provisioned Amazon MSK cluster: IAM on, TLS only, a customer key, safe broker options, logs, and retained by default. */
export class MskCluster extends MskClusterBase {
  /** A cluster that is there already. */
  public static fromClusterAttributes(scope: Construct, id: string, attributes: MskClusterAttributes): MskClusterBase {
    return new ImportedMskCluster(scope, id, { kind: 'provisioned', attributes });
  }

  public readonly clusterArn: string;
  public readonly connections: Connections;
  public readonly clusterName: string;
  /** ARN of the customer key that encrypts data at rest. */
  public readonly encryptionKeyArn: string;
  public readonly clientAuthentications: ClientAuthentication[];
  public readonly multiVpcAuthentications: ClientAuthentication[];
  public readonly network?: IKafkaNetwork;
  /** @internal */
  public readonly _rightsArn: string;
  /** @internal */
  protected readonly _bootstrap: BootstrapBrokers;

  public constructor(scope: Construct, id: string, props: MskClusterProps) {
    super(scope, id);
    const removalPolicy = props.removalPolicy ?? RemovalPolicy.RETAIN;
    const network = networkOf(this, props);
    this.network = network;
    const brokers = props.brokers._rendered;
    const release = kafkaRelease(props.kafkaVersion.version)!;
    this.clientAuthentications = props.clientAuthentications ?? [ClientAuthentication.IAM];
    this.multiVpcAuthentications = props.multiVpcAuthentications ?? [];
    this.clusterName = props.clusterName ?? Names.uniqueResourceName(this, { maxLength: 64, separator: '-' });
    refuse(this, 'MSK-REFUSED', clusterTokens(props, network));
    const facts = clusterFacts(this, {
      ...props,
      clusterName: this.clusterName,
      clientAuthentications: this.clientAuthentications,
      release,
      zoneCount: network.subnetIds.length,
    });
    refuse(this, 'MSK-REFUSED', [
      ...clusterProblems(facts),
      ...logProblems('brokerLogs', props.brokerLogs),
      ...logProblems('authorizerLogs', props.authorizerLogs),
      ...clusterConfigurationProblems(props, facts),
      ...multiVpcRefusals(props, facts),
      ...claim(this, { within: Stack.of(this), what: 'a cluster', name: this.clusterName, property: 'clusterName' }),
    ]);
    this._about = {
      kind: brokers.brokerType,
      brokerCount: brokers.count,
      zoneCount: network.subnetIds.length,
      tieredStorage: brokers.tieredStorage === true,
      release,
      brokers,
      monitoringLevel: props.monitoringLevel ?? MskMonitoringLevel.PER_BROKER,
    };

    const securityGroups = props.securityGroups ?? [
      closedSecurityGroup(this, 'SecurityGroup', network.vpcId, `Brokers of the Kafka cluster ${this.clusterName}`),
    ];
    this.connections = mskConnections(securityGroups, this.clientAuthentications);
    this.encryptionKeyArn =
      props.encryptionKey?.keyArn ??
      customerKey(this, 'Key', `Kafka cluster ${this.clusterName}`, removalPolicy).attrArn;
    const configuration = props.sharedConfiguration ?? ownConfiguration(this, facts, props);
    const brokerLogs = renderLogs(this, 'Logs', { logs: props.brokerLogs, removalPolicy });
    const logGroup = brokerLogsIn(brokerLogs);
    if (logGroup !== undefined) this._about = { ...this._about, brokerLogGroupName: logGroup };
    const cluster = new CfnCluster(
      this,
      'Resource',
      clusterProperties(facts, {
        subnetIds: network.subnetIds,
        securityGroupIds: securityGroups.map((group) => group.securityGroupId),
        keyArn: this.encryptionKeyArn,
        certificateAuthorityArns: props.certificateAuthorityArns ?? [],
        configurationArn: configuration.configurationArn,
        configurationRevision: configuration.configurationRevision,
        brokerLogs,
        authorizerLogs: renderLogs(this, 'AuthorizerLogs', { logs: props.authorizerLogs, removalPolicy }),
        monitoringLevel: this._about.monitoringLevel!,
        exporters: props.exporters ?? [MskExporter.JMX, MskExporter.NODE],
      }),
    );
    cluster.applyRemovalPolicy(removalPolicy);
    this.clusterArn = cluster.attrArn;
    this._rightsArn = ownClusterArns(this, this.clusterName);
    const identity = { clusterArn: this.clusterArn, rightsArn: this._rightsArn };
    const { multiVpcAuthentications: multiVpc } = props;
    this._bootstrap = new BootstrapBrokers(this, 'BootstrapBrokers', {
      cluster: identity,
      authentications: this.clientAuthentications,
      clusterVersion: cluster.attrCurrentVersion,
      ...(multiVpc === undefined
        ? {}
        : { after: { resource: clusterSettings(this, identity, multiVpc), multiVpc: [...multiVpc].sort() } }),
    });
    if (brokers.autoscaling !== undefined) {
      new BrokerStorageAutoscaling(this, 'StorageAutoscaling', {
        clusterArn: this.clusterArn,
        autoscaling: brokers.autoscaling,
      });
    }
  }
}
