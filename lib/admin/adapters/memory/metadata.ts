import type { Acl, QuotaDescription, ScramMechanism } from '../../port';
import type { PartitionState } from './partition-state';

export interface TopicState {
  readonly name: string;
  readonly topicId: string;
  readonly partitions: readonly PartitionState[];
}

export interface ScramState {
  readonly user: string;
  readonly mechanism: ScramMechanism;
  readonly iterations: number;
  readonly salt: Uint8Array;
  readonly saltedPassword: Uint8Array;
}

/** What the metadata log adds up to at one offset. Values are never changed, only replaced. */
export interface MetadataImage {
  readonly topics: Map<string, TopicState>;
  /** By `configKey`. */
  readonly configs: Map<string, ReadonlyMap<string, string>>;
  /** By `aclKey`. */
  readonly acls: Map<string, Acl>;
  /** By user and mechanism. */
  readonly users: Map<string, ScramState>;
  /** By `quotaEntityKey`. */
  readonly quotas: Map<string, QuotaDescription>;
}

type Collection = keyof MetadataImage;
type ValueOf<C extends Collection> = MetadataImage[C] extends Map<string, infer Value> ? Value : never;

interface MetadataRecord {
  readonly collection: Collection;
  readonly key: string;
  /** Absent where the key goes. */
  readonly value: unknown;
}

interface Replica {
  image: MetadataImage;
  /** Records of the log that it has applied. */
  offset: number;
  looks: number;
  /** Ends of commits that it has not applied, with the look that is the first to see each. */
  readonly waiting: { readonly end: number; readonly fromLook: number }[];
}

/**
 * The controller's log, and what each broker has applied of it. A change is true once it is committed; a broker that lags sees it only
 * after it was looked at a number of times, since Kafka promises no more (5 to 100 ms in idle clusters, seconds in busy ones).
 */
export class MetadataLog {
  /** What the controller holds. */
  readonly committed: MetadataImage = emptyImage();
  readonly #replicas = new Map<number, Replica>();
  #records: MetadataRecord[] = [];
  /** Records before the first that is kept. */
  #start = 0;

  /** @param lagOf looks at a broker that do not yet see a new commit */
  constructor(private readonly lagOf: (broker: number) => number) {}

  commit<C extends Collection>(collection: C, key: string, value: ValueOf<C> | undefined): void {
    const record = { collection, key, value };
    apply(this.committed, record);
    this.#records.push(record);
    for (const [broker, replica] of this.#replicas) {
      const end = this.#start + this.#records.length;
      const fromLook = Math.max(replica.waiting.at(-1)?.fromLook ?? 0, replica.looks + 1 + this.lagOf(broker));
      const last = replica.waiting.at(-1);
      if (last?.fromLook === fromLook) replica.waiting[replica.waiting.length - 1] = { end, fromLook };
      else replica.waiting.push({ end, fromLook });
    }
  }

  /** What the broker sees when it is asked now; the question counts as a look. */
  look(broker: number): MetadataImage {
    const replica = this.#replicas.get(broker);
    if (replica === undefined) return this.committed;
    replica.looks++;
    while (replica.waiting.length > 0 && replica.waiting[0]!.fromLook <= replica.looks)
      this.#catchUp(replica, replica.waiting.shift()!.end);
    this.#forget();
    return replica.image;
  }

  /** The broker starts, and has read the whole log. */
  join(broker: number): void {
    this.#replicas.set(broker, {
      image: copyOf(this.committed),
      offset: this.#start + this.#records.length,
      looks: 0,
      waiting: [],
    });
  }

  /** The broker stops. */
  leave(broker: number): void {
    this.#replicas.delete(broker);
    this.#forget();
  }

  #catchUp(replica: Replica, end: number): void {
    for (; replica.offset < end; replica.offset++) apply(replica.image, this.#records[replica.offset - this.#start]!);
  }

  /** Drops records that every broker has applied. */
  #forget(): void {
    const end = this.#start + this.#records.length;
    let oldest = end;
    for (const { offset } of this.#replicas.values()) oldest = Math.min(oldest, offset);
    if (oldest === end) this.#records = [];
    else if (oldest - this.#start < this.#records.length / 2) return;
    else this.#records = this.#records.slice(oldest - this.#start);
    this.#start = end - this.#records.length;
  }
}

function emptyImage(): MetadataImage {
  return { topics: new Map(), configs: new Map(), acls: new Map(), users: new Map(), quotas: new Map() };
}

function copyOf(image: MetadataImage): MetadataImage {
  return {
    topics: new Map(image.topics),
    configs: new Map(image.configs),
    acls: new Map(image.acls),
    users: new Map(image.users),
    quotas: new Map(image.quotas),
  };
}

function apply(image: MetadataImage, { collection, key, value }: MetadataRecord): void {
  const map = image[collection] as Map<string, unknown>;
  if (value === undefined) map.delete(key);
  else map.set(key, value);
}
