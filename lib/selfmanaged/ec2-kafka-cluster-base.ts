import { CfnHostedZone } from 'aws-cdk-lib/aws-route53';
import { Resource, RemovalPolicy, Stack } from 'aws-cdk-lib/core';
import { CfnSecurityGroupIngress, Connections, Port } from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';
import type { ClientAuthentication } from '../aws/client-authentication';
import type { IKafkaCluster } from '../aws/kafka-cluster';
import type { IKafkaNetwork } from '../aws/kafka-network';
import { refuse } from '../aws/private/construct-failure';
import { customerKey } from '../aws/private/customer-key';
import { closedSecurityGroup } from '../aws/private/security-group';
import { bootstrapServers } from '../core/config';
import { ec2DnsZone, type EnvironmentModel } from '../core/model';
import { KafkaNode } from './private/kafka-node';
import { unsupported } from './private/unsupported';

/** Used where the environment names no type; both arm64. */
const DEFAULT_INSTANCE_TYPES = { controller: 't4g.medium', broker: 'm7g.large' };

/**
 * What every cluster on EC2 has, whether it comes from properties or from an environment.
 *
 * @internal
 */
export abstract class Ec2KafkaClusterBase extends Resource implements IKafkaCluster {
  public readonly connections: Connections;
  /** Id of the cluster, as its brokers report it. */
  public readonly clusterId: string;
  /** ARN of the customer key that encrypts the volumes. */
  public readonly encryptionKeyArn: string;
  private readonly model: EnvironmentModel;

  protected constructor(scope: Construct, id: string, describe: (self: Construct) => Ec2ClusterModel) {
    super(scope, id);
    const cluster = describe(this);
    const { model, network } = cluster;
    refuse(this, 'EC2-UNSUPPORTED', unsupported(model));
    this.model = model;
    this.clusterId = model.clusterId;
    const securityGroup = closedSecurityGroup(
      this,
      'SecurityGroup',
      network.vpcId,
      `Nodes of the Kafka cluster ${model.name}`,
    );
    for (const { kafkaName, port } of Object.values(model.internalListeners ?? {})) {
      new CfnSecurityGroupIngress(this, `Between-${kafkaName}`, {
        groupId: securityGroup.securityGroupId,
        sourceSecurityGroupId: securityGroup.securityGroupId,
        ipProtocol: 'tcp',
        fromPort: port,
        toPort: port,
        description: `Kafka listener ${kafkaName} between nodes`,
      });
    }
    this.connections = new Connections({
      securityGroups: [securityGroup],
      defaultPort: Port.tcp(model.listeners[0]!.port),
    });
    this.encryptionKeyArn =
      cluster.encryptionKeyArn ?? customerKey(this, 'Key', `Kafka cluster ${model.name}`, RemovalPolicy.RETAIN).attrArn;
    const zone = new CfnHostedZone(this, 'Zone', {
      name: ec2DnsZone(model.name, model.spec.targets?.ec2?.dnsZone),
      hostedZoneConfig: { comment: `Nodes of the Kafka cluster ${model.name}` },
      vpcs: [{ vpcId: network.vpcId, vpcRegion: Stack.of(this).region }],
    });
    const nodes = new Construct(this, 'Nodes');
    for (const node of model.nodes) {
      const rack = model.racks.indexOf(node.rack!);
      new KafkaNode(nodes, node.name, {
        model,
        node,
        availabilityZone: node.rack!,
        subnetId: network.subnetIds[rack]!,
        securityGroupId: securityGroup.securityGroupId,
        instanceType:
          model.spec.targets?.ec2?.instanceTypes?.[node.pool.name] ??
          DEFAULT_INSTANCE_TYPES[node.roles.includes('broker') ? 'broker' : 'controller'],
        hostedZoneId: zone.ref,
        keyArn: this.encryptionKeyArn,
        packages: model.spec.targets!.ec2!.packages!.replace(/\/+$/, ''),
      });
    }
  }

  public bootstrapServers(via: ClientAuthentication): string {
    const listener = this.model.listeners.find(({ authentication }) => authentication === via);
    if (listener === undefined) {
      refuse(this, 'EC2-NO-LISTENER', [
        {
          property: 'bootstrapServers',
          message: `the cluster has no listener with this authentication, got ${via}; it has ${this.model.listeners.map(({ authentication }) => authentication).join(', ')}.`,
          hint: `Add ${via} to clientAuthentications.`,
        },
      ]);
    }
    return bootstrapServers(this.model, listener!.name);
  }
}

/** What a cluster is built from. */
export interface Ec2ClusterModel {
  readonly model: EnvironmentModel;
  readonly network: IKafkaNetwork;
  readonly encryptionKeyArn?: string;
}
