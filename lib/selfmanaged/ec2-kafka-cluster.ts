import { Names, Stack, Token } from 'aws-cdk-lib/core';
import type { Size } from 'aws-cdk-lib/core';
import type { IVpc, SubnetSelection } from 'aws-cdk-lib/aws-ec2';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import { ClientAuthentication } from '../aws/client-authentication';
import { refuse } from '../aws/private/construct-failure';
import { resolve } from '../core/model';
import { check } from '../core/rules';
import type { KafkaVersion } from '../core/versions/kafka-version';
import type { Ec2Certificates } from './ec2-certificates';
import { Ec2KafkaClusterBase, type Ec2ClusterModel } from './ec2-kafka-cluster-base';
import { clusterSpec, type PoolOptions } from './private/cluster-spec';

/** Nodes that share their role, size and storage. */
export interface Ec2NodePool {
  /** Number of nodes; they are spread over the zones in turn. */
  readonly count: number;
  /** Size of the data volume of each node. */
  readonly storage: Size;
  /**
   * Name of the pool; nodes are called after it.
   *
   * @default - `controllers`, `brokers`, or `brokers-2` and so on for further pools
   */
  readonly name?: string;
  /**
   * Type of the instances, arm64.
   *
   * @default - `t4g.medium` for controllers, `m7g.large` for brokers
   */
  readonly instanceType?: string;
}

/** Properties of a self-managed Apache Kafka cluster on EC2. */
export interface Ec2KafkaClusterProps {
  /** The Apache Kafka version, 4.1 or newer. */
  readonly kafkaVersion: KafkaVersion;
  /** The VPC that the nodes live in. */
  readonly vpc: IVpc;
  /**
   * Which subnets of `vpc`, each in a zone of its own.
   *
   * @default - the private subnets
   */
  readonly vpcSubnets?: SubnetSelection;
  /** The controllers: 3, or 5 to survive two failures at once. */
  readonly controllers: Ec2NodePool;
  /** The brokers, by pool. */
  readonly brokers: Ec2NodePool[];
  /**
   * Folder in S3 that instances fetch from, for example `s3://my-packages/kafka`: `kafka_2.13-VERSION.tgz` and
   * `jmx_prometheus_javaagent.jar`.
   */
  readonly packages: string;
  /**
   * Name of the cluster; its ids and the names of its nodes come from it.
   *
   * @default - made from the path of the construct
   */
  readonly clusterName?: string;
  /**
   * How clients prove who they are; each has a listener of its own.
   *
   * @default [ClientAuthentication.SCRAM_SHA_512]
   */
  readonly clientAuthentications?: ClientAuthentication[];
  /**
   * Broker options by their Kafka names; they override those of the kit.
   *
   * @default - the production defaults of the kit
   */
  readonly configuration?: Record<string, string>;
  /**
   * Private DNS zone that gives each node its name.
   *
   * @default - `CLUSTER.kafka.internal`
   */
  readonly dnsZone?: string;
  /**
   * Who makes the certificates of nodes, administrator and clients.
   *
   * @default Ec2Certificates.STACK
   */
  readonly certificates?: Ec2Certificates;
  /**
   * Customer key for volumes and secrets.
   *
   * @default - a new key
   */
  readonly encryptionKey?: IKey;
}

/**
 * A self-managed Apache Kafka cluster with KRaft on EC2. Every node has a network interface, a volume and a DNS name that stay when its
 * instance is replaced.
 */
export class Ec2KafkaCluster extends Ec2KafkaClusterBase {
  public constructor(scope: Construct, id: string, props: Ec2KafkaClusterProps) {
    super(scope, id, (self) => describe(self, props));
  }
}

/** Stands where the stack does not know its account; nothing is made of it. */
const ANY_ACCOUNT = '000000000000';

function describe(scope: Construct, props: Ec2KafkaClusterProps): Ec2ClusterModel {
  const { subnetIds, availabilityZones } = props.vpc.selectSubnets({ onePerAz: true, ...props.vpcSubnets });
  refuse(
    scope,
    'EC2-ZONES',
    availabilityZones.some((zone) => Token.isUnresolved(zone))
      ? [
          {
            property: 'vpc',
            message:
              'the names of its zones are only known while deploying, got a token; literal names are needed, since they are the racks of the brokers.',
            hint: 'Give the VPC availabilityZones.',
          },
        ]
      : [],
  );
  const { account } = Stack.of(scope);
  const { model, issues } = resolve(
    clusterSpec({
      name: props.clusterName ?? Names.uniqueResourceName(scope, { maxLength: 40, separator: '-' }).toLowerCase(),
      kafkaVersion: props.kafkaVersion.version,
      pools: [
        pool(props.controllers, 'controllers', ['controller']),
        ...props.brokers.map((brokers, index) =>
          pool(brokers, index === 0 ? 'brokers' : `brokers-${index + 1}`, ['broker']),
        ),
      ],
      zones: availabilityZones,
      authentications: props.clientAuthentications ?? [ClientAuthentication.SCRAM_SHA_512],
      config: props.configuration ?? {},
      packages: props.packages,
      account: Token.isUnresolved(account) ? ANY_ACCOUNT : account,
      ec2: {
        ...(props.dnsZone === undefined ? {} : { dnsZone: props.dnsZone }),
        ...(props.certificates === undefined ? {} : { certificates: props.certificates }),
      },
    }),
  );
  const errors = [...issues, ...check(model)].filter(({ level }) => level === 'error');
  refuse(
    scope,
    'EC2-REFUSED',
    errors.map(({ path, message, hint }) => ({ property: path, message, hint })),
  );
  return {
    model,
    network: { vpcId: props.vpc.vpcId, subnetIds },
    ...(props.encryptionKey === undefined ? {} : { encryptionKeyArn: props.encryptionKey.keyArn }),
  };
}

function pool(options: Ec2NodePool, fallbackName: string, roles: PoolOptions['roles']): PoolOptions {
  return {
    name: options.name ?? fallbackName,
    roles,
    count: options.count,
    volumeGiB: options.storage.toGibibytes(),
    ...(options.instanceType === undefined ? {} : { instanceType: options.instanceType }),
  };
}
