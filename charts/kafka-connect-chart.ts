import { Chart, type Size } from 'cdk8s';
import type { Construct } from 'constructs';
import type { ImageFolder } from './image-folder';
import type { KafkaChart } from './kafka-chart';
import { Failure } from '../lib/core/issue';
import type { EnvironmentModel } from '../lib/core/model';
import type { KafkaBrokers } from './kafka-brokers';
import type { StreamAppScaler } from './stream-app-scaling';
import { modelOfProperties, requireOneOf } from './private/environment-model';
import { addConnect } from './private/objects';
import { addReconciler } from './private/reconcile-job';

/** A value in a Secret of the namespace. */
export interface SecretKeyReference {
  /** Name of the Secret. */
  readonly secretName: string;
  /** Key in it that holds the value. */
  readonly key: string;
}

/** What a connector does. */
export enum KafkaConnectorState {
  /** Its tasks run. */
  RUNNING = 'running',
  /** Its tasks are there and do nothing. */
  PAUSED = 'paused',
  /** It has no tasks, and keeps its offsets. */
  STOPPED = 'stopped',
}

/** A connector. */
export interface KafkaConnectorProps {
  /** Java class of the connector. */
  readonly connectorClass: string;
  /**
   * The plugin that holds the class, one of `plugins`.
   *
   * @default - one that Kafka brings along
   */
  readonly plugin?: string;
  /**
   * Tasks at most.
   *
   * @default 1
   */
  readonly tasksMax?: number;
  /**
   * Wanted state.
   *
   * @default KafkaConnectorState.RUNNING
   */
  readonly state?: KafkaConnectorState;
  /**
   * Options of the connector.
   *
   * @default - none
   */
  readonly config?: { readonly [option: string]: string };
  /**
   * Options of the connector whose values are secrets.
   *
   * @default - none
   */
  readonly secretConfig?: { readonly [option: string]: SecretKeyReference };
}

/** Where workers are whose brokers are elsewhere. */
export interface KafkaConnectElsewhereProps {
  /** The brokers. */
  readonly brokers: KafkaBrokers;
  /** Namespace of all objects; it has to be there. */
  readonly namespace: string;
  /** Version of Kubernetes, for example `1.34`. */
  readonly kubernetesVersion: string;
  /** Image with Apache Kafka in `/opt/kafka`, Java and bash; by digest in production. */
  readonly image: string;
}

/** Properties of Kafka Connect on Kubernetes. */
export interface KafkaConnectChartProps {
  /**
   * The brokers that the workers use, where they are a chart of this application.
   *
   * @default - those of `elsewhere`
   */
  readonly cluster?: KafkaChart;
  /**
   * The brokers that the workers use, and where the workers are, where the brokers are elsewhere.
   *
   * @default - those of `cluster`
   */
  readonly elsewhere?: KafkaConnectElsewhereProps;
  /**
   * Image with `kdk`, whose Jobs make what the workers need and the connectors, and restart what has failed.
   *
   * @default - none, and no Jobs
   */
  readonly toolsImage?: string;
  /**
   * CPU that each worker asks for, for example `500m`; there is no limit.
   *
   * @default - 500m
   */
  readonly cpu?: string;
  /**
   * Workers at most, while they are busy; `replicas` are there always.
   *
   * @default - no autoscaling
   */
  readonly maxReplicas?: number;
  /**
   * Records that a sink may be behind for each worker; more add workers, up to `maxReplicas`.
   *
   * @default - workers are added by the CPU that they use
   */
  readonly lag?: number;
  /**
   * Who looks at the lag.
   *
   * @default StreamAppScaler.HORIZONTAL_POD_AUTOSCALER
   */
  readonly scaler?: StreamAppScaler;
  /**
   * ARN of the role of the workers, for brokers that ask for IAM, and for connectors that use AWS.
   *
   * @default - where the brokers ask for IAM, what EKS Pod Identity associates with their service account; else none
   */
  readonly iamRoleArn?: string;
  /**
   * Number of workers.
   *
   * @default 2
   */
  readonly replicas?: number;
  /**
   * Memory of each worker, request and limit; three quarters of it are Java heap.
   *
   * @default - 2 GiB
   */
  readonly memory?: Size;
  /**
   * The listener that the workers use.
   *
   * @default - the first one of the cluster
   */
  readonly listener?: string;
  /**
   * Options of the workers.
   *
   * @default - those of the kit
   */
  readonly config?: { readonly [option: string]: string };
  /**
   * Plugins by name, with their Maven coordinates. The image has the jars of each in `/opt/kafka/plugins/<name>`, or `pluginImages` bring them.
   *
   * @default - none
   */
  readonly plugins?: { readonly [plugin: string]: string };
  /**
   * Images that bring plugins, by their names.
   *
   * @default - the Kafka image has them all
   */
  readonly pluginImages?: { readonly [plugin: string]: ImageFolder };
  /**
   * Connectors by name.
   *
   * @default - none
   */
  readonly connectors?: { readonly [connector: string]: KafkaConnectorProps };
  /**
   * Connectors that are to go, with the reason. Their offsets stay.
   *
   * @default - none
   */
  readonly deletedConnectors?: { readonly [connector: string]: string };
}

/**
 * Workers of Kafka Connect for a cluster, and a ConfigMap with its connectors as the REST interface of Connect takes them.
 *
 * They log in as the user `<cluster>-connect`, with the password in the Secret `<cluster>-connect-user`. Several groups of workers for one
 * cluster are charts with brokers `elsewhere`, each under a name of its own.
 *
 * Throws one error that lists every issue where the properties do not make workers.
 */
export class KafkaConnectChart extends Chart {
  public constructor(scope: Construct, id: string, props: KafkaConnectChartProps) {
    super(scope, id);
    const { cluster, elsewhere, toolsImage } = props;
    requireOneOf(this.node.path, props);
    if (props.lag !== undefined && props.maxReplicas === undefined) {
      throw new Failure(
        'CHART-PROPERTIES',
        `${this.node.path}: there is no end to the workers, got lag ${props.lag} without maxReplicas; both are needed.`,
        'Give maxReplicas.',
      );
    }
    if (props.iamRoleArn !== undefined && !/^arn:aws[\w-]*:iam::\d{12}:role\//.test(props.iamRoleArn)) {
      throw new Failure(
        'CHART-PROPERTIES',
        `${this.node.path}: not the ARN of a role, got ${props.iamRoleArn}; arn:aws:iam::ACCOUNT:role/NAME is needed.`,
        'Give the ARN.',
      );
    }
    const model =
      elsewhere === undefined
        ? modelOfProperties(
            { ...cluster!._spec, ...specOf(props), ...targetsOf(props, cluster!._spec) },
            this.node.path,
          )
        : modelElsewhere(props, elsewhere, this.node.path);
    addConnect(this, model);
    if (toolsImage !== undefined) addReconciler(this, model);
  }
}

function specOf(props: KafkaConnectChartProps): Record<string, unknown> {
  const connectors = Object.entries(props.connectors ?? {});
  const secrets = connectors.flatMap(([, { secretConfig }]) =>
    Object.values(secretConfig ?? {}).map(({ secretName }) => secretName),
  );
  return {
    secrets: Object.fromEntries(secrets.map((name) => [name, { id: name }])),
    connect: {
      ...(props.replicas === undefined ? {} : { replicas: props.replicas }),
      ...(props.memory === undefined ? {} : { memory: `${props.memory.toMebibytes()}MiB` }),
      ...(props.listener === undefined ? {} : { listener: props.listener }),
      ...(props.iamRoleArn === undefined ? {} : { iamRole: props.iamRoleArn }),
      config: props.config ?? {},
      plugins: Object.fromEntries(Object.entries(props.plugins ?? {}).map(([name, maven]) => [name, { maven }])),
      connectors: Object.fromEntries([
        ...connectors.map(([name, connector]) => [name, connectorSpec(connector)] as const),
        ...Object.entries(props.deletedConnectors ?? {}).map(
          ([name, reason]) => [name, { deleted: { reason } }] as const,
        ),
      ]),
    },
  };
}

/** The settings of the cluster, with what the workers add to them. */
function targetsOf(props: KafkaConnectChartProps, cluster: Record<string, unknown>): Record<string, unknown> {
  const { kubernetes } = cluster.targets as { kubernetes: { images: object } };
  return { targets: { kubernetes: { ...kubernetes, ...settingsOf(props, kubernetes.images) } } };
}

function settingsOf(props: KafkaConnectChartProps, images: object): Record<string, unknown> {
  const { pluginImages, toolsImage, cpu, maxReplicas, lag, scaler } = props;
  const plugins = Object.entries(pluginImages ?? {}).map(([name, folder]) => [name, folder._spec()] as const);
  return {
    images: {
      ...images,
      ...(pluginImages === undefined ? {} : { plugins: Object.fromEntries(plugins) }),
      ...(toolsImage === undefined ? {} : { tools: toolsImage }),
    },
    connect: {
      ...(cpu === undefined ? {} : { cpu }),
      ...(maxReplicas === undefined ? {} : { autoscaling: { maxReplicas, ...(lag === undefined ? {} : { lag }) } }),
    },
    ...(scaler === undefined ? {} : { autoscaling: { by: scaler } }),
  };
}

function modelElsewhere(
  props: KafkaConnectChartProps,
  { brokers, namespace, kubernetesVersion, image }: KafkaConnectElsewhereProps,
  chart: string,
): EnvironmentModel {
  const name = 'pods';
  const { connect, ...rest } = specOf(props) as { connect: object };
  return modelOfProperties(
    {
      name,
      target: 'kubernetes',
      brokers: { environment: './brokers.yaml', ...brokers._access() },
      targets: {
        kubernetes: { version: kubernetesVersion, namespace, ...settingsOf(props, { kafka: image }) },
      },
    },
    chart,
    { brokers: { ...brokers._spec(), ...rest, connect: { runtime: { environment: name }, ...connect } } },
  );
}

function connectorSpec({ connectorClass, plugin, tasksMax, state, config, secretConfig }: KafkaConnectorProps) {
  return {
    class: connectorClass,
    config: config ?? {},
    secretConfig: Object.fromEntries(
      Object.entries(secretConfig ?? {}).map(([option, { secretName, key }]) => [option, { secret: secretName, key }]),
    ),
    ...(plugin === undefined ? {} : { plugin }),
    ...(tasksMax === undefined ? {} : { tasksMax }),
    ...(state === undefined ? {} : { state }),
  };
}
