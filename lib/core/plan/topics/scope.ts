import type { Issue } from '../../issue';
import { matches } from '../diff/name-pattern';
import type { TopicContext } from './topic-context';

/** Topics that Kafka and Amazon MSK make for themselves and write by themselves. */
const KAFKA_OWN: ReadonlySet<string> = new Set([
  '__cluster_metadata',
  '__consumer_offsets',
  '__remote_log_metadata',
  '__share_group_state',
  '__transaction_state',
]);

export function belongsToKafka(name: string): boolean {
  return KAFKA_OWN.has(name) || name.startsWith('__amazon_msk');
}

/** Why this file has no say over a topic. */
export function refusal({ desired, observed }: TopicContext, name: string, path: string): Issue | undefined {
  if (belongsToKafka(name) || observed.topics.get(name)?.internal === true)
    return {
      code: 'PLAN-INTERNAL-TOPIC',
      level: 'error',
      path,
      message: `the topic belongs to Kafka itself, got ${name}; it is neither made nor changed nor deleted.`,
      hint: 'Remove it; its options stand under kafka.config.',
    };
  const owned = desired.owns.topics;
  if (owned === undefined || owned.some((pattern) => matches(pattern, name))) return undefined;
  return {
    code: 'PLAN-SCOPE',
    level: 'error',
    path,
    message: `the topic is not of this file, got ${name}; ${owned.length === 0 ? 'it owns no topic' : `it owns ${owned.join(', ')}`}.`,
    hint: 'Declare it in the file that owns it, or add it to owns.topics.',
  };
}
