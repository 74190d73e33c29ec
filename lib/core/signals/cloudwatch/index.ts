/** How signals are seen in Amazon CloudWatch. */
export * from './alarm';
export * from './alarm-settings';
export * from './dashboard';
export * from './declared';
export * from './ec2/ec2-alarms';
export * from './ec2/ec2-watched';
export * from './expression';
export * from './group-name';
export * from './msk-alarms';
export * from './msk-expression';
export * from './msk-expressions';
export * from './msk-metrics';
export * from './msk-watched';
export type { Graph } from './dashboard-graphs';
export { filterPattern, LOG_COUNTS, logNamespace, type LogCount } from './msk-logs';
