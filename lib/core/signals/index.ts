/** One catalogue of what can be wrong with a cluster: what it means, why it matters, and how it is seen. */
export { METADATA_ERRORS } from './availability';
export * from './catalogue';
export * from './cloudwatch';
export { isExporterDeclared } from './seen-by-exporter';
export { handlersIdle } from './load';
export * from './signal';
export * from './thresholds';
