export * from './aws-metrics';
export * from './instance-types';
export * from './volumes';
export * from './node-group-name';
export * from './published-metrics';
export * from './watched-groups';
