import { Fn } from 'aws-cdk-lib/core';
import type { Connections } from 'aws-cdk-lib/aws-ec2';
import type { Construct } from 'constructs';
import { ClientAuthentication } from '../../aws/client-authentication';
import type { IKafkaNetwork } from '../../aws/kafka-network';
import { refuse } from '../../aws/private/construct-failure';
import { MskClusterBase } from '../msk-cluster-base';
import type { MskClusterAttributes } from '../msk-cluster-props';
import { BootstrapBrokers } from './bootstrap-brokers';
import { mskConnections } from './connections';
import { importedClusterProblems } from './imported-cluster-problems';

interface ImportedMskClusterProps {
  readonly kind: 'provisioned' | 'serverless';
  readonly attributes: MskClusterAttributes;
}

/** A cluster that is there already, of this account or another. */
export class ImportedMskCluster extends MskClusterBase {
  public readonly clusterArn: string;
  public readonly connections: Connections;
  public readonly clusterName: string;
  public readonly clientAuthentications: ClientAuthentication[];
  public readonly multiVpcAuthentications: ClientAuthentication[];
  public readonly network?: IKafkaNetwork;
  public readonly _rightsArn: string;
  protected readonly _bootstrap: BootstrapBrokers;

  public constructor(scope: Construct, id: string, { kind, attributes }: ImportedMskClusterProps) {
    super(scope, id);
    refuse(this, 'MSK-REFUSED', importedClusterProblems(kind, attributes));
    if (kind === 'serverless') this._about = { kind, monitoringLevel: 'DEFAULT' };
    this.clusterArn = attributes.clusterArn;
    this.clusterName = Fn.select(1, Fn.split('/', attributes.clusterArn));
    if (attributes.network !== undefined) this.network = attributes.network;
    this.clientAuthentications = attributes.clientAuthentications ?? [ClientAuthentication.IAM];
    this.connections = mskConnections(attributes.securityGroups ?? [], this.clientAuthentications);
    this.multiVpcAuthentications = attributes.multiVpcAuthentications ?? [];
    this._rightsArn = this.clusterArn;
    this._bootstrap = new BootstrapBrokers(this, 'BootstrapBrokers', {
      cluster: { clusterArn: this.clusterArn, rightsArn: this._rightsArn },
      authentications: this.clientAuthentications,
    });
  }
}
