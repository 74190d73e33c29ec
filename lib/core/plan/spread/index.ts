export { spreadChanges, spreadTopics } from './spread-changes';
