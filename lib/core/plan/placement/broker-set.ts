/** A broker that may be given replicas; `BrokerDescription` is one. */
export interface PlacementBroker {
  readonly id: number;
  readonly rack?: string;
}

/**
 * The brokers that may be given replicas, by an index that counts from 0 in the order of their ids. Where not every broker has a rack,
 * none counts, as in Kafka: each is then a rack of its own.
 */
export class BrokerSet {
  /** Sorted. */
  readonly ids: readonly number[];
  /** The rack of each broker, by index. */
  readonly rackOf: readonly number[];
  /** The brokers of each rack, by index. */
  readonly racks: readonly (readonly number[])[];
  private readonly indexes: ReadonlyMap<number, number>;

  constructor(brokers: readonly PlacementBroker[]) {
    const sorted = [...brokers].sort((a, b) => a.id - b.id);
    const racked = sorted.every(({ rack }) => rack !== undefined);
    const names = sorted.map(({ id, rack }) => (racked ? rack! : String(id)));
    const order = racked ? [...new Set(names)].sort() : [...new Set(names)];
    const rackIndexes = new Map(order.map((name, index) => [name, index]));
    this.ids = sorted.map(({ id }) => id);
    this.rackOf = names.map((name) => rackIndexes.get(name)!);
    this.racks = order.map((_, rack) => this.rackOf.flatMap((own, index) => (own === rack ? [index] : [])));
    this.indexes = new Map(this.ids.map((id, index) => [id, index]));
  }

  get size(): number {
    return this.ids.length;
  }

  /** A broker that is not in the set has a negative index, from which its id comes back; its rack is not known. */
  index(id: number): number {
    return this.indexes.get(id) ?? -1 - id;
  }

  id(index: number): number {
    return index >= 0 ? this.ids[index]! : -1 - index;
  }

  /** How many of these replicas, by index, are in the rack of each number. */
  rackCounts(replicas: readonly number[]): number[] {
    const counts = new Array<number>(this.racks.length).fill(0);
    for (const index of replicas) if (index >= 0) counts[this.rackOf[index]!]!++;
    return counts;
  }
}
