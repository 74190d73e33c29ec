import { Chart, type Size } from 'cdk8s';
import type { Construct } from 'constructs';
import type { KafkaChart } from './kafka-chart';
import type { MirrorSource } from './mirror-source';
import { modelOfProperties } from './private/environment-model';
import { addMirrors } from './private/objects';
import { addMirrorAccess } from './private/reconcile-job';

/** What topics are called where they are copied to. */
export enum MirrorTopicNaming {
  /** `<mirror>.<topic>`; a record never comes back. */
  PREFIXED = 'prefixed',
  /** As they are called at the source; for one way only. */
  IDENTICAL = 'identical',
}

/** How often a record arrives. */
export enum MirrorDelivery {
  /** By transactions. */
  EXACTLY_ONCE = 'exactly-once',
  /** Without waiting for what is not committed at the source. */
  AT_LEAST_ONCE = 'at-least-once',
}

/** A flow of records from another cluster. */
export interface MirrorProps {
  /** Where records come from. */
  readonly source: MirrorSource;
  /** Topics that are copied; a trailing `*` makes a prefix. */
  readonly topics: string[];
  /**
   * Consumer groups whose offsets are translated.
   *
   * @default - all
   */
  readonly groups?: string[];
  /**
   * What topics are called here.
   *
   * @default MirrorTopicNaming.PREFIXED
   */
  readonly topicNaming?: MirrorTopicNaming;
  /**
   * How often a record arrives.
   *
   * @default MirrorDelivery.EXACTLY_ONCE
   */
  readonly delivery?: MirrorDelivery;
  /**
   * Tasks at most.
   *
   * @default 1
   */
  readonly tasksMax?: number;
  /**
   * Options of the connector that copies records, by their names in MirrorMaker.
   *
   * @default - those of the kit
   */
  readonly config?: { readonly [option: string]: string };
}

/** Properties of MirrorMaker on Kubernetes. */
export interface MirrorMakerChartProps {
  /** The cluster that records are copied into. */
  readonly cluster: KafkaChart;
  /** Mirrors by name; the name stands in front of the names of topics. */
  readonly mirrors: { readonly [mirror: string]: MirrorProps };
  /**
   * Image with `kdk`, whose Jobs make the user of the workers, its rights and the connectors, and restart what has failed.
   *
   * @default - none, and no Jobs
   */
  readonly toolsImage?: string;
  /**
   * Number of workers.
   *
   * @default 2
   */
  readonly replicas?: number;
  /**
   * Memory of each worker, request and limit.
   *
   * @default - 2 GiB
   */
  readonly memory?: Size;
  /**
   * The listener of the cluster that the workers use.
   *
   * @default - the first one
   */
  readonly listener?: string;
  /**
   * Options of the workers.
   *
   * @default - those of the kit
   */
  readonly config?: { readonly [option: string]: string };
}

/**
 * MirrorMaker 2 on workers of its own: topics of other clusters, and offsets of their groups, copied into a cluster of this application.
 *
 * The workers log in as the user `<cluster>-mirror`, with the password in the Secret `<cluster>-mirror-user`.
 *
 * Throws one error that lists every issue where the properties do not make mirrors.
 */
export class MirrorMakerChart extends Chart {
  public constructor(scope: Construct, id: string, props: MirrorMakerChartProps) {
    super(scope, id);
    const model = modelOfProperties(specOf(props), this.node.path);
    addMirrors(this, model);
    addMirrorAccess(this, model);
  }
}

function specOf(props: MirrorMakerChartProps): Record<string, unknown> {
  const { cluster, mirrors, toolsImage, replicas, memory, listener, config } = props;
  const { kubernetes } = cluster._spec.targets as { kubernetes: { images: object } };
  const secrets = Object.values(mirrors).flatMap(({ source }) => source._secretName ?? []);
  return {
    ...cluster._spec,
    secrets: Object.fromEntries(secrets.map((name) => [name, { id: name }])),
    mirrors: Object.fromEntries(Object.entries(mirrors).map(([name, mirror]) => [name, mirrorSpec(mirror)])),
    targets: {
      kubernetes: {
        ...kubernetes,
        images: { ...kubernetes.images, ...(toolsImage === undefined ? {} : { tools: toolsImage }) },
        mirrorMaker: {
          ...(replicas === undefined ? {} : { replicas }),
          ...(memory === undefined ? {} : { memory: `${memory.toMebibytes()}MiB` }),
          ...(listener === undefined ? {} : { listener }),
          config: config ?? {},
        },
      },
    },
  };
}

function mirrorSpec({ source, topics, groups, topicNaming, delivery, tasksMax, config }: MirrorProps) {
  return {
    source: source._spec(),
    topics,
    config: config ?? {},
    ...(groups === undefined ? {} : { groups }),
    ...(topicNaming === undefined ? {} : { topicNaming }),
    ...(delivery === undefined ? {} : { deliveryGuarantee: delivery }),
    ...(tasksMax === undefined ? {} : { tasksMax }),
  };
}
