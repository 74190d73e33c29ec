export * from './instance-types';
export * from './volumes';
