import { Unreachable } from '../../failures';
import type { ClusterDescription, QuorumDescription } from '../../port';

export interface MemoryBroker {
  readonly id: number;
  readonly rack?: string;
  /** Options in its `server.properties`. @default none */
  readonly config?: Readonly<Record<string, string>>;
  /** @default ["/var/lib/kafka/data"] */
  readonly logDirs?: readonly string[];
}

const PORT = 9092;
/** There is no clock here: one that is down has been so for a minute. */
const DOWN_FOR_MS = 60_000;

/** The nodes: who is up, where they are, and the quorum. */
export class MemoryBrokers {
  readonly #brokers: ReadonlyMap<number, MemoryBroker>;
  readonly #up = new Set<number>();
  #leader: number;
  #epoch = 1;

  constructor(
    private readonly clusterId: string,
    brokers: readonly MemoryBroker[],
    private readonly voters: readonly number[],
  ) {
    this.#brokers = new Map([...brokers].sort((a, b) => a.id - b.id).map((broker) => [broker.id, broker]));
    for (const id of this.#brokers.keys()) this.#up.add(id);
    this.#leader = voters[0]!;
  }

  /** All of them, by id. */
  get all(): readonly MemoryBroker[] {
    return [...this.#brokers.values()];
  }

  readonly isUp = (id: number): boolean => this.#up.has(id);

  has(id: number): boolean {
    return this.#brokers.has(id);
  }

  get(id: number): MemoryBroker {
    const broker = this.#brokers.get(id);
    if (broker === undefined)
      throw new Error(`no broker ${id} in this cluster; it has ${[...this.#brokers.keys()].join(', ')}`);
    return broker;
  }

  /** False where it was so already. */
  setUp(id: number, up: boolean): boolean {
    if (this.isUp(this.get(id).id) === up) return false;
    if (up) this.#up.add(id);
    else this.#up.delete(id);
    if (!this.#isVoterUp(this.#leader)) this.electController();
    return true;
  }

  /** Another voter that is up leads the quorum, where there is one. */
  electController(): void {
    const start = this.voters.indexOf(this.#leader) + 1;
    const others = [...this.voters.slice(start), ...this.voters.slice(0, start)].filter((id) => this.#isVoterUp(id));
    this.#leader = others[0] ?? -1;
    this.#epoch++;
  }

  /** The broker that answers: the one named, or the first that is up. */
  answering(via?: number): number {
    if (via !== undefined) {
      if (!this.#brokers.has(via)) throw new Unreachable([`broker ${via}`], 'no such broker in the cluster');
      if (!this.isUp(via)) throw new Unreachable([address(via)], 'ECONNREFUSED');
      return via;
    }
    for (const id of this.#brokers.keys()) if (this.isUp(id)) return id;
    throw new Unreachable([...this.#brokers.keys()].map(address), 'ECONNREFUSED');
  }

  silent(via?: number): Unreachable {
    const asked = via === undefined ? this.all.map(({ id }) => address(id)) : [address(via)];
    return new Unreachable(asked, 'no answer in time', 'sent');
  }

  describe(): ClusterDescription {
    const brokers = this.all
      .filter(({ id }) => this.isUp(id))
      .map(({ id, rack }) => ({ id, host: host(id), port: PORT, ...(rack === undefined ? {} : { rack }) }));
    return { clusterId: this.clusterId, brokers };
  }

  describeQuorum(): QuorumDescription {
    const member = (id: number) => ({
      id,
      directoryId: directoryId(id),
      lag: this.#isVoterUp(id) ? 0 : 1,
      behindMs: this.#isVoterUp(id) ? 0 : DOWN_FOR_MS,
    });
    const observers = this.all
      .filter(({ id }) => !this.voters.includes(id) && this.isUp(id))
      .map(({ id }) => member(id));
    return { leaderId: this.#leader, epoch: this.#epoch, voters: this.voters.map(member), observers };
  }

  /** A voter that is no broker is never stopped. */
  #isVoterUp(id: number): boolean {
    return !this.#brokers.has(id) || this.isUp(id);
  }
}

const host = (id: number): string => `kafka-${id}`;
const address = (id: number): string => `${host(id)}:${PORT}`;

/** 22 characters, as Kafka's own ids have. */
function directoryId(id: number): string {
  return `memory${String(id).padStart(15, '0')}A`;
}
