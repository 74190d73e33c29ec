export { TOPIC_CODES } from './codes';
export { sameValue } from './same-value';
export { topicChanges } from './topic-changes';
export { topicEvidence } from './topic-evidence';
