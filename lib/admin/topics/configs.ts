import { Refused } from '../failures';
import type { AdminPort, ConfigEntry } from '../port';

/** The options of each topic, all or those named. Fails, to be tried again, while the broker that answers has yet to hear of one. */
export async function topicConfigs(
  admin: AdminPort,
  topics: readonly string[],
  options?: readonly string[],
): Promise<Map<string, readonly ConfigEntry[]>> {
  const asked = topics.map((name) => ({ type: 'topic' as const, name, ...(options === undefined ? {} : { options }) }));
  const described = await admin.describeConfigs(asked);
  for (const { name, error } of described)
    if (error !== undefined) throw new Refused(`describe the options of ${name}`, error);
  return new Map(described.map(({ name, entries }) => [name, entries]));
}
