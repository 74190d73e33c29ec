export { desiredState, type DesireOptions } from './desired-state';
export { kafkaPrincipals } from './kafka-principals';
