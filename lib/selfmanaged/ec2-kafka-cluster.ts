import { Names, Stack, Token } from 'aws-cdk-lib/core';
import type { Size } from 'aws-cdk-lib/core';
import type { IVpc, SubnetSelection } from 'aws-cdk-lib/aws-ec2';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import type { KafkaLagPromise } from '../aws/alarms';
import { ClientAuthentication } from '../aws/client-authentication';
import type { IKafkaCluster } from '../aws/kafka-cluster';
import { refuse, type PropertyProblem } from '../aws/private/construct-failure';
import { resolve } from '../core/model';
import { check } from '../core/rules';
import type { KafkaVersion } from '../core/versions/kafka-version';
import type { Ec2Certificates } from './ec2-certificates';
import { Ec2KafkaClusterBase, type Ec2ClusterModel } from './ec2-kafka-cluster-base';
import type { Ec2KafkaClusterAttributes } from './ec2-kafka-cluster-attributes';
import { ImportedEc2KafkaCluster } from './private/imported-cluster';
import { clusterSpec, type PoolOptions, type SpecOptions } from './private/cluster-spec';

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
   * Type of the instances; its processors decide about the image.
   *
   * @default - `t4g.medium` for controllers, `m7g.large` for brokers
   */
  readonly instanceType?: string;
  /**
   * Throughput of the data volume of each node, MiB/s: 125 to 2000.
   *
   * @default 125
   */
  readonly throughputMiBps?: number;
  /**
   * Operations a second of the data volume of each node: 3000 to 80000, at most 500 for each GiB.
   *
   * @default - what the throughput needs, at least 3000
   */
  readonly iops?: number;
}

/** Snapshots of the volumes of a cluster. */
export interface Ec2Snapshots {
  /** Hours between two of them: 1, 2, 3, 4, 6, 8, 12 or 24. */
  readonly everyHours: number;
  /** How many of each volume are kept. */
  readonly keep: number;
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
   * `jmx_prometheus_javaagent.jar`, with their checksums in `packages.sha256`; `kdk packages` writes all three.
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
   * SSM parameter with the id of the image for instances with processors of AWS (arm64): Amazon Linux 2023, or what has the same in it.
   *
   * @default - the newest Amazon Linux 2023
   */
  readonly arm64Image?: string;
  /**
   * SSM parameter with the id of the image for all other instances (x86_64).
   *
   * @default - the newest Amazon Linux 2023
   */
  readonly x86Image?: string;
  /**
   * Snapshots of all volumes, each as after a loss of power: for a volume that was lost, not for the cluster at one moment.
   *
   * @default - none
   */
  readonly snapshots?: Ec2Snapshots;
  /**
   * Promises of consumer groups, by group id: their lag is published, and `Ec2Alarms` holds them to it.
   *
   * @default - none
   */
  readonly lag?: Record<string, KafkaLagPromise>;
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
  /** A cluster that another stack made: its addresses and its security groups. */
  public static fromClusterAttributes(
    scope: Construct,
    id: string,
    attributes: Ec2KafkaClusterAttributes,
  ): IKafkaCluster {
    return new ImportedEc2KafkaCluster(scope, id, attributes);
  }

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
      ec2: targetSettings(props),
      ...(props.lag === undefined ? {} : { lag: lagPromises(props.lag) }),
    }),
  );
  const errors = [...issues, ...check(model)].filter(({ level }) => level === 'error');
  refuse(scope, 'EC2-REFUSED', [
    ...errors.map(({ path, message, hint }) => ({ property: path, message, hint })),
    ...snapshotProblems(props),
  ]);
  return {
    model,
    network: { vpcId: props.vpc.vpcId, subnetIds },
    ...(props.encryptionKey === undefined ? {} : { encryptionKeyArn: props.encryptionKey.keyArn }),
  };
}

function lagPromises(lag: Record<string, KafkaLagPromise>): NonNullable<SpecOptions['lag']> {
  return Object.fromEntries(
    Object.entries(lag).map(([group, { maxTimeLag, maxOffsetLag }]) => [
      group,
      {
        ...(maxTimeLag === undefined ? {} : { maxTimeLag: `${maxTimeLag.toSeconds()}s` as const }),
        ...(maxOffsetLag === undefined ? {} : { maxOffsetLag }),
      },
    ]),
  );
}

type Ec2Spec = SpecOptions['ec2'];

function targetSettings(props: Ec2KafkaClusterProps): Ec2Spec {
  const { dnsZone, certificates, arm64Image, x86Image, snapshots } = props;
  const images = {
    ...(arm64Image === undefined ? {} : { arm64: arm64Image }),
    ...(x86Image === undefined ? {} : { x86_64: x86Image }),
  };
  return {
    ...(dnsZone === undefined ? {} : { dnsZone }),
    ...(certificates === undefined ? {} : { certificates }),
    ...(Object.keys(images).length === 0 ? {} : { images }),
    ...(snapshots === undefined
      ? {}
      : {
          snapshots: {
            every: `${snapshots.everyHours}h` as NonNullable<Ec2Spec['snapshots']>['every'],
            keep: snapshots.keep,
          },
        }),
  };
}

/** What the schema refuses in a file. */
function snapshotProblems({ snapshots }: Ec2KafkaClusterProps): PropertyProblem[] {
  if (snapshots === undefined) return [];
  const { everyHours, keep } = snapshots;
  return [
    ...([1, 2, 3, 4, 6, 8, 12, 24].includes(everyHours)
      ? []
      : [
          {
            property: 'snapshots.everyHours',
            message: `no interval of Amazon Data Lifecycle Manager, got ${everyHours}; 1, 2, 3, 4, 6, 8, 12 and 24 are allowed.`,
            hint: 'Choose one of them.',
          },
        ]),
    ...(Number.isInteger(keep) && keep >= 1 && keep <= 1000
      ? []
      : [
          {
            property: 'snapshots.keep',
            message: `not a number of snapshots, got ${keep}; 1 to 1000 are allowed.`,
            hint: 'Choose another number.',
          },
        ]),
  ];
}

function pool(options: Ec2NodePool, fallbackName: string, roles: PoolOptions['roles']): PoolOptions {
  return {
    name: options.name ?? fallbackName,
    roles,
    count: options.count,
    volumeGiB: options.storage.toGibibytes(),
    ...(options.instanceType === undefined ? {} : { instanceType: options.instanceType }),
    ...(options.throughputMiBps === undefined ? {} : { throughputMiBps: options.throughputMiBps }),
    ...(options.iops === undefined ? {} : { iops: options.iops }),
  };
}
