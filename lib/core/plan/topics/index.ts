export { TOPIC_CODES } from './codes';
export { defaultSources } from './default-values';
export { sameValue } from './same-value';
export { topicChanges } from './topic-changes';
export { topicEvidence } from './topic-evidence';
