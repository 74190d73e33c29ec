export { connectorsOnly, withoutConnectors } from './connector-part';
export { desiredState } from './desired-state';
export { kafkaPrincipals } from './kafka-principals';
export { inUserParts } from './user-part';
