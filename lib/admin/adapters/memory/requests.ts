import { Refused } from '../../failures';
import type { ItemResult, KafkaError } from '../../port';
import type { MemoryBrokers } from './brokers';
import { kafkaError } from './errors';
import { ProcessKilled, type Effect, type Faults, type PortMethod } from './faults';
import { itemDenial, type Rights } from './rights';

/** One change that was asked for and accepted. */
export interface Mutation {
  readonly method: PortMethod;
  /** As `Faults.refuseItem` names items. */
  readonly item: string;
}

/** What was asked, by method of the port; a call is one request, however long its list. */
export class RequestLog {
  readonly #byMethod = new Map<PortMethod, number>();
  #total = 0;

  get total(): number {
    return this.#total;
  }

  of(method: PortMethod): number {
    return this.#byMethod.get(method) ?? 0;
  }

  add(method: PortMethod): number {
    this.#byMethod.set(method, this.of(method) + 1);
    return ++this.#total;
  }

  /** Counts from zero again. */
  reset(): void {
    this.#byMethod.clear();
    this.#total = 0;
  }
}

export interface RequestParts {
  readonly brokers: MemoryBrokers;
  readonly faults: Faults;
  readonly rights: Rights;
  readonly requests: RequestLog;
  readonly mutations: Mutation[];
}

export interface Request {
  readonly method: PortMethod;
  readonly via?: number;
  /** Whether somebody must be up to answer, or the request asks brokers by itself. @default anybody */
  readonly needs?: 'anybody' | 'nobody';
}

/** `nothing` is the answer to whoever may see none of it, where Kafka does not tell a missing right from there being none. */
export type Question<Answer> = Request & { readonly nothing?: Answer };

export interface ItemRequest<Item, Result> extends Request {
  readonly items: readonly Item[];
  readonly nameOf: (item: Item) => string;
  /** Answers for each item, in their order. */
  readonly run: (items: readonly Item[], broker: number) => readonly Result[];
  readonly failed: (item: Item, error: KafkaError) => Result;
  /** Absent where nothing is changed. */
  readonly mutates?: boolean;
}

/** Every request comes through here: it is counted, lost, refused or done as the test wants. */
export class Requests {
  constructor(private readonly parts: RequestParts) {}

  /** `run` gets the broker that answers, and how far it is to come. */
  one<Answer>(
    { method, via, needs, nothing }: Question<Answer>,
    run: (broker: number, effect: Effect) => Answer,
  ): Answer {
    const { brokers, faults, rights, requests } = this.parts;
    const number = requests.add(method);
    const trouble = faults.next({ method, number });
    const lost = () => (trouble?.by === 'kill' ? killed(method, number) : brokers.silent(via));
    if (trouble?.effect === 'before') throw lost();
    const broker = needs === 'nobody' ? NOBODY : brokers.answering(via);
    const denial = rights.denial(method);
    if (denial !== undefined && denial !== 'items') {
      if (nothing !== undefined) return nothing;
      throw new Refused(wordsOf(method), kafkaError(denial));
    }
    faults.throwRefusal(method, wordsOf(method));
    const answer = run(broker, trouble?.effect ?? 'after');
    if (trouble !== undefined) throw lost();
    return answer;
  }

  items<Item, Result extends { readonly error?: KafkaError }>(request: ItemRequest<Item, Result>): readonly Result[] {
    const { method, items } = request;
    return this.one(request, (broker, effect) => {
      if (this.parts.rights.denial(method) !== undefined)
        return items.map((item) => request.failed(item, kafkaError(itemDenial(method, request.nameOf(item)))));
      const reached = effect === 'half' ? items.slice(0, Math.ceil(items.length / 2)) : items;
      const faultOf = this.parts.faults.nextOfItems(method);
      if (faultOf === undefined) return this.#run(request, reached, broker);
      return this.#runWithFaults(request, { items: reached, faultOf, broker });
    });
  }

  #run<Item, Result extends { readonly error?: KafkaError }>(
    { method, nameOf, run, mutates }: ItemRequest<Item, Result>,
    items: readonly Item[],
    broker: number,
  ): readonly Result[] {
    const results = run(items, broker);
    if (mutates === true)
      for (const [index, item] of items.entries())
        if (results[index]?.error === undefined) this.parts.mutations.push({ method, item: nameOf(item) });
    return results;
  }

  #runWithFaults<Item, Result extends { readonly error?: KafkaError }>(
    request: ItemRequest<Item, Result>,
    { items, faultOf, broker }: FaultyItems<Item>,
  ): readonly Result[] {
    const faults = items.map((item) => faultOf(request.nameOf(item)));
    const reached = items.filter((_, index) => faults[index]?.tookEffect !== false);
    const done = this.#run(request, reached, broker).values();
    return items.map((item, index) => {
      const fault = faults[index];
      const result = fault?.tookEffect === false ? undefined : done.next().value;
      return fault === undefined ? result! : request.failed(item, fault.error);
    });
  }
}

const NOBODY = -1;

interface FaultyItems<Item> {
  readonly items: readonly Item[];
  readonly faultOf: NonNullable<ReturnType<Faults['nextOfItems']>>;
  readonly broker: number;
}

export const failedItem = <Item>(item: Item, error: KafkaError): ItemResult<Item> => ({ item, error });

/** `describe acls`, after "Kafka refused to". */
const wordsOf = (method: PortMethod): string => method.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);

const killed = (method: PortMethod, number: number): ProcessKilled =>
  new ProcessKilled(`the process was killed in request ${number}, ${method}`);
