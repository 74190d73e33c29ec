import { quotaEntityKey, type KafkaError, type QuotaEntity, type QuotaKey } from '../../../core/cluster';
import type { ItemResult, QuotaChange, WriteOptions } from '../../port';
import { kafkaError } from './errors';
import type { MetadataLog } from './metadata';

const OF_CLIENTS: readonly QuotaKey[] = [
  'producer_byte_rate',
  'consumer_byte_rate',
  'request_percentage',
  'controller_mutation_rate',
];
const OF_IPS: readonly QuotaKey[] = ['connection_creation_rate'];
const WHOLE: readonly QuotaKey[] = ['producer_byte_rate', 'consumer_byte_rate', 'connection_creation_rate'];

/** Client quotas. An entity without any value is gone. */
export class MemoryQuotas {
  constructor(private readonly log: MetadataLog) {}

  /** An entity that is named twice is told so, though the first change of it is made. */
  alter(changes: readonly QuotaChange[], { validateOnly }: WriteOptions): ItemResult<QuotaEntity>[] {
    const verdicts = new Map<string, KafkaError | undefined>();
    for (const change of changes) {
      const key = quotaEntityKey(change.entity);
      const isRepeated = verdicts.has(key);
      const error = isRepeated ? kafkaError('INVALID_REQUEST', 'Ignoring duplicate entity') : quotaError(change);
      verdicts.set(key, error);
      if (error === undefined && !validateOnly) this.#commit(change);
    }
    return changes.map(({ entity }) => {
      const error = verdicts.get(quotaEntityKey(entity));
      return error === undefined ? { item: entity } : { item: entity, error };
    });
  }

  #commit({ entity, set, remove }: QuotaChange): void {
    const key = quotaEntityKey(entity);
    const before = this.log.committed.quotas.get(key)?.values ?? {};
    const left = Object.entries({ ...before, ...set }).filter(([name]) => !remove.includes(name as QuotaKey));
    this.log.commit('quotas', key, left.length === 0 ? undefined : { entity, values: Object.fromEntries(left) });
  }
}

function quotaError({ entity, set }: QuotaChange): KafkaError | undefined {
  const { user, clientId, ip } = entity;
  const refuse = (message: string) => kafkaError('INVALID_REQUEST', message);
  const ofClient = user !== undefined || clientId !== undefined;
  if (!ofClient && ip === undefined) return refuse('Invalid empty client quota entity');
  if (ofClient && ip !== undefined)
    return refuse('Invalid quota entity combination, IP entity should not be combined with User or ClientId');
  if ([user, clientId, ip].includes('')) return refuse('Empty client quota entity name');
  const allowed = ofClient ? OF_CLIENTS : OF_IPS;
  for (const [key, value] of Object.entries(set) as [QuotaKey, number][]) {
    if (!allowed.includes(key)) return refuse(`Invalid configuration key ${key}`);
    if (!(value > 0)) return refuse(`Quota ${key} must be greater than 0`);
    if (WHOLE.includes(key) && !Number.isInteger(value)) return refuse(`${key} cannot be a fractional value.`);
  }
  return undefined;
}
