/** Groups of workers that the kit runs: those of connectors that are declared, and those of mirrors. */
export const WORKER_GROUPS = ['connect', 'mirror'] as const;

export interface ConnectModel {
  /** Of the connectors that are declared, or of the mirrors. */
  readonly group: (typeof WORKER_GROUPS)[number];
  /** The environment whose pods the workers are; absent: they are on the target itself. */
  readonly environment?: string;
  readonly replicas: number;
  /** Memory of each worker, MiB. */
  readonly memoryMiB: number;
  readonly heapMiB: number;
  readonly restPort: number;
  /** Port of the JMX exporter; absent where metrics are off. */
  readonly metricsPort?: number;
  readonly plugins: readonly { readonly name: string; readonly maven: string }[];
  readonly connectors: readonly ConnectorModel[];
  readonly deletedConnectors: readonly { readonly name: string; readonly reason: string }[];
}

export interface ConnectorModel {
  readonly name: string;
  /** Absent for connectors that Kafka brings along. */
  readonly plugin?: string;
  readonly className: string;
  readonly tasksMax: number;
  readonly state: 'running' | 'paused' | 'stopped';
  /** Whose rights its producers and consumers use; absent: the workers' own. */
  readonly principal?: string;
  readonly config: Readonly<Record<string, string>>;
  readonly secretConfig: Readonly<Record<string, { readonly secret: string; readonly key: string }>>;
}
