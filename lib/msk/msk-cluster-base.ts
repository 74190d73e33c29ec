import { Resource } from 'aws-cdk-lib/core';
import { Port, type Connections, type IConnectable } from 'aws-cdk-lib/aws-ec2';
import type { Construct } from 'constructs';
import type { ClientAuthentication } from '../aws/client-authentication';
import type { IKafkaCluster } from '../aws/kafka-cluster';
import type { IKafkaNetwork } from '../aws/kafka-network';
import { KafkaGrants } from '../aws/kafka-grants';
import { refuse } from '../aws/private/construct-failure';
import { MskMetrics } from './monitoring/msk-metrics';
import type { AboutCluster } from './private/about-cluster';
import { BOOTSTRAP_STRINGS, MULTI_VPC_STRINGS, type BootstrapBrokers } from './private/bootstrap-brokers';
import { ClusterRights } from './private/cluster-rights';
import { mskPort } from './private/ports';

/** An Amazon MSK cluster, ours or imported. */
export interface IMskCluster extends IKafkaCluster {
  /**
   * The ARN of the cluster.
   *
   * @attribute
   */
  readonly clusterArn: string;

  /** Name of the cluster. */
  readonly clusterName: string;

  /** Which of `clientAuthentications` clients in other VPCs may use, through connections that the service manages. */
  readonly multiVpcAuthentications: ClientAuthentication[];

  /** What CloudWatch knows of the cluster. */
  readonly metrics: MskMetrics;

  /** The subnets that the brokers live in; undefined for an imported cluster whose attributes do not name them. */
  readonly network?: IKafkaNetwork;

  /**
   * Addresses that clients in other VPCs start from, comma-separated, through connections that the service manages.
   *
   * Throws where the cluster has no multi-VPC connectivity for this authentication.
   */
  multiVpcBootstrapServers(via: ClientAuthentication): string;
}

/** What every kind of Amazon MSK cluster can do. */
export abstract class MskClusterBase extends Resource implements IMskCluster {
  public abstract readonly clusterArn: string;
  public abstract readonly clusterName: string;
  public abstract readonly clientAuthentications: ClientAuthentication[];
  public abstract readonly multiVpcAuthentications: ClientAuthentication[];
  public abstract readonly network?: IKafkaNetwork;
  public abstract readonly connections: Connections;
  public readonly grants: KafkaGrants;
  public readonly metrics: MskMetrics;

  /** @internal */
  public readonly _rights: ClusterRights;
  /**
   * What is known of the cluster to those who put something into it.
   *
   * @internal
   */
  public _about: AboutCluster = {};
  /** @internal */
  public abstract readonly _rightsArn: string;
  /** @internal */
  protected abstract readonly _bootstrap: BootstrapBrokers;

  protected constructor(scope: Construct, id: string, physicalName?: string) {
    super(scope, id, physicalName === undefined ? {} : { physicalName });
    this.metrics = MskMetrics._of(this);
    this._rights = new ClusterRights(this);
    this.grants = KafkaGrants._by((grantee, intent) => this._rights.grant(grantee, intent));
  }

  /**
   * Lets clients in on the port of an authentication; `connections.allowDefaultPortFrom` is that of the first one.
   *
   * @param clients Who connects.
   * @param via How they prove who they are; the cluster has it.
   */
  public allowClientsFrom(clients: IConnectable, via: ClientAuthentication): void {
    this.requireListener(via, 'allowClientsFrom');
    this.connections.allowFrom(clients, Port.tcp(mskPort(via)), `Kafka clients with ${via}`);
  }

  /**
   * Lets a collector of metrics in, on the ports of the JMX and the node exporter that open monitoring serves.
   *
   * @param collector Who scrapes, for example Prometheus.
   */
  public allowMonitoringFrom(collector: IConnectable): void {
    this.connections.allowFrom(collector, Port.tcpRange(11_001, 11_002), 'Collector of metrics');
  }

  public bootstrapServers(via: ClientAuthentication): string {
    this.requireListener(via, 'bootstrapServers');
    return this._bootstrap.read(BOOTSTRAP_STRINGS[via]!);
  }

  public multiVpcBootstrapServers(via: ClientAuthentication): string {
    const name = MULTI_VPC_STRINGS[via];
    if (name === undefined || !this.multiVpcAuthentications.includes(via)) {
      refuse(this, 'MSK-NO-LISTENER', [
        {
          property: 'multiVpcBootstrapServers',
          message: `clients in other VPCs cannot log in with it, got ${via}; ${this.multiVpcAuthentications.join(', ') || 'none, since multi-VPC connectivity is off,'} is allowed.`,
          hint: `Add ${via} to multiVpcAuthentications.`,
        },
      ]);
    }
    return this._bootstrap.read(name!);
  }

  private requireListener(via: ClientAuthentication, property: string): void {
    if (BOOTSTRAP_STRINGS[via] !== undefined && this.clientAuthentications.includes(via)) return;
    refuse(this, 'MSK-NO-LISTENER', [
      {
        property,
        message: `the cluster has no listener with this authentication, got ${via}; it has ${this.clientAuthentications.join(', ')}.`,
        hint: `Add ${via} to clientAuthentications.`,
      },
    ]);
  }
}
