export * from './msk-alarms';
export * from './msk-alarms-props';
export * from './msk-dashboard';
export * from './msk-metrics';
