import { Chart, type Size } from 'cdk8s';
import type { Construct } from 'constructs';
import type { ImageFolder } from './image-folder';
import type { KafkaChart } from './kafka-chart';
import { modelOfProperties } from './private/environment-model';
import { addConnect } from './private/objects';

/** A value in a Secret of the namespace. */
export interface SecretKeyReference {
  /** Name of the Secret. */
  readonly secretName: string;
  /** Key in it that holds the value. */
  readonly key: string;
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

/** Properties of Kafka Connect on Kubernetes. */
export interface KafkaConnectChartProps {
  /** The brokers that the workers use. */
  readonly cluster: KafkaChart;
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
}

/**
 * Workers of Kafka Connect beside a cluster, and a ConfigMap with its connectors as the REST interface of Connect takes them.
 *
 * They log in as the user `<cluster>-connect`, with the password in the Secret `<cluster>-connect-user`.
 */
export class KafkaConnectChart extends Chart {
  public constructor(scope: Construct, id: string, props: KafkaConnectChartProps) {
    super(scope, id);
    addConnect(this, modelOfProperties(specOf(props), this.node.path));
  }
}

function specOf(props: KafkaConnectChartProps): Record<string, unknown> {
  const connectors = Object.entries(props.connectors ?? {});
  const secrets = connectors.flatMap(([, { secretConfig }]) =>
    Object.values(secretConfig ?? {}).map(({ secretName }) => secretName),
  );
  return {
    ...withPluginImages(props),
    secrets: Object.fromEntries(secrets.map((name) => [name, { id: name }])),
    connect: {
      ...(props.replicas === undefined ? {} : { replicas: props.replicas }),
      ...(props.memory === undefined ? {} : { memory: `${props.memory.toMebibytes()}MiB` }),
      ...(props.listener === undefined ? {} : { listener: props.listener }),
      config: props.config ?? {},
      plugins: Object.fromEntries(Object.entries(props.plugins ?? {}).map(([name, maven]) => [name, { maven }])),
      connectors: Object.fromEntries(connectors.map(([name, connector]) => [name, connectorSpec(connector)])),
    },
  };
}

/** What the cluster says, with the images of plugins among its own. */
function withPluginImages({ cluster, pluginImages }: KafkaConnectChartProps): Record<string, unknown> {
  if (pluginImages === undefined) return cluster._spec;
  const { kubernetes } = cluster._spec.targets as { kubernetes: { images: object } };
  const plugins = Object.fromEntries(Object.entries(pluginImages).map(([name, folder]) => [name, folder._spec()]));
  return {
    ...cluster._spec,
    targets: { kubernetes: { ...kubernetes, images: { ...kubernetes.images, plugins } } },
  };
}

function connectorSpec({ connectorClass, plugin, tasksMax, config, secretConfig }: KafkaConnectorProps) {
  return {
    class: connectorClass,
    config: config ?? {},
    secretConfig: Object.fromEntries(
      Object.entries(secretConfig ?? {}).map(([option, { secretName, key }]) => [option, { secret: secretName, key }]),
    ),
    ...(plugin === undefined ? {} : { plugin }),
    ...(tasksMax === undefined ? {} : { tasksMax }),
  };
}
