export * from './kafka-connect-version';
export * from './msk-connect-capacity';
export * from './msk-connect-plugin';
export * from './msk-connect-worker-configuration';
export * from './msk-connector';
export * from './msk-connector-secret';
