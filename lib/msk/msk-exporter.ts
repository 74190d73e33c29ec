/** Exporters that serve Prometheus metrics on every broker. */
export enum MskExporter {
  /** Metrics of Kafka, on port 11001. */
  JMX = 'jmx',
  /** Metrics of the machine, on port 11002. */
  NODE = 'node',
}
