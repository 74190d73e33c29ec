export { desiredState } from './desired-state';
export { kafkaPrincipals } from './kafka-principals';
