import type { Size } from 'cdk8s';

/** How sure an application is that a record counts once. */
export enum DeliveryGuarantee {
  /** Transactions, and only what was committed is read. */
  EXACTLY_ONCE = 'exactly-once',
  /** A record may be handled again after a failure. */
  AT_LEAST_ONCE = 'at-least-once',
}

/** What an application reads, as a member of a consumer group. */
export interface StreamAppConsume {
  /** Topics; a trailing `*` makes a prefix. */
  readonly topics: string[];
  /** Its consumer group (`group.id`). */
  readonly group: string;
  /**
   * Options of its consumers, by their Kafka names.
   *
   * @default - those of the kit
   */
  readonly config?: { readonly [option: string]: string };
}

/** What an application writes. */
export interface StreamAppProduce {
  /** Topics; a trailing `*` makes a prefix. */
  readonly topics: string[];
  /**
   * What its transactional ids begin with; the name of the pod follows.
   *
   * @default - none; needed for exactly-once
   */
  readonly transactionalIdPrefix?: string;
  /**
   * Options of its producers, by their Kafka names.
   *
   * @default - those of the kit
   */
  readonly config?: { readonly [option: string]: string };
}

/** What a Kafka Streams application does. */
export interface StreamAppStreams {
  /** `application.id`: its consumer group, and what its internal topics and transactional ids begin with. */
  readonly applicationId: string;
  /** Topics that it reads; a trailing `*` makes a prefix. */
  readonly consume: string[];
  /**
   * Topics that it writes, but for its internal ones.
   *
   * @default - none
   */
  readonly produce?: string[];
  /**
   * Size of the volume of each pod for its stores.
   *
   * @default - none: stores are read again from their topics
   */
  readonly stateSize?: Size;
  /**
   * Copies of each store on other pods, where there are volumes.
   *
   * @default 1
   */
  readonly standbyReplicas?: number;
  /**
   * Threads of each pod.
   *
   * @default 1
   */
  readonly threads?: number;
  /**
   * Options of Kafka Streams, by their Kafka names.
   *
   * @default - those of the kit
   */
  readonly config?: { readonly [option: string]: string };
}
