import { Chart, type Size } from 'cdk8s';
import type { Construct } from 'constructs';
import type { EnvironmentModel } from '../lib/core/model';
import type { KafkaBrokers } from './kafka-brokers';
import type { KafkaChart } from './kafka-chart';
import type { MirrorSource } from './mirror-source';
import { modelOfProperties, requireOneOf } from './private/environment-model';
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

/** Where workers of mirrors are whose brokers are elsewhere. */
export interface MirrorMakerElsewhereProps {
  /** The brokers that records are copied into; the rights of the workers are made there. */
  readonly brokers: KafkaBrokers;
  /** Namespace of all objects; it has to be there. */
  readonly namespace: string;
  /** Version of Kubernetes, for example `1.34`. */
  readonly kubernetesVersion: string;
  /** Image with Apache Kafka in `/opt/kafka`, Java and bash; by digest in production. */
  readonly image: string;
}

/** Properties of MirrorMaker on Kubernetes. */
export interface MirrorMakerChartProps {
  /**
   * The cluster that records are copied into, where it is a chart of this application.
   *
   * @default - that of `elsewhere`
   */
  readonly cluster?: KafkaChart;
  /**
   * The cluster that records are copied into, and where the workers are, where its brokers are elsewhere.
   *
   * @default - that of `cluster`
   */
  readonly elsewhere?: MirrorMakerElsewhereProps;
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
   * CPU that each worker asks for, for example `500m`; there is no limit.
   *
   * @default - 500m
   */
  readonly cpu?: string;
  /**
   * The listener of the cluster that the workers use.
   *
   * @default - the first one
   */
  readonly listener?: string;
  /**
   * ARN of the role of the workers, for brokers here or at a source that ask for IAM.
   *
   * @default - what EKS Pod Identity associates with their service account `<cluster>-mirror`
   */
  readonly iamRoleArn?: string;
  /**
   * Options of the workers.
   *
   * @default - those of the kit
   */
  readonly config?: { readonly [option: string]: string };
}

/**
 * MirrorMaker 2 on workers of its own: topics of other clusters, and offsets of their groups, copied into a cluster of this application or elsewhere.
 *
 * The workers log in as the user `<cluster>-mirror`, with the password in the Secret `<cluster>-mirror-user`.
 *
 * Throws one error that lists every issue where the properties do not make mirrors.
 */
export class MirrorMakerChart extends Chart {
  public constructor(scope: Construct, id: string, props: MirrorMakerChartProps) {
    super(scope, id);
    const { elsewhere } = props;
    const { path } = this.node;
    requireOneOf(path, props);
    const model =
      elsewhere === undefined
        ? modelOfProperties(specBeside(props.cluster!, props), path)
        : modelElsewhere(props, elsewhere, path);
    addMirrors(this, model);
    if (elsewhere === undefined) addMirrorAccess(this, model);
  }
}

/** What is said of the mirrors with the brokers that they write to. */
function mirrorsSpec({ mirrors }: MirrorMakerChartProps): Record<string, unknown> {
  const secrets = Object.values(mirrors).flatMap(({ source }) => source._secretName ?? []);
  return {
    secrets: Object.fromEntries(secrets.map((name) => [name, { id: name }])),
    mirrors: Object.fromEntries(Object.entries(mirrors).map(([name, mirror]) => [name, mirrorSpec(mirror)])),
  };
}

function specBeside(cluster: KafkaChart, props: MirrorMakerChartProps): Record<string, unknown> {
  const { kubernetes } = cluster._spec.targets as { kubernetes: { images: object } };
  const { listener, iamRoleArn } = props;
  return {
    ...cluster._spec,
    ...mirrorsSpec(props),
    targets: {
      kubernetes: {
        ...kubernetes,
        images: { ...kubernetes.images, ...toolsOf(props) },
        mirrorMaker: {
          ...workersSpec(props),
          ...(listener === undefined ? {} : { listener }),
          ...(iamRoleArn === undefined ? {} : { iamRole: iamRoleArn }),
        },
      },
    },
  };
}

function modelElsewhere(
  props: MirrorMakerChartProps,
  { brokers, namespace, kubernetesVersion, image }: MirrorMakerElsewhereProps,
  chart: string,
): EnvironmentModel {
  const name = 'pods';
  const { listener, iamRoleArn } = props;
  const connect = {
    runtime: { environment: name },
    ...(listener === undefined ? {} : { listener }),
    ...(iamRoleArn === undefined ? {} : { iamRole: iamRoleArn }),
  };
  const images = { kafka: image, ...toolsOf(props) };
  const kubernetes = { version: kubernetesVersion, namespace, images, mirrorMaker: workersSpec(props) };
  return modelOfProperties(
    {
      name,
      target: 'kubernetes',
      brokers: { environment: './brokers.yaml', ...brokers._access() },
      targets: { kubernetes },
    },
    chart,
    { brokers: { ...brokers._spec(), ...mirrorsSpec(props), connect } },
  );
}

function workersSpec({ replicas, memory, cpu, config }: MirrorMakerChartProps): Record<string, unknown> {
  return {
    ...(replicas === undefined ? {} : { replicas }),
    ...(memory === undefined ? {} : { memory: `${memory.toMebibytes()}MiB` }),
    ...(cpu === undefined ? {} : { cpu }),
    config: config ?? {},
  };
}

function toolsOf({ toolsImage }: MirrorMakerChartProps): Record<string, unknown> {
  return toolsImage === undefined ? {} : { tools: toolsImage };
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
