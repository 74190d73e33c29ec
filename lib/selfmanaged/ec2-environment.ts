import { CfnOutput } from 'aws-cdk-lib/core';
import type { IVpc, SubnetSelection } from 'aws-cdk-lib/aws-ec2';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import type { ClientAuthentication } from '../aws/client-authentication';
import { KafkaNetwork, type IKafkaNetwork } from '../aws/kafka-network';
import { refuse } from '../aws/private/construct-failure';
import { environmentNetwork } from '../aws/private/environment-network';
import { applyTags, checkPlace } from '../aws/private/environment-stack';
import { Reconciler } from '../aws/private/reconciler';
import { allowClients } from '../aws/private/security-group';
import type { KafkaEnvironment } from '../environment';
import { desiredState } from '../core/plan';
import { Ec2KafkaClusterBase, type Ec2ClusterModel } from './ec2-kafka-cluster-base';
import type { IEc2KafkaCluster } from './ec2-kafka-cluster-interface';
import type { Ec2Alarms } from './monitoring/ec2-alarms';
import type { Ec2Dashboard } from './monitoring/ec2-dashboard';
import { environmentMonitoring } from './private/environment-monitoring';
import { EnvironmentUsers } from './private/environment-users';
import { unsupported } from './private/unsupported';
import { warnAboutTheRest } from './private/warnings';

/**
 * What is talked to out of the subnets. Instances: their packages and files, EC2 for what they attach, their secrets, and Session Manager. The
 * reconciler: secrets too, and CloudFormation, which it asks whether an update is a rollback.
 */
const ENDPOINTS = ['s3', 'autoscaling', 'cloudformation', 'ec2', 'ec2messages', 'secretsmanager', 'ssm', 'ssmmessages'];

/** Properties of an environment on EC2. What is only known while deploying comes here; the rest is in the environment. */
export interface Ec2EnvironmentProps {
  /** The environment; its target is `ec2`. */
  readonly environment: KafkaEnvironment;
  /**
   * The VPC that the nodes live in.
   *
   * @default - the one that the environment names, or a new one
   */
  readonly vpc?: IVpc;
  /**
   * Which subnets of `vpc`, one for each rack and in their order.
   *
   * @default - the private subnets
   */
  readonly vpcSubnets?: SubnetSelection;
  /**
   * Customer key for volumes and secrets.
   *
   * @default - the one that the environment names, or a new one
   */
  readonly encryptionKey?: IKey;
}

/** A whole environment on EC2: network, key, DNS zone, every node with its identity, what is inside the cluster, alarms and a dashboard. */
export class Ec2Environment extends Construct {
  /** The cluster. */
  public readonly cluster: IEc2KafkaCluster;
  /** The subnets that the nodes live in. */
  public readonly network: IKafkaNetwork;
  /** Its alarms; undefined where the environment wants none. */
  public readonly alarms?: Ec2Alarms;
  /** Its dashboard; undefined where the environment wants none. */
  public readonly dashboard?: Ec2Dashboard;

  public constructor(scope: Construct, id: string, props: Ec2EnvironmentProps) {
    super(scope, id);
    const model = props.environment._model;
    refuse(this, 'EC2-UNSUPPORTED', unsupported(model));
    checkPlace(this, model);
    this.network =
      props.vpc === undefined
        ? environmentNetwork(this, model, ENDPOINTS)
        : KafkaNetwork.fromVpc(props.vpc, props.vpcSubnets);
    const { kmsKey } = model.spec.aws ?? {};
    const encryptionKeyArn = props.encryptionKey?.keyArn ?? (kmsKey === 'create' ? undefined : kmsKey);
    const cluster = new EnvironmentCluster(this, 'Cluster', {
      model,
      network: this.network,
      ...(encryptionKeyArn === undefined ? {} : { encryptionKeyArn }),
    });
    const ports = [...new Set(model.listeners.map(({ port }) => port))];
    allowClients(this, cluster.connections.securityGroups[0]!, model.spec.aws?.clients ?? [], ports);
    for (const { name, authentication } of model.listeners) {
      new CfnOutput(this, `BootstrapServers-${name}`, {
        description: `Bootstrap servers of the listener ${name}`,
        value: cluster.bootstrapServers(authentication as ClientAuthentication),
      });
    }
    if (cluster.certificateAuthority !== undefined)
      new CfnOutput(this, 'CertificateAuthority', {
        description: 'The authority that clients trust',
        value: cluster.certificateAuthority,
      });
    this.cluster = cluster;
    const desired = desiredState(model);
    const users = new EnvironmentUsers(this, 'Principals', { model, desired, cluster });
    cluster._reconciledBy = new Reconciler(this, 'Reconciler', {
      ...cluster._reconcilerProps(users.given),
      environment: desired.environment,
      owner: desired.owner,
      desired,
      userSecrets: () => users.secrets,
      ...(desired.reconcile.spread === undefined ? {} : { brokerCount: model.brokerCount }),
    });
    cluster._reconciledBy.waitFor(...cluster._formed);
    cluster._watch?.waitFor(cluster._reconciledBy);
    const { alarms, dashboard } = environmentMonitoring(this, { model, cluster });
    if (alarms !== undefined) this.alarms = alarms;
    if (dashboard !== undefined) this.dashboard = dashboard;
    applyTags(this, model);
    warnAboutTheRest(this, model);
  }
}

class EnvironmentCluster extends Ec2KafkaClusterBase {
  public _reconciledBy?: Reconciler;

  public constructor(scope: Construct, id: string, cluster: Ec2ClusterModel) {
    super(scope, id, () => cluster);
  }

  protected override get environmentReconciler(): Construct | undefined {
    return this._reconciledBy;
  }
}
