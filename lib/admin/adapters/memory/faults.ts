import { Refused } from '../../failures';
import type { AdminPort, KafkaError } from '../../port';
import { kafkaError, type KafkaErrorName } from './errors';

export type PortMethod = Exclude<keyof AdminPort, 'close'>;

/**
 * How far a request came that got no answer: nothing of it was done, the first half of its items, or all. Half is possible, since
 * adapters send long lists in several requests.
 */
export type Effect = 'before' | 'half' | 'after';

/** The process that uses the port is gone; nothing of it may run on, so nothing may catch this. */
export class ProcessKilled extends Error {
  override readonly name = 'ProcessKilled';
}

export interface RequestFact {
  readonly method: PortMethod;
  /** Counted from 1 over all methods. */
  readonly number: number;
}

/** Which requests are lost; called once for each. */
export type LossSchedule = (request: RequestFact) => Effect | undefined;

interface ItemFault {
  readonly error: KafkaError;
  readonly tookEffect: boolean;
  left: number;
}

/** What goes wrong, as a test says it. Nothing does by itself. */
export class Faults {
  readonly #losses = new Map<PortMethod, Effect[]>();
  readonly #refusals = new Map<PortMethod, KafkaError[]>();
  readonly #allItems = new Map<PortMethod, Omit<ItemFault, 'left'>[]>();
  readonly #items = new Map<PortMethod, Map<string, ItemFault>>();
  #schedule: LossSchedule | undefined;
  #kill: { left: number; readonly effect: Effect } | undefined;
  #killed = false;

  /** The next requests of the method get no answer. */
  lose(method: PortMethod, effect: Effect = 'before', times = 1): void {
    this.#losses.set(method, [...(this.#losses.get(method) ?? []), ...Array.from({ length: times }, () => effect)]);
  }

  /** Requests are lost as the schedule says, on top of what `lose` asks for. */
  loseBySchedule(schedule: LossSchedule | undefined): void {
    this.#schedule = schedule;
  }

  /** The next requests of the method are refused as a whole. */
  refuse(method: PortMethod, error: KafkaErrorName, times = 1): void {
    const added = Array.from({ length: times }, () => kafkaError(error));
    this.#refusals.set(method, [...(this.#refusals.get(method) ?? []), ...added]);
  }

  /**
   * The item is answered with the error the next times that a request of the method holds it, though the others are done. Items are named
   * as results name them: a topic, a user, a group, `orders-0`, `topic orders`, a broker's id, `aclKey`, `quotaEntityKey`.
   */
  refuseItem(method: PortMethod, item: string, error: KafkaErrorName, options: ItemFaultOptions = {}): void {
    const { times = 1, tookEffect = false } = options;
    const ofMethod = this.#items.get(method) ?? new Map<string, ItemFault>();
    this.#items.set(method, ofMethod.set(item, { error: kafkaError(error), tookEffect, left: times }));
  }

  /** Every item of the next requests of the method is answered with the error, as while a controller fails over. */
  refuseItems(
    method: PortMethod,
    error: KafkaErrorName,
    { times = 1, tookEffect = false }: ItemFaultOptions = {},
  ): void {
    const added = Array.from({ length: times }, () => ({ error: kafkaError(error), tookEffect }));
    this.#allItems.set(method, [...(this.#allItems.get(method) ?? []), ...added]);
  }

  /** Nothing goes wrong any more. */
  clear(): void {
    for (const planned of [this.#losses, this.#refusals, this.#allItems, this.#items]) planned.clear();
    this.#schedule = undefined;
    this.revive();
  }

  /** The `count`-th request from now on does not return, nor does any later one, until `revive`. */
  killAfter(count: number, effect: Effect = 'before'): void {
    this.#kill = { left: count, effect };
  }

  revive(): void {
    this.#killed = false;
    this.#kill = undefined;
  }

  get isKilled(): boolean {
    return this.#killed;
  }

  /** For each request: how far it may come, and what the asker then gets instead of an answer. */
  next(request: RequestFact): { readonly effect: Effect; readonly by: 'loss' | 'kill' } | undefined {
    if (this.#killed) return { effect: 'before', by: 'kill' };
    if (this.#kill !== undefined && --this.#kill.left <= 0) {
      this.#killed = true;
      return { effect: this.#kill.effect, by: 'kill' };
    }
    const effect = this.#losses.get(request.method)?.shift() ?? this.#schedule?.(request);
    return effect === undefined ? undefined : { effect, by: 'loss' };
  }

  throwRefusal(method: PortMethod, what: string): void {
    const error = this.#refusals.get(method)?.shift();
    if (error !== undefined) throw new Refused(what, error);
  }

  /** What goes wrong with the items of the next request; undefined where nothing does. */
  nextOfItems(method: PortMethod): ((item: string) => Omit<ItemFault, 'left'> | undefined) | undefined {
    const ofAll = this.#allItems.get(method)?.shift();
    if (ofAll !== undefined) return () => ofAll;
    return (this.#items.get(method)?.size ?? 0) > 0 ? (item) => this.#nextOfItem(method, item) : undefined;
  }

  #nextOfItem(method: PortMethod, item: string): Omit<ItemFault, 'left'> | undefined {
    const ofMethod = this.#items.get(method);
    const fault = ofMethod?.get(item);
    if (ofMethod === undefined || fault === undefined) return undefined;
    if (--fault.left <= 0) ofMethod.delete(item);
    return fault;
  }
}

export interface ItemFaultOptions {
  /** @default 1 */
  readonly times?: number;
  /** The change was made, and only the answer is an error, as where a broker waited too long for the controller. @default false */
  readonly tookEffect?: boolean;
}
