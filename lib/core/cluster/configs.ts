/** Where the value of an option comes from; Kafka's configSource. `cluster`: the dynamic default of all brokers. */
export type ConfigSource = 'topic' | 'broker' | 'cluster' | 'static' | 'default' | 'other';

export interface ConfigEntry {
  readonly option: string;
  /** Absent for secrets. */
  readonly value?: string;
  readonly source: ConfigSource;
}
