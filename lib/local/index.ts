export * from './down';
export * from './kafka-home';
export * from './local-state';
export { localFormation, localRoot } from './node-folder';
export * from './up';
