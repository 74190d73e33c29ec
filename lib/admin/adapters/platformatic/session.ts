import { Unreachable } from '../../failures';
import type { Via } from '../../port';
import { formatAddress, parseAddress, type Address } from './addresses';
import { refuse } from './errors';
import type { KafkaLibrary } from './library';
import type { Links } from './links';
import { describeCluster } from './messages/cluster';
import type { AnswerTo, Message } from './wire/message';

const BROKER_ENDPOINTS = 1;

/** A cluster with the way to its brokers: what every part of the adapter works with. */
export class Session {
  #brokers = new Map<number, Address>();
  readonly #bootstrap: readonly Address[];
  readonly #closing = new Set<() => Promise<void>>();

  constructor(
    readonly kafka: KafkaLibrary,
    readonly links: Links,
    bootstrapServers: readonly string[],
  ) {
    this.#bootstrap = bootstrapServers.map(parseAddress);
  }

  /** How long the controller may work on a request: it gives up first, so that its answer, not ours, says what happened. */
  get patienceMs(): number {
    return Math.max(1000, this.links.timeoutMs - 2000);
  }

  /** Asks the broker named, or whoever answers first. */
  async send<Request, Answer>(message: Message<Request, Answer>, request: Request, via: Via = {}): Promise<Answer> {
    return this.links.sendAny(await this.addresses(via), message, request);
  }

  /** Whether this broker knows the request in this version. */
  async supports(broker: number, message: Pick<Message<unknown, unknown>, 'key' | 'version'>): Promise<boolean> {
    return this.links.supports(await this.addressOf(broker), message);
  }

  /** Asks for each of these, all at once and spread over the brokers; one that does not answer is replaced by another. */
  async spread<Request, Answer>(message: Message<Request, Answer>, requests: readonly Request[]): Promise<Answer[]> {
    if (requests.length > 1 && this.#brokers.size === 0) await this.describeCluster();
    const brokers = [...this.#brokers.values()];
    const all = await this.addresses();
    return Promise.all(
      requests.map((request, index) => {
        const first = brokers[index % Math.max(1, brokers.length)];
        const rotated = first === undefined ? all : [first, ...all.filter((address) => !isSame(address, first))];
        return this.links.sendAny(rotated, message, request);
      }),
    );
  }

  /** Learns where the brokers are, where it asked any of them. */
  async describeCluster(via: Via = {}): Promise<AnswerTo<typeof describeCluster>> {
    const answer = await this.send(
      describeCluster,
      { includeClusterAuthorizedOperations: false, endpointType: BROKER_ENDPOINTS },
      via,
    );
    refuse(answer, { what: 'describe the cluster' });
    if (via.broker === undefined) this.#brokers = new Map(answer.brokers.map((broker) => [broker.brokerId, broker]));
    return answer;
  }

  /** Where to ask. */
  async addresses({ broker }: Via = {}): Promise<readonly Address[]> {
    if (broker === undefined) {
      const others = [...this.#brokers.values()].filter(
        (address) => !this.#bootstrap.some((each) => isSame(each, address)),
      );
      return [...this.#bootstrap, ...others];
    }
    return [await this.addressOf(broker)];
  }

  async addressOf(broker: number): Promise<Address> {
    if (!this.#brokers.has(broker)) await this.describeCluster();
    const address = this.#brokers.get(broker);
    if (address === undefined) throw new Unreachable([`broker ${broker}`], 'no such broker in the cluster');
    return address;
  }

  /** Runs before the connections close, unless it is taken back. */
  beforeClose(action: () => Promise<void>): () => void {
    this.#closing.add(action);
    return () => this.#closing.delete(action);
  }

  async close(): Promise<void> {
    await Promise.allSettled([...this.#closing].map((action) => action()));
    await this.links.close();
  }
}

function isSame(a: Address, b: Address): boolean {
  return formatAddress(a) === formatAddress(b);
}
