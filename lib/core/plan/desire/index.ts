export { connectorsOnly, withoutConnectors } from './connector-part';
export { iamPrincipalRights, iamWorkerRights } from './iam-rights';
export type { Right } from './right';
export { desiredState } from './desired-state';
export { kafkaPrincipals } from './kafka-principals';
export { inUserParts } from './user-part';
