/** How signals are seen in Amazon CloudWatch. */
export * from './alarm';
export * from './alarm-settings';
export * from './ec2/ec2-alarms';
export * from './ec2/ec2-watched';
export * from './group-name';
export * from './msk-expression';
export * from './msk-alarms';
export * from './msk-expressions';
export { filterPattern, LOG_COUNTS, logNamespace, type LogCount } from './msk-logs';
export * from './msk-metrics';
export * from './msk-watched';
