import type { Duration, Size } from 'cdk8s';
import type { KafkaBrokers } from './kafka-brokers';
import type { KafkaChart } from './kafka-chart';
import type { SecretKeyReference } from './kafka-connect-chart';
import type { StreamAppProbe } from './stream-app-probe';
import type { StreamAppScaling } from './stream-app-scaling';
import type { DeliveryGuarantee, StreamAppConsume, StreamAppProduce, StreamAppStreams } from './stream-app-work';

/** Where an application is whose brokers are elsewhere. */
export interface StreamAppElsewhereProps {
  /** The brokers. */
  readonly brokers: KafkaBrokers;
  /** Namespace of all objects; it has to be there. */
  readonly namespace: string;
  /** Version of Kubernetes, for example `1.34`. */
  readonly kubernetesVersion: string;
  /**
   * Secrets of the namespace with log-ins to private registries.
   *
   * @default - none
   */
  readonly imagePullSecrets?: string[];
}

/** Properties of an application on Kubernetes. */
export interface StreamAppChartProps {
  /** Image of the application; by digest in production. */
  readonly image: string;
  /**
   * The brokers that it uses, where they are a chart of this program.
   *
   * @default - those of `elsewhere`
   */
  readonly cluster?: KafkaChart;
  /**
   * The brokers that it uses, and where its pods are, where the brokers are elsewhere.
   *
   * @default - those of `cluster`
   */
  readonly elsewhere?: StreamAppElsewhereProps;
  /**
   * Topics that it reads and writes, with their number of partitions: more pods than partitions are refused. Somebody else makes them.
   *
   * @default - none; enough where all are named by a prefix
   */
  readonly topics?: { readonly [topic: string]: number };
  /**
   * What it reads.
   *
   * @default - nothing, or what `streams` says
   */
  readonly consume?: StreamAppConsume;
  /**
   * What it writes.
   *
   * @default - nothing, or what `streams` says
   */
  readonly produce?: StreamAppProduce;
  /**
   * What it does as a Kafka Streams application, in place of `consume` and `produce`.
   *
   * @default - it is none
   */
  readonly streams?: StreamAppStreams;
  /**
   * How sure it is that a record counts once.
   *
   * @default DeliveryGuarantee.AT_LEAST_ONCE
   */
  readonly deliveryGuarantee?: DeliveryGuarantee;
  /**
   * Name of the application, a part of the names of its objects: `<cluster>-app-<name>`.
   *
   * @default - the id of the chart
   */
  readonly appName?: string;
  /**
   * The user that it logs in as; its password is in the Secret `<cluster>-user-<user>`, its certificate in `<cluster>-user-<user>-tls`.
   *
   * @default - the name of the application
   */
  readonly userName?: string;
  /**
   * ARN of the role that it logs in with, where the brokers ask for IAM; needed there.
   *
   * @default - none
   */
  readonly iamRoleArn?: string;
  /**
   * The listener that it uses.
   *
   * @default - the first one of the cluster
   */
  readonly listener?: string;
  /**
   * Number of pods, where nothing scales it.
   *
   * @default 2
   */
  readonly replicas?: number;
  /**
   * What sets the number of pods.
   *
   * @default - nothing
   */
  readonly autoscaling?: StreamAppScaling;
  /**
   * Memory of each pod, request and limit.
   *
   * @default - 1 GiB
   */
  readonly memory?: Size;
  /**
   * Processors that each pod asks for; there is no limit.
   *
   * @default 0.25
   */
  readonly cpu?: number;
  /**
   * In place of the entrypoint of the image.
   *
   * @default - the entrypoint of the image
   */
  readonly command?: string[];
  /**
   * Arguments of the entrypoint.
   *
   * @default - those of the image
   */
  readonly args?: string[];
  /**
   * Environment variables.
   *
   * @default - those of the kit
   */
  readonly env?: { readonly [variable: string]: string };
  /**
   * Environment variables whose values are secrets.
   *
   * @default - none
   */
  readonly secretEnv?: { readonly [variable: string]: SecretKeyReference };
  /**
   * Number of the user of the operating system that runs it.
   *
   * @default 1000
   */
  readonly user?: number;
  /**
   * Ports that it serves, by name.
   *
   * @default - none
   */
  readonly ports?: { readonly [port: string]: number };
  /**
   * Until it succeeds the other probes wait.
   *
   * @default - none
   */
  readonly startupProbe?: StreamAppProbe;
  /**
   * Whether a rollout may go on.
   *
   * @default - it is ready when it runs
   */
  readonly readinessProbe?: StreamAppProbe;
  /**
   * Whether it is started again.
   *
   * @default - when its process ends
   */
  readonly livenessProbe?: StreamAppProbe;
  /**
   * How long it may take to end: to finish its work, commit and leave its group.
   *
   * @default - 60 seconds, or a third more than the session if that is longer
   */
  readonly stopTimeout?: Duration;
}
