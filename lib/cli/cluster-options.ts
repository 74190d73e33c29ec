import type { CommonOptions } from './outcome';

/** Options of commands that speak to a cluster. */
export interface ClusterOptions extends CommonOptions {
  /** `host:port,host:port` */
  readonly bootstrap?: string;
  /** Path of a client.properties of Kafka's own tools: how the administrator logs in. */
  readonly commandConfig?: string;
}

/** Options of commands that change one. */
export interface ReconcileOptions extends ClusterOptions {
  /** Folder with one folder a secret and one file a key. */
  readonly secrets?: string;
  /** URLs of Connect workers of one cluster. */
  readonly connect?: readonly string[];
}
