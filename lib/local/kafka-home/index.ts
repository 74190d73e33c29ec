export * from './java';
export * from './kafka-home';
