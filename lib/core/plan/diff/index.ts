export { accessDifferences, accessGroups } from './access';
export { brokerOptionDifferences } from './broker-options';
export { closingEvidence } from './closing';
export { connectorDifferences } from './connectors';
export type { Differences } from './differences';
export { guardRights } from './guarded-rights';
export { ownUsers, quotaDifferences } from './quotas';
export { userDifferences } from './users';
