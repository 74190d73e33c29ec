import { Refused } from '../failures';
import type { AdminPort, ConfigDescription } from '../port';
import type { ThrottlesStatus } from './report';

const RATES = ['leader.replication.throttled.rate', 'follower.replication.throttled.rate'];
const REPLICAS = ['leader.replication.throttled.replicas', 'follower.replication.throttled.replicas'];

/** Replication throttles that are set on brokers and topics. */
export async function throttlesStatus(
  admin: AdminPort,
  { brokers, topics }: { readonly brokers: readonly number[]; readonly topics: readonly string[] },
): Promise<Omit<ThrottlesStatus, 'leftBehind'>> {
  const described = await admin.describeConfigs([
    ...brokers.map((id) => ({ type: 'broker' as const, name: String(id), options: RATES })),
    ...topics.map((name) => ({ type: 'topic' as const, name, options: REPLICAS })),
  ]);
  const refused = described.find(({ type, error }) => type === 'broker' && error !== undefined);
  if (refused !== undefined) throw new Refused(`describe the options of broker ${refused.name}`, refused.error!);
  return {
    brokers: described.flatMap((broker) => {
      const rates = broker.type === 'broker' ? valuesOf(broker).map(Number) : [];
      return rates.length === 0 ? [] : [{ broker: Number(broker.name), bytesPerSecond: Math.min(...rates) }];
    }),
    topics: described.filter((topic) => topic.type === 'topic' && valuesOf(topic).length > 0).map(({ name }) => name),
  };
}

/** What was set, not what is the default: brokers have a default rate without a limit, topics an empty list. */
function valuesOf({ entries }: ConfigDescription): string[] {
  return entries.flatMap(({ value, source }) =>
    value === undefined || value === '' || source === 'default' ? [] : [value],
  );
}
