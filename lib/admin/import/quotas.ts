import { quotaEntityKey, type QuotaDescription, type QuotaEntity, type QuotaKey } from '../../core/cluster';
import { compact, exactSize, type Section } from './document';

const KEYS: Readonly<Record<QuotaKey, string>> = {
  producer_byte_rate: 'producerByteRate',
  consumer_byte_rate: 'consumerByteRate',
  request_percentage: 'requestPercentage',
  controller_mutation_rate: 'controllerMutationRate',
  connection_creation_rate: 'connectionCreationRate',
};

export interface ImportedQuotas {
  /** Of users, by name. */
  readonly users: ReadonlyMap<string, Section>;
  /** Of everybody else; absent where there are none. */
  readonly quotas?: Section;
  /** Entities that an environment cannot name, or whose values it cannot say, in words. */
  readonly problems: readonly string[];
}

/** Quotas in the words of an environment. */
export function importQuotas(described: readonly QuotaDescription[]): ImportedQuotas {
  const users = new Map<string, Section>();
  const problems: string[] = [];
  const general: Record<string, Section> = {};
  const clients: Record<string, Section> = {};
  const addresses: Record<string, Section> = {};
  const sorted = [...described].sort((a, b) => (quotaEntityKey(a.entity) < quotaEntityKey(b.entity) ? -1 : 1));
  for (const { entity, values } of sorted) {
    if (Object.keys(values).length === 0) continue;
    const section = valuesOf(values);
    const { user, clientId, ip } = entity;
    if (section === undefined) problems.push(`${words(entity)} with ${JSON.stringify(values)}`);
    else if (user !== undefined && clientId !== undefined) problems.push(words(entity));
    else if (user === null) general['defaultUser'] = section;
    else if (user !== undefined) users.set(user, section);
    else if (clientId === null) general['defaultClient'] = section;
    else if (clientId !== undefined && /^[^\n\r]{1,255}$/.test(clientId)) clients[clientId] = section;
    else if (ip === null) general['defaultAddress'] = section;
    else if (ip !== undefined && /^[0-9a-fA-F:.]+$/.test(ip)) addresses[ip] = section;
    else problems.push(words(entity));
  }
  const quotas = compact({
    ...general,
    clients: Object.keys(clients).length === 0 ? undefined : clients,
    addresses: Object.keys(addresses).length === 0 ? undefined : addresses,
  });
  return { users, ...(Object.keys(quotas).length === 0 ? {} : { quotas }), problems };
}

/** Undefined where a value has no words: an environment knows whole bytes, and no quota of nothing. */
function valuesOf(values: QuotaDescription['values']): Section | undefined {
  const section: Record<string, string | number> = {};
  for (const [key, name] of Object.entries(KEYS)) {
    const value = values[key as QuotaKey];
    if (value === undefined) continue;
    const isWhole = Number.isSafeInteger(value) && value >= 1;
    if (name === 'requestPercentage') {
      if (!(value > 0 && value <= 100_000)) return undefined;
      section[name] = value;
    } else if (!isWhole) return undefined;
    else if (name.endsWith('ByteRate')) section[name] = rate(value);
    else if (value > 1_000_000) return undefined;
    else section[name] = value;
  }
  return section;
}

/** Rates go up to GiB/s. */
function rate(bytes: number): string {
  const size = exactSize(bytes);
  return size.endsWith('TiB') ? `${bytes / 2 ** 30}GiB/s` : `${size}/s`;
}

function words({ user, clientId, ip }: QuotaEntity): string {
  const part = (kind: string, name: string | null | undefined): string[] =>
    name === undefined ? [] : [name === null ? `every ${kind}` : `${kind} ${name}`];
  return [...part('user', user), ...part('client', clientId), ...part('address', ip)].join(' with ');
}
