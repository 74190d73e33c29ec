export interface LabEnvironmentOptions {
  readonly namespace: string;
  /** Version of the cluster, for example 1.34. */
  readonly version: string;
  readonly image: string;
  /** Without it there is no Job that makes topics and users. */
  readonly toolsImage?: string;
  /** Image that brings the JMX exporter, where the image of Kafka has none. */
  readonly exporterImage?: string;
  /** Zones, each a StatefulSet of its own; none: one StatefulSet a pool, which Kubernetes rolls by itself. */
  readonly zones?: readonly string[];
  /** @default 3 */
  readonly controllers?: number;
  /** @default 3 */
  readonly brokers?: number;
  /** More lines of topics. */
  readonly topics?: string;
  /** More lines of principals. */
  readonly principals?: string;
  /** More listeners, in YAML's flow style. */
  readonly listeners?: string;
  /** More top-level YAML. */
  readonly more?: string;
  /** More keys of targets.kubernetes, in YAML's flow style. */
  readonly settings?: string;
}

/** Name of the environment in every test. */
export const LAB = 'lab';
/** The topic that load goes to, and the user that brings and reads it. */
export const LOAD_TOPIC = 'orders';
export const LOAD_USER = 'shop';
export const LOAD_PARTITIONS = 6;

/** An environment file of small controllers and small brokers. */
export function labEnvironment(options: LabEnvironmentOptions): string {
  const {
    namespace,
    version,
    image,
    toolsImage,
    exporterImage,
    zones = [],
    controllers = 3,
    brokers = 3,
    topics = '',
    principals = '',
    listeners,
    more = '',
    settings,
  } = options;
  const images = [
    `kafka: '${image}'`,
    ...(toolsImage === undefined ? [] : [`tools: '${toolsImage}'`]),
    ...(exporterImage === undefined ? [] : [`jmxExporter: { image: '${exporterImage}' }`]),
  ].join(', ');
  return `name: ${LAB}
target: kubernetes
kafka: { version: '4.3' }
nodePools:
  controllers: { roles: [controller], replicas: ${controllers}, heap: 256MiB, memory: 576MiB, volumes: [{ size: 1GiB }] }
  brokers: { roles: [broker], replicas: ${brokers}, heap: 288MiB, memory: 832MiB, volumes: [{ size: 2GiB }] }
${zones.length === 0 ? '' : `racks: [${zones.join(', ')}]\n`}listeners: { internal: { authentication: scram-sha-512 }${listeners === undefined ? '' : `, ${listeners}`} }
topicDefaults: { replicationFactor: ${Math.min(3, brokers)}, minInSyncReplicas: ${brokers < 3 ? 1 : 2}, retention: { time: 30d } }
topics:
  ${LOAD_TOPIC}: { partitions: ${LOAD_PARTITIONS} }
${topics}principals:
  ${LOAD_USER}: { listener: internal, produce: { topics: [${LOAD_TOPIC}] }, consume: { topics: [${LOAD_TOPIC}], groups: ['${LOAD_USER}-*'] } }
${principals}targets:
  kubernetes: { version: '${version}', namespace: ${namespace}, certificates: secret, images: { ${images} }${settings === undefined ? '' : `, ${settings}`} }
${more}`;
}
