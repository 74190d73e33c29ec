import type { RemovalPolicy } from 'aws-cdk-lib/core';
import type { ISecurityGroup, IVpc, SubnetSelection } from 'aws-cdk-lib/aws-ec2';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { ClientAuthentication } from '../aws/client-authentication';
import type { IKafkaNetwork } from '../aws/kafka-network';
import type { KafkaVersion } from '../core/versions/kafka-version';
import type { MskBrokers } from './msk-brokers';
import type { IMskConfiguration } from './msk-configuration';
import type { MskExporter } from './msk-exporter';
import type { MskLogs } from './msk-logs';
import type { MskMonitoringLevel } from './msk-monitoring-level';

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
   * Which of them clients in other VPCs may use, through connections that the service manages; an empty list switches them off.
   *
   * @default - left as it is, which is none for a new cluster
   */
  readonly multiVpcAuthentications?: ClientAuthentication[];
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
   * A configuration that several clusters share, instead of `configuration`.
   *
   * @default - a configuration of the cluster's own
   */
  readonly sharedConfiguration?: IMskConfiguration;
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
   * Exporters that serve Prometheus metrics on the brokers; an empty list for none.
   *
   * @default - both
   */
  readonly exporters?: MskExporter[];
  /**
   * Where logs of the brokers go.
   *
   * @default - a log group of the cluster's own, for 30 days
   */
  readonly brokerLogs?: MskLogs;
  /**
   * Where the authorizer writes what it refused.
   *
   * @default - a log group of its own, for 30 days
   */
  readonly authorizerLogs?: MskLogs;
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
  /**
   * Which of them clients in other VPCs may use.
   *
   * @default - none
   */
  readonly multiVpcAuthentications?: ClientAuthentication[];
}
