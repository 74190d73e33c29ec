export * from './admin-access';
export * from './control-local';
export * from './down';
export * from './kafka-home';
export * from './local-state';
export { localFormation, localRoot, localSecretsDir } from './node-folder';
export { makeSecrets } from './secrets';
export * from './up';
