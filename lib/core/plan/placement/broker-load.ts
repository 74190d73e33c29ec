import { BrokerSet, type PlacementBroker } from './broker-set';

/** How many of something each broker has, by index, and each rack. */
export class Tally {
  readonly brokers: number[];
  readonly racks: number[];

  constructor(private readonly set: BrokerSet) {
    this.brokers = new Array<number>(set.size).fill(0);
    this.racks = new Array<number>(set.racks.length).fill(0);
  }

  add(index: number, amount: 1 | -1 = 1): void {
    if (index < 0) return;
    this.brokers[index]! += amount;
    this.racks[this.set.rackOf[index]!]! += amount;
  }

  copy(): Tally {
    const copy = new Tally(this.set);
    for (const [index, amount] of this.brokers.entries()) copy.brokers[index] = amount;
    for (const [rack, amount] of this.racks.entries()) copy.racks[rack] = amount;
    return copy;
  }

  /** Of the fullest and the emptiest broker. */
  get spread(): number {
    return this.brokers.length === 0 ? 0 : Math.max(...this.brokers) - Math.min(...this.brokers);
  }
}

/** What the brokers of a cluster hold: replicas and preferred leaders. Planners read it; who plans one topic after another adds to it. */
export class BrokerLoad {
  readonly brokers: BrokerSet;
  readonly replicas: Tally;
  readonly leaders: Tally;

  constructor(brokers: readonly PlacementBroker[], partitions: Iterable<readonly number[]> = []) {
    this.brokers = new BrokerSet(brokers);
    this.replicas = new Tally(this.brokers);
    this.leaders = new Tally(this.brokers);
    for (const replicas of partitions) this.add(replicas);
  }

  /** Broker ids, the preferred leader first. */
  add(replicas: readonly number[]): void {
    this.count(replicas, 1);
  }

  remove(replicas: readonly number[]): void {
    this.count(replicas, -1);
  }

  private count(replicas: readonly number[], amount: 1 | -1): void {
    for (const [position, id] of replicas.entries()) {
      const index = this.brokers.index(id);
      this.replicas.add(index, amount);
      if (position === 0) this.leaders.add(index, amount);
    }
  }
}
