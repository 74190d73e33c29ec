import type { API } from '@platformatic/kafka';
import { Unreachable } from '../../failures';
import { formatAddress, type Address } from './addresses';
import { Link, type LinkOptions } from './connection';
import type { KafkaLibrary } from './library';
import type { Message } from './wire/message';

/** How long an address that gave no answer is asked after the others. */
const SUSPECT_MS = 30_000;

/** Open connections, one for each address, made when first needed and given up after the first request that gets no answer. */
export class Links {
  readonly #open = new Map<string, Promise<Link>>();
  readonly #suspectUntil = new Map<string, number>();

  constructor(
    private readonly kafka: KafkaLibrary,
    private readonly options: LinkOptions,
  ) {}

  get timeoutMs(): number {
    return this.options.timeoutMs;
  }

  /** Connections of their own to the same cluster, under another name. */
  named(clientId: string, timeoutMs: number): Links {
    return new Links(this.kafka, { ...this.options, clientId, timeoutMs });
  }

  async supports(address: Address, message: Pick<Message<unknown, unknown>, 'key' | 'version'>): Promise<boolean> {
    return (await this.#link(address)).supports(message);
  }

  send<Request, Answer>(address: Address, message: Message<Request, Answer>, request: Request): Promise<Answer> {
    return this.#use(address, (link) => link.send(message, request));
  }

  /** A request of the library's own. */
  call<Args extends unknown[], Answer>(
    address: Address,
    api: API<Args, Answer>,
    ...args: Args
  ): Promise<Exclude<Answer, boolean>> {
    return this.#use(address, (link) => link.call(api, ...args));
  }

  /** The first address where something answers decides; only silence makes it try the next. */
  sendAny<Request, Answer>(
    addresses: readonly Address[],
    message: Message<Request, Answer>,
    request: Request,
  ): Promise<Answer> {
    return this.#any(addresses, message.effect, (address) => this.send(address, message, request));
  }

  /** The same for a request of the library's own that reads, or may be repeated. */
  async callAny<Args extends unknown[], Answer>(
    addresses: readonly Address[],
    api: API<Args, Answer>,
    ...args: Args
  ): Promise<Exclude<Answer, boolean>> {
    return this.#any(addresses, 'reads', (address) => this.call(address, api, ...args));
  }

  async close(): Promise<void> {
    const links = [...this.#open.values()];
    this.#open.clear();
    await Promise.allSettled(links.map(async (link) => (await link).close()));
  }

  async #any<T>(
    addresses: readonly Address[],
    effect: Message<unknown, unknown>['effect'],
    action: (address: Address) => Promise<T>,
  ): Promise<T> {
    const reasons: string[] = [];
    for (const address of this.#likelyFirst(addresses)) {
      try {
        return await action(address);
      } catch (error) {
        if (!(error instanceof Unreachable) || (effect === 'writes' && error.request === 'sent')) throw error;
        reasons.push(error.reason);
      }
    }
    throw new Unreachable(addresses.map(formatAddress), [...new Set(reasons)].join(', '));
  }

  async #use<T>(address: Address, action: (link: Link) => Promise<T>): Promise<T> {
    const server = formatAddress(address);
    try {
      const answer = await action(await this.#link(address));
      this.#suspectUntil.delete(server);
      return answer;
    } catch (error) {
      if (error instanceof Unreachable) this.#suspectUntil.set(server, Date.now() + SUSPECT_MS);
      throw error;
    }
  }

  async #link(address: Address): Promise<Link> {
    const server = formatAddress(address);
    const known = this.#open.get(server);
    if (known === undefined) return this.#dial(server, address);
    const link = await known;
    if (link.isFresh) return link;
    if (this.#open.get(server) === known) {
      this.#open.delete(server);
      link.retire();
    }
    return this.#link(address);
  }

  #dial(server: string, address: Address): Promise<Link> {
    const opening = Link.open(this.kafka, address, this.options);
    this.#open.set(server, opening);
    opening.catch(() => {
      if (this.#open.get(server) === opening) this.#open.delete(server);
    });
    return opening;
  }

  #likelyFirst(addresses: readonly Address[]): readonly Address[] {
    const now = Date.now();
    const isSuspect = (address: Address): boolean => (this.#suspectUntil.get(formatAddress(address)) ?? 0) > now;
    return [...addresses.filter((address) => !isSuspect(address)), ...addresses.filter(isSuspect)];
  }
}
