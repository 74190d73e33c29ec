/** What a file wants, what a cluster is, and the plan that leads from one to the other: data and pure functions. */
export { readyEntries } from './acknowledge';
export * from './build-plan';
export * from './change';
export * from './change-code';
export * from './change-codes';
export * from './desire';
export * from './desired';
export { parseDesired } from './desired-file';
export { canonicalJson, desiredHash, fingerprint, staleSections } from './fingerprint';
export * from './observed';
export * from './phases';
export * from './plan';
export * from './plan-file';
export { acl, quotaEntity } from './plan-file-schema';
export * from './report';
export { defaultSources } from './topics/default-values';
export { sameValue } from './topics/same-value';
