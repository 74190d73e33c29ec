/** Metrics of a cluster that its own exporters do not have. */
export * from './certificates';
export * from './exporter';
export * from './metric';
