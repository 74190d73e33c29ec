import { CfnHostedZone } from 'aws-cdk-lib/aws-route53';
import { Resource, Stack } from 'aws-cdk-lib/core';
import { Connections, Port, type IConnectable, type ISecurityGroup } from 'aws-cdk-lib/aws-ec2';
import type { Grant, IGrantable } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { ClientAuthentication } from '../aws/client-authentication';
import { KafkaGrants } from '../aws/kafka-grants';
import type { IKafkaNetwork } from '../aws/kafka-network';
import { refuse } from '../aws/private/construct-failure';
import { DeclaredState } from '../aws/private/declared-state';
import type { ReconcilerProps } from '../aws/private/reconciler';
import { adminBootstrapServers, bootstrapServers } from '../core/config';
import { ec2InstanceType } from '../core/ec2';
import { ec2Watched } from '../core/rules/ec2-watched';
import type { Ec2Watched } from '../core/signals';
import { ec2DnsZone, type EnvironmentModel, type ListenerModel } from '../core/model';
import type { IEc2KafkaCluster } from './ec2-kafka-cluster-interface';
import { Ec2KafkaMetrics } from './ec2-kafka-metrics';
import { Administrator } from './private/administrator';
import { ClusterCertificates } from './private/cluster-certificates';
import { ClusterRights } from './private/cluster-rights';
import { ClusterWatch } from './private/cluster-watch';
import { ClusterUsers } from './private/cluster-users';
import { declaredSpec } from './private/declared-spec';
import { KafkaNode } from './private/kafka-node';
import { launchKey } from './private/launch-key';
import { InstanceRoll } from './private/roll/instance-roll';
import { nodeSecurityGroup } from './private/node-security-group';
import { unsupported } from './private/unsupported';
import { VolumeSnapshots } from './private/volume-snapshots';

const DECLARED_ID = 'Declared';

/**
 * What every cluster on EC2 has, whether it comes from properties or from an environment.
 *
 * @internal
 */
export abstract class Ec2KafkaClusterBase extends Resource implements IEc2KafkaCluster {
  public readonly connections: Connections;
  public readonly clusterName: string;
  public readonly clusterId: string;
  public readonly clientAuthentications: ClientAuthentication[];
  public readonly network: IKafkaNetwork;
  public readonly grants: KafkaGrants;
  public readonly metrics: Ec2KafkaMetrics;
  /** ARN of the customer key that encrypts volumes and secrets. */
  public readonly encryptionKeyArn: string;
  public readonly certificateAuthority?: string;
  /** @internal */
  public readonly _certificates?: ClusterCertificates;
  /** @internal */
  public readonly _users: ClusterUsers;
  /** @internal */
  public readonly _administrator: Administrator;
  /** @internal */
  public readonly _nodes: Construct;
  /** @internal */
  public readonly _watch?: ClusterWatch;
  private readonly model: EnvironmentModel;
  private readonly securityGroup: ISecurityGroup;
  private readonly rights: ClusterRights;

  protected constructor(scope: Construct, id: string, describe: (self: Construct) => Ec2ClusterModel) {
    super(scope, id);
    const cluster = describe(this);
    const { model, network } = cluster;
    refuse(this, 'EC2-UNSUPPORTED', unsupported(model, network));
    this.model = model;
    this.clusterName = model.name;
    this.clusterId = model.clusterId;
    this.network = network;
    this.clientAuthentications = [
      ...new Set(model.listeners.map(({ authentication }) => authentication as ClientAuthentication)),
    ];
    this.securityGroup = nodeSecurityGroup(this, model, network.vpcId);
    this.connections = new Connections({
      securityGroups: [this.securityGroup],
      defaultPort: Port.tcp(model.listeners[0]!.port),
    });
    this.encryptionKeyArn = cluster.encryptionKeyArn ?? launchKey(this, 'Key', `Kafka cluster ${model.name}`).attrArn;
    this._nodes = this.makeNodes();
    this.metrics = Ec2KafkaMetrics._of(this, this.nodesByName(), model);
    const { snapshots } = model.spec.targets?.ec2 ?? {};
    if (snapshots !== undefined)
      new VolumeSnapshots(this, 'Snapshots', {
        clusterName: model.name,
        keyArn: this.encryptionKeyArn,
        everyHours: Number.parseInt(snapshots.every, 10),
        keep: snapshots.keep,
      });
    this._administrator = new Administrator(this, 'Administrator', { model, keyArn: this.encryptionKeyArn });
    this._certificates = this.makeCertificates();
    if (this._certificates !== undefined) this.certificateAuthority = this._certificates.authority;
    new InstanceRoll(this, 'Roll', {
      ...{ model, network, nodes: this.securityGroup, keyArn: this.encryptionKeyArn },
      adminSecretArn: this._administrator.secretArn,
    });
    if (model.metrics.enabled)
      this._watch = new ClusterWatch(this, 'Watch', {
        ...{ model, network, nodes: this.securityGroup, keyArn: this.encryptionKeyArn },
        adminSecretArn: this._administrator.secretArn,
      });
    this._users = new ClusterUsers(this, 'Users', { environment: model.name, keyArn: this.encryptionKeyArn });
    this.rights = new ClusterRights({
      construct: this,
      model,
      keyArn: this.encryptionKeyArn,
      users: this._users,
      ...(this._certificates === undefined ? {} : { certificates: this._certificates }),
      declared: () => this._declared(),
    });
    this.grants = KafkaGrants._by((grantee, intent) => this.rights.grant(grantee, intent));
  }

  public bootstrapServers(via: ClientAuthentication): string {
    return bootstrapServers(this.model, this.listener(via, 'bootstrapServers').name);
  }

  public allowClientsFrom(clients: IConnectable, via: ClientAuthentication): void {
    const { port } = this.listener(via, 'allowClientsFrom');
    this.connections.allowFrom(clients, Port.tcp(port), `Kafka clients with ${via}`);
  }

  public allowMonitoringFrom(collector: IConnectable): void {
    const ports = [...new Set(this.model.nodes.flatMap(({ metricsPort }) => metricsPort ?? []))];
    if (ports.length === 0) {
      refuse(this, 'EC2-NO-METRICS', [
        {
          property: 'allowMonitoringFrom',
          message: 'the nodes have no JMX exporter, got monitoring.metrics: false; true is needed.',
          hint: 'Remove monitoring.metrics from the environment.',
        },
      ]);
    }
    for (const port of ports) this.connections.allowFrom(collector, Port.tcp(port), 'Collector of metrics');
  }

  public clientSecretArn(client: IGrantable): string {
    return this.rights.secretArn(client);
  }

  public grantClientSecretRead(client: IGrantable, reader: IGrantable): Grant {
    return this.rights.grantRead(client, reader);
  }

  /**
   * What constructs add to the running cluster.
   *
   * @internal
   */
  public _declared(): DeclaredState {
    const there = this.node.tryFindChild(DECLARED_ID) as DeclaredState | undefined;
    return there ?? this.declared();
  }

  /**
   * How the reconciler reaches the cluster: as the administrator, on the listener of the nodes.
   *
   * @internal
   */
  public _reconcilerProps(given: readonly string[] = []): Omit<ReconcilerProps, 'environment' | 'owner' | 'desired'> {
    const { model } = this;
    const scram = model.listeners.find(({ authentication }) => authentication === 'scram-sha-512');
    return {
      bootstrapServers: adminBootstrapServers(model),
      authentication: ClientAuthentication.MTLS,
      network: this.network,
      brokers: this.securityGroup,
      port: model.internalListeners!.replication.port,
      formingBrokers: model.brokerCount,
      administratorSecretArn: this._administrator.secretArn,
      userSecrets: () => this._users.arns(),
      statements: this._administrator.statements(given),
      ...(scram === undefined
        ? {}
        : { logIn: { bootstrapServers: bootstrapServers(model, scram.name), port: scram.port } }),
    };
  }

  /**
   * What there must be for a cluster to be formed.
   *
   * @internal
   */
  public get _formed(): Construct[] {
    return this._certificates === undefined ? [this._nodes] : [this._nodes, this._certificates];
  }

  /**
   * What alarms are worked out from.
   *
   * @internal
   */
  public _watched(): Ec2Watched {
    const nodes = this.nodesByName();
    return ec2Watched(this.model, { volumeIds: ({ name }) => nodes.get(name)!.volumeIds });
  }

  /** Who already tells the cluster what its environment wants, where it comes from one. */
  protected get environmentReconciler(): Construct | undefined {
    return undefined;
  }

  private declared(): DeclaredState {
    const before = this.environmentReconciler;
    const owner = before === undefined ? undefined : `${this.model.name}-constructs`;
    const state = new DeclaredState(this, DECLARED_ID, {
      spec: (declared) => declaredSpec(this.model, owner, declared),
      topicCode: 'EC2-TOPIC-REFUSED',
      reconciler: this._reconcilerProps(),
    });
    state.waitFor(...(before === undefined ? this._formed : [before]));
    if (before === undefined) this._watch?.waitFor(state);
    return state;
  }

  private listener(via: ClientAuthentication, property: string): ListenerModel {
    const listener = this.model.listeners.find(({ authentication }) => authentication === via);
    if (listener === undefined) {
      refuse(this, 'EC2-NO-LISTENER', [
        {
          property,
          message: `the cluster has no listener with this authentication, got ${via}; it has ${this.clientAuthentications.join(', ')}.`,
          hint: `Add ${via} to clientAuthentications.`,
        },
      ]);
    }
    return listener!;
  }

  private nodesByName(): Map<string, KafkaNode> {
    return new Map(this.model.nodes.map(({ name }) => [name, this._nodes.node.findChild(name) as KafkaNode]));
  }

  /** Undefined where others make them. */
  private makeCertificates(): ClusterCertificates | undefined {
    const { model } = this;
    if (model.spec.targets?.ec2?.certificates === 'secret') return undefined;
    const nodes = this.nodesByName();
    return new ClusterCertificates(this, 'Certificates', {
      model,
      keyArn: this.encryptionKeyArn,
      administratorSecretArn: this._administrator.secretArn,
      nodes: model.nodes.map(({ name, host }) => ({ host, secretArn: nodes.get(name)!.secretArn })),
    });
  }

  private makeNodes(): Construct {
    const { model, network } = this;
    const zone = new CfnHostedZone(this, 'Zone', {
      name: ec2DnsZone(model.name, model.spec.targets?.ec2?.dnsZone),
      hostedZoneConfig: { comment: `Nodes of the Kafka cluster ${model.name}` },
      vpcs: [{ vpcId: network.vpcId, vpcRegion: Stack.of(this).region }],
    });
    const nodes = new Construct(this, 'Nodes');
    for (const node of model.nodes) {
      new KafkaNode(nodes, node.name, {
        model,
        node,
        availabilityZone: node.rack!,
        subnetId: network.subnetIds[model.racks.indexOf(node.rack!)]!,
        securityGroupId: this.securityGroup.securityGroupId,
        instanceType: ec2InstanceType(model.spec, node.pool.name),
        hostedZoneId: zone.ref,
        keyArn: this.encryptionKeyArn,
        packages: model.spec.targets!.ec2!.packages!.replace(/\/+$/, ''),
      });
    }
    return nodes;
  }
}

/** What a cluster is built from. */
export interface Ec2ClusterModel {
  readonly model: EnvironmentModel;
  readonly network: IKafkaNetwork;
  readonly encryptionKeyArn?: string;
}
