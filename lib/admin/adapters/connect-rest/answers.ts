import type { ConnectorOffset } from '../../port';

/** What Connect's REST interface answers with, as far as the kit reads it. */
export interface ConnectorInfo {
  readonly name: string;
  readonly config: Readonly<Record<string, string>>;
  readonly tasks: readonly { readonly connector: string; readonly task: number }[];
}

export interface ConnectorStatus {
  readonly name: string;
  readonly connector: InstanceStatus;
  readonly tasks: readonly (InstanceStatus & { readonly id: number })[];
}

export interface InstanceStatus {
  /** `RUNNING`, `PAUSED`, `STOPPED`, `FAILED`, `UNASSIGNED`, `RESTARTING` */
  readonly state: string;
  readonly worker_id: string;
  /** A Java stack trace, where it has failed. */
  readonly trace?: string;
}

/** `GET /connectors?expand=info&expand=status` */
export type ExpandedConnectors = Readonly<
  Record<string, { readonly info: ConnectorInfo; readonly status: ConnectorStatus }>
>;

/** `GET /` */
export interface WorkerInfo {
  readonly version: string;
  readonly kafka_cluster_id: string;
}

export interface PluginInfo {
  readonly class: string;
  readonly type: string;
  /** The text `null` where the plugin says none. */
  readonly version?: string;
}

/** `PUT /connector-plugins/{class}/config/validate` */
export interface Validation {
  readonly configs: readonly {
    readonly definition: { readonly name: string };
    readonly value: {
      readonly name: string;
      /** With placeholders resolved, so it may be a secret. */
      readonly value: string | null;
      readonly recommended_values: readonly string[];
      readonly errors: readonly string[];
    };
  }[];
}

export interface Offsets {
  readonly offsets: readonly ConnectorOffset[];
}
