import type { Shifts } from './level';
import type { Draft } from './replica-slots';

/** Preferred leaders that may go from broker to broker: to any that has a replica of the partition. Moves no data. */
export class LeaderSlots implements Shifts {
  /** How many partitions that one broker leads another has too, by both. */
  private readonly edges: Int32Array;
  /** The drafts that each broker leads. */
  private readonly led: number[][];

  constructor(
    private readonly size: number,
    private readonly drafts: readonly Draft[],
  ) {
    this.edges = new Int32Array(size * size);
    this.led = Array.from({ length: size }, () => []);
    for (const [index, { replicas }] of drafts.entries()) {
      if ((replicas[0] ?? -1) < 0) continue;
      this.count(replicas, 1);
      this.led[replicas[0]!]!.push(index);
    }
  }

  has(from: number, to: number): boolean {
    return this.edges[from * this.size + to]! > 0;
  }

  shift(from: number, to: number): (() => void) | undefined {
    const index = this.led[from]!.find((led) => this.drafts[led]!.replicas.includes(to));
    if (index === undefined) return undefined;
    const before = [...this.drafts[index]!.replicas];
    this.lead(index, [to, ...before.filter((broker) => broker !== to)]);
    return () => this.lead(index, before);
  }

  private lead(index: number, order: readonly number[]): void {
    const { replicas } = this.drafts[index]!;
    const led = this.led[replicas[0]!]!;
    const last = led.pop()!;
    if (last !== index) led[led.indexOf(index)] = last;
    this.count(replicas, -1);
    replicas.splice(0, replicas.length, ...order);
    this.count(replicas, 1);
    this.led[replicas[0]!]!.push(index);
  }

  private count(replicas: readonly number[], amount: 1 | -1): void {
    for (const to of replicas.slice(1)) if (to >= 0) this.edges[replicas[0]! * this.size + to]! += amount;
  }
}
