import { Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import { formatLock, lockEntry, withTarget } from '../lib/core/lock';
import type { EnvironmentModel } from '../lib/core/model';
import type { KafkaVersion } from '../lib/core/versions/kafka-version';
import type { ImageFolder } from './image-folder';
import { KafkaListener } from './kafka-listener';
import type { NodePool } from './node-pool';
import { byName, modelOfProperties } from './private/environment-model';
import { addKafka } from './private/objects';

/** Where `broker.rack` comes from. It never changes: StatefulSets are named by it. */
export enum RackSource {
  /** One StatefulSet a zone, which `racks` names; on any version of Kubernetes. */
  STATEFULSET_PER_ZONE = 'statefulset-per-zone',
  /** The label `topology.kubernetes.io/zone` of the pod, which Kubernetes 1.35 and later copy from its node. */
  POD_ZONE_LABEL = 'pod-zone-label',
}

/** Who makes the certificates of nodes. */
export enum CertificateSource {
  /** cert-manager, which must be there, from Issuers and Certificates among the objects. */
  CERT_MANAGER = 'cert-manager',
  /** You, as a Secret `<name>-tls` with `tls.crt`, `tls.key` (PKCS #8) and `ca.crt`. */
  SECRET = 'secret',
}

/** Whether the cluster was formed before. */
export enum ClusterFormation {
  /** The controllers form the quorum when they start for the first time. */
  FIRST = 'first',
  /** The quorum is there: a controller with an empty disk joins it, instead of being a voter that forgot its votes. */
  FORMED = 'formed',
}

/** Properties of a Kafka cluster on Kubernetes. */
export interface KafkaChartProps {
  /** Namespace of all objects; it has to be there. */
  readonly namespace: string;
  /** Version of Apache Kafka; that of the image. */
  readonly kafkaVersion: KafkaVersion;
  /** Version of Kubernetes, for example `1.34`. */
  readonly kubernetesVersion: string;
  /** Image with Apache Kafka in `/opt/kafka`, Java and bash: one that `kdk images` makes, or `apache/kafka`; by digest in production. */
  readonly image: string;
  /** The nodes of the cluster. */
  readonly nodePools: NodePool[];
  /**
   * Name of the cluster; names of all objects and all derived ids come from it, so it never changes.
   *
   * @default - the id of the chart
   */
  readonly clusterName?: string;
  /**
   * Listeners for clients.
   *
   * @default - one called `internal`, with SCRAM
   */
  readonly listeners?: KafkaListener[];
  /**
   * Where the JMX exporter comes from if the image lacks `/opt/jmx-exporter/jmx_prometheus_javaagent.jar`, as `apache/kafka` does.
   *
   * @default - the image has it
   */
  readonly jmxExporter?: ImageFolder;
  /**
   * Secrets of the namespace with log-ins to private registries.
   *
   * @default - none
   */
  readonly imagePullSecrets?: string[];
  /**
   * Zones that nodes are spread over.
   *
   * @default - none
   */
  readonly racks?: string[];
  /**
   * Where `broker.rack` comes from.
   *
   * @default RackSource.STATEFULSET_PER_ZONE
   */
  readonly rackSource?: RackSource;
  /**
   * Who makes the certificates of nodes.
   *
   * @default CertificateSource.CERT_MANAGER
   */
  readonly certificates?: CertificateSource;
  /**
   * Storage class of the volumes.
   *
   * @default - the one of the Kubernetes cluster
   */
  readonly storageClass?: string;
  /**
   * Broker options for every node, by their Kafka names.
   *
   * @default - those of the kit
   */
  readonly config?: { readonly [option: string]: string };
  /**
   * Whether the cluster was formed before. Say `FORMED` once it was: only an empty disk asks for it.
   *
   * @default - what the lock file says, else ClusterFormation.FIRST
   */
  readonly formation?: ClusterFormation;
  /**
   * Path of a file, committed beside the program, that holds what must not change by accident: names, claims, ids, ports. The chart is
   * compared with it, and an error says what Kubernetes or clients would not bear, and how to get there all the same. Write `lockText()`
   * there once the cluster is made; while there is none nothing is compared.
   *
   * @default - nothing is compared
   */
  readonly lockFile?: string;
  /**
   * Changes against the lock file that are meant.
   *
   * @default - none
   */
  readonly acknowledge?: KafkaAcknowledgement[];
}

/** One change against the lock file that is meant. It matches exactly this change, so it expires by itself. */
export interface KafkaAcknowledgement {
  /** As the error names it, for example `LOCK-FIXED`. */
  readonly code: string;
  /** As the error names it, for example `nodePools.brokers.volumes`. */
  readonly path: string;
  /** What the lock says. */
  readonly from: string;
  /** What is wanted. */
  readonly to: string;
  /** Why. */
  readonly reason: string;
}

/**
 * A Kafka cluster on Kubernetes: controllers and brokers as plain objects, without an operator and without rights of their own.
 *
 * Throws one error that lists every issue where the properties do not make a cluster.
 *
 * @example
 * new KafkaChart(app, 'events', {
 *   namespace: 'kafka', kafkaVersion: KafkaVersion.V4_3, kubernetesVersion: '1.34', image,
 *   nodePools: [
 *     NodePool.controllers({ replicas: 3, volumes: [Size.gibibytes(20)] }),
 *     NodePool.brokers('brokers', { replicas: 3, volumes: [Size.gibibytes(500)] }),
 *   ],
 * });
 */
export class KafkaChart extends Chart {
  /** @internal */
  public readonly _spec: Record<string, unknown>;
  private readonly model: EnvironmentModel;

  public constructor(scope: Construct, id: string, props: KafkaChartProps) {
    super(scope, id);
    this._spec = specOf(id, props);
    const { acknowledge, formation, lockFile } = props;
    const spec = acknowledge === undefined ? this._spec : { ...this._spec, acknowledge };
    this.model = modelOfProperties(spec, this.node.path, { formation, lockFile });
    addKafka(this, this.model);
  }

  /** The text of `lockFile`: what must not change by accident, as it is now. */
  public lockText(): string {
    const { model } = this;
    return formatLock(withTarget(undefined, model.name, model.target, lockEntry(model)));
  }
}

function specOf(id: string, props: KafkaChartProps): Record<string, unknown> {
  const { listeners = [KafkaListener.scram('internal')] } = props;
  const external = listeners.flatMap((listener) => {
    const access = listener._external();
    return access === undefined ? [] : [[listener.listenerName, access] as const];
  });
  const pods = Object.fromEntries(
    props.nodePools.flatMap((pool) => {
      const spec = pool._pods();
      return spec === undefined ? [] : [[pool.poolName, spec]];
    }),
  );
  return {
    name: props.clusterName ?? id,
    target: 'kubernetes',
    kafka: { version: props.kafkaVersion.version, config: props.config ?? {} },
    nodePools: byName('nodePools', props.nodePools, ({ poolName }) => poolName),
    listeners: byName('listeners', listeners, ({ listenerName }) => listenerName),
    ...(props.racks === undefined ? {} : { racks: props.racks }),
    targets: {
      kubernetes: {
        version: props.kubernetesVersion,
        namespace: props.namespace,
        images: {
          kafka: props.image,
          ...(props.jmxExporter === undefined ? {} : { jmxExporter: props.jmxExporter._spec() }),
          ...(props.imagePullSecrets === undefined ? {} : { pullSecrets: props.imagePullSecrets }),
        },
        ...(external.length === 0 ? {} : { listeners: Object.fromEntries(external) }),
        ...(props.rackSource === undefined ? {} : { rackSource: props.rackSource }),
        ...(props.certificates === undefined ? {} : { certificates: props.certificates }),
        ...(props.storageClass === undefined ? {} : { storageClass: props.storageClass }),
        ...(Object.keys(pods).length === 0 ? {} : { pods }),
      },
    },
  };
}
