import { Fn, Names, RemovalPolicy } from 'aws-cdk-lib/core';
import type { Connections, ISecurityGroup, IVpc, SubnetSelection } from 'aws-cdk-lib/aws-ec2';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { CfnLogGroup } from 'aws-cdk-lib/aws-logs';
import { CfnCluster, CfnConfiguration } from 'aws-cdk-lib/aws-msk';
import type { Construct } from 'constructs';
import { ClientAuthentication } from '../aws/client-authentication';
import type { IKafkaNetwork } from '../aws/kafka-network';
import { refuse } from '../aws/private/construct-failure';
import { customerKey } from '../aws/private/customer-key';
import { closedSecurityGroup } from '../aws/private/security-group';
import { kafkaRelease } from '../core/versions';
import type { KafkaVersion } from '../core/versions/kafka-version';
import type { MskBrokers } from './msk-brokers';
import { MskClusterBase } from './msk-cluster-base';
import { MskMonitoringLevel } from './msk-monitoring-level';
import { BootstrapBrokers } from './private/bootstrap-brokers';
import { clusterProblems } from './private/cluster-facts';
import { clusterProperties } from './private/cluster-properties';
import { configurationProblems, defaultConfiguration, serverProperties } from './private/configuration';
import { mskConnections } from './private/connections';
import { networkOf } from './private/network-of';
import { BrokerStorageAutoscaling } from './private/storage-autoscaling';

/** Properties of a provisioned Amazon MSK cluster. */
export interface MskClusterProps {
  /** The Apache Kafka version. */
  readonly kafkaVersion: KafkaVersion;
  /** The brokers. */
  readonly brokers: MskBrokers;
  /**
   * The VPC that the brokers live in.
   *
   * @default - `network` is given instead
   */
  readonly vpc?: IVpc;
  /**
   * Which subnets of `vpc`: two or three, each in a zone of its own.
   *
   * @default - the private subnets
   */
  readonly vpcSubnets?: SubnetSelection;
  /**
   * The subnets that the brokers live in, where there is no `vpc`.
   *
   * @default - `vpc` is given instead
   */
  readonly network?: IKafkaNetwork;
  /**
   * Security groups of the brokers.
   *
   * @default - one that lets nobody in until `connections` is asked to
   */
  readonly securityGroups?: ISecurityGroup[];
  /**
   * Name of the cluster; another name replaces it.
   *
   * @default - made from the path of the construct
   */
  readonly clusterName?: string;
  /**
   * How clients prove who they are.
   *
   * @default [ClientAuthentication.IAM]
   */
  readonly clientAuthentications?: ClientAuthentication[];
  /**
   * ARNs of the AWS Private CA authorities that vouch for client certificates; needed with `MTLS`.
   *
   * @default - none
   */
  readonly certificateAuthorityArns?: string[];
  /**
   * Broker options by their Kafka names; they override those of the kit.
   *
   * @default - the production defaults of the kit
   */
  readonly configuration?: Record<string, string>;
  /**
   * Customer key for data at rest; another key replaces the cluster.
   *
   * @default - a new key
   */
  readonly encryptionKey?: IKey;
  /**
   * How fine the CloudWatch metrics are.
   *
   * @default MskMonitoringLevel.PER_BROKER
   */
  readonly monitoringLevel?: MskMonitoringLevel;
  /**
   * Serve Prometheus metrics (JMX and node exporter) on the brokers.
   *
   * @default true
   */
  readonly openMonitoring?: boolean;
  /**
   * What happens to cluster, key, configuration and logs when they leave the stack.
   *
   * @default RemovalPolicy.RETAIN
   */
  readonly removalPolicy?: RemovalPolicy;
}

/** Attributes of a cluster that is there already. */
export interface MskClusterAttributes {
  /** The ARN of the cluster. */
  readonly clusterArn: string;
  /**
   * Security groups of its brokers.
   *
   * @default - none; `connections` then changes nothing
   */
  readonly securityGroups?: ISecurityGroup[];
  /**
   * The subnets that its brokers live in.
   *
   * @default - not known; parts that run beside the brokers then need subnets of their own
   */
  readonly network?: IKafkaNetwork;
  /**
   * How its clients prove who they are.
   *
   * @default [ClientAuthentication.IAM]
   */
  readonly clientAuthentications?: ClientAuthentication[];
}

/** A provisioned Amazon MSK cluster: IAM on, TLS only, a customer key, safe broker options, logs, and retained by default. */
export class MskCluster extends MskClusterBase {
  /** A cluster that is there already. */
  public static fromClusterAttributes(scope: Construct, id: string, attributes: MskClusterAttributes): MskClusterBase {
    return new ImportedMskCluster(scope, id, attributes);
  }

  public readonly clusterArn: string;
  public readonly connections: Connections;
  public readonly clusterName: string;
  /** ARN of the customer key that encrypts data at rest. */
  public readonly encryptionKeyArn: string;
  public readonly clientAuthentications: ClientAuthentication[];
  public readonly network: IKafkaNetwork;
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
    this.clusterName = props.clusterName ?? Names.uniqueResourceName(this, { maxLength: 64, separator: '-' });
    const config = { ...defaultConfiguration(release, brokers, network.subnetIds.length), ...props.configuration };
    const facts = {
      clusterName: this.clusterName,
      release,
      brokers,
      subnetCount: network.subnetIds.length,
      authentications: this.clientAuthentications,
      certificateAuthorityArns: props.certificateAuthorityArns ?? [],
    };
    refuse(this, 'MSK-REFUSED', [
      ...clusterProblems(facts),
      ...configurationProblems(props.configuration ?? {}, release, brokers),
    ]);

    const securityGroups = props.securityGroups ?? [
      closedSecurityGroup(this, 'SecurityGroup', network.vpcId, `Brokers of the Kafka cluster ${this.clusterName}`),
    ];
    this.connections = mskConnections(securityGroups, this.clientAuthentications);
    this.encryptionKeyArn =
      props.encryptionKey?.keyArn ??
      customerKey(this, 'Key', `Kafka cluster ${this.clusterName}`, removalPolicy).attrArn;
    const logGroup = new CfnLogGroup(this, 'Logs', { retentionInDays: 30 });
    const configuration = new CfnConfiguration(this, 'Configuration', {
      name: this.clusterName,
      description: `Broker options of the Kafka cluster ${this.clusterName}`,
      serverProperties: serverProperties(config),
    });
    const cluster = new CfnCluster(
      this,
      'Resource',
      clusterProperties(facts, {
        subnetIds: network.subnetIds,
        securityGroupIds: securityGroups.map((group) => group.securityGroupId),
        keyArn: this.encryptionKeyArn,
        configurationArn: configuration.attrArn,
        configurationRevision: configuration.attrLatestRevisionRevision,
        logGroupName: logGroup.ref,
        monitoringLevel: props.monitoringLevel ?? MskMonitoringLevel.PER_BROKER,
        openMonitoring: props.openMonitoring ?? true,
      }),
    );
    for (const stateful of [cluster, configuration, logGroup]) stateful.applyRemovalPolicy(removalPolicy);
    this.clusterArn = cluster.attrArn;
    this._bootstrap = new BootstrapBrokers(this, 'BootstrapBrokers', {
      clusterArn: this.clusterArn,
      clusterVersion: cluster.attrCurrentVersion,
    });
    if (brokers.autoscaling !== undefined) {
      new BrokerStorageAutoscaling(this, 'StorageAutoscaling', {
        clusterArn: this.clusterArn,
        autoscaling: brokers.autoscaling,
      });
    }
  }
}

class ImportedMskCluster extends MskClusterBase {
  public readonly clusterArn: string;
  public readonly connections: Connections;
  public readonly clusterName: string;
  public readonly clientAuthentications: ClientAuthentication[];
  public readonly network?: IKafkaNetwork;
  protected readonly _bootstrap: BootstrapBrokers;

  public constructor(scope: Construct, id: string, attributes: MskClusterAttributes) {
    super(scope, id);
    this.clusterArn = attributes.clusterArn;
    this.clusterName = Fn.select(1, Fn.split('/', attributes.clusterArn));
    if (attributes.network !== undefined) this.network = attributes.network;
    this.clientAuthentications = attributes.clientAuthentications ?? [ClientAuthentication.IAM];
    this.connections = mskConnections(attributes.securityGroups ?? [], this.clientAuthentications);
    this._bootstrap = new BootstrapBrokers(this, 'BootstrapBrokers', { clusterArn: this.clusterArn });
  }
}
