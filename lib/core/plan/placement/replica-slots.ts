import type { BrokerSet } from './broker-set';
import type { Shifts } from './level';

/** A partition while its placement is being planned: replicas by broker index, the preferred leader first. */
export interface Draft {
  readonly replicas: number[];
  /** Whether the replica on this broker may go elsewhere. @default all may */
  readonly mayLeave?: (broker: number) => boolean;
  /** Whether the broker may get a replica. @default all may */
  readonly mayEnter?: (broker: number) => boolean;
}

/** Of partitions that could go, so many are looked at for one that is not led by the broker that it leaves. */
const FOLLOWERS_SOUGHT = 32;

/**
 * Replicas that may go from broker to broker: never to one that has the partition, and to another rack only where that has fewer of its
 * replicas, so that racks are left no less even than before. The drafts change as replicas are shifted.
 */
export class ReplicaSlots implements Shifts {
  private readonly size: number;
  /** How many replicas may go from one broker to another, by both. */
  private readonly edges: Int32Array;
  /** The drafts with a replica on each broker that may leave it. */
  private readonly holders: number[][];

  constructor(
    private readonly brokers: BrokerSet,
    private readonly drafts: readonly Draft[],
  ) {
    this.size = brokers.size;
    this.edges = new Int32Array(this.size * this.size);
    this.holders = Array.from({ length: this.size }, () => []);
    for (const [index, draft] of drafts.entries()) {
      this.count(draft, 1);
      for (const broker of draft.replicas)
        if (broker >= 0 && mayLeave(draft, broker)) this.holders[broker]!.push(index);
    }
  }

  has(from: number, to: number): boolean {
    return this.edges[from * this.size + to]! > 0;
  }

  shift(from: number, to: number): (() => void) | undefined {
    const holders = this.holders[from]!;
    let position: number | undefined;
    let seen = 0;
    for (let candidate = 0; candidate < holders.length && seen < FOLLOWERS_SOUGHT; candidate++) {
      const draft = this.drafts[holders[candidate]!]!;
      if (!this.allows(draft, from, to)) continue;
      position ??= candidate;
      seen++;
      if (draft.replicas[0] === from) continue;
      position = candidate;
      break;
    }
    if (position === undefined) return undefined;
    const index = this.move(position, from, to);
    return () => void this.move(this.holders[to]!.lastIndexOf(index), to, from);
  }

  private move(position: number, from: number, to: number): number {
    const holders = this.holders[from]!;
    const index = holders[position]!;
    const draft = this.drafts[index]!;
    const last = holders.pop()!;
    if (position < holders.length) holders[position] = last;
    this.holders[to]!.push(index);
    this.count(draft, -1);
    draft.replicas[draft.replicas.indexOf(from)] = to;
    this.count(draft, 1);
    return index;
  }

  private allows(draft: Draft, from: number, to: number): boolean {
    if (draft.replicas.includes(to) || draft.mayEnter?.(to) === false) return false;
    const { rackOf } = this.brokers;
    if (rackOf[from] === rackOf[to]) return true;
    let balance = 0;
    for (const broker of draft.replicas)
      if (broker >= 0) balance += Number(rackOf[broker] === rackOf[from]) - Number(rackOf[broker] === rackOf[to]);
    return balance > 0;
  }

  private count(draft: Draft, amount: 1 | -1): void {
    const { rackOf } = this.brokers;
    const counts = this.brokers.rackCounts(draft.replicas);
    for (const from of draft.replicas) {
      if (from < 0 || !mayLeave(draft, from)) continue;
      const own = rackOf[from]!;
      for (let to = 0; to < this.size; to++) {
        const rack = rackOf[to]!;
        if ((rack === own || counts[rack]! < counts[own]!) && draft.mayEnter?.(to) !== false)
          this.edges[from * this.size + to]! += amount;
      }
      for (const to of draft.replicas)
        if (to >= 0 && (rackOf[to] === own || counts[rackOf[to]!]! < counts[own]!) && draft.mayEnter?.(to) !== false)
          this.edges[from * this.size + to]! -= amount;
    }
  }
}

function mayLeave(draft: Draft, broker: number): boolean {
  return draft.mayLeave?.(broker) !== false;
}
