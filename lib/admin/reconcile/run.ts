import type { Failure, Issue, Progress } from '../../core/issue';
import type { Change, DesiredState, ObservedState } from '../../core/plan';
import { isRetriable } from '../failures';
import type { AdminPort } from '../port';
import { SYSTEM_CLOCK, type Clock, type Patience } from '../wait';
import type { AppliedChange, Outcome } from './apply-report';
import { sendItems, type Item, type ItemAnswer, type ItemOutcome, type SendOptions } from './items';
import type { ReconcilePorts } from './ports';

export interface RunOptions {
  readonly ports: ReconcilePorts;
  readonly desired: DesiredState;
  readonly progress: Progress;
  readonly patienceMs: number;
  /** How long a move of replicas may stand still. */
  readonly stallMs: number;
  /** Ends the run; with the words of why. */
  readonly signal: AbortSignal;
}

/** One item that changes wait for. */
export interface WorkItem<Value> extends Item<Value> {
  readonly changes: readonly Change[];
}

export interface Work<Value> {
  /** For progress: `creating topics`. */
  readonly step: string;
  readonly batches: readonly (readonly WorkItem<Value>[])[];
  readonly send: (values: readonly Value[]) => Promise<readonly ItemAnswer[]>;
  readonly judge?: SendOptions<Value>['judge'];
  /** Looks at one that may have been done before: undefined where all is as wanted, or else what is wrong. */
  readonly check?: (value: Value) => Promise<string | undefined>;
}

/** What an apply has done so far, and what may still be done. */
export class Run {
  readonly issues: Issue[] = [];
  /** Throttles that are not ours, by `targetKey`. */
  readonly keptThrottles = new Set<string>();
  readonly #outcomes = new Map<string, Outcome>();
  #stop: string | undefined;

  /** @param observed the cluster as it was read last, before what is being done now */
  constructor(
    readonly options: RunOptions,
    public observed: ObservedState,
  ) {}

  get admin(): AdminPort {
    return this.options.ports.admin;
  }

  get clock(): Clock {
    return this.options.ports.clock ?? SYSTEM_CLOCK;
  }

  get patience(): Patience {
    return { deadlineMs: this.options.patienceMs, clock: this.clock };
  }

  /** Why nothing more is done; undefined while all goes on. */
  get stopped(): string | undefined {
    const { signal } = this.options;
    return this.#stop ?? (signal.aborted ? String(signal.reason) : undefined);
  }

  /** Nothing more is done: what was asked could not be answered. */
  halt({ message }: Failure): void {
    this.#stop ??= message.replace(/\.$/, '');
  }

  get failed(): boolean {
    return [...this.#outcomes.values()].some(({ outcome }) => outcome === 'failed');
  }

  settle(changes: readonly Change[], outcome: Outcome): void {
    for (const { id } of changes) this.#outcomes.set(id, outcome);
  }

  outcomeOf(change: Change): Outcome {
    return this.#outcomes.get(change.id) ?? { outcome: 'skipped', why: this.stopped ?? 'it was not reached' };
  }

  /** One entry a change; the last one counts where it was planned again. */
  report(planned: readonly Change[]): AppliedChange[] {
    const changes = new Map(planned.map((change) => [change.id, change]));
    return [...changes.values()].map((change) => ({ change, ...this.outcomeOf(change) }));
  }

  /** Says it once, however often it happens. */
  note(issue: Issue): void {
    if (!this.issues.some(({ message }) => message === issue.message)) this.issues.push(issue);
  }

  tell(step: string, done: number, total: number, detail?: string): void {
    this.options.progress({ step, done, total, ...(detail === undefined ? {} : { detail }) });
  }

  /** Sends everything and says what became of each item; settles no change. */
  send<Value>({ step, batches, send, judge }: Work<Value>): Promise<ReadonlyMap<string, ItemOutcome>> {
    const total = batches.reduce((sum, { length }) => sum + length, 0);
    if (total > 0) this.tell(step, 0, total);
    return sendItems(batches, {
      send,
      ...(judge === undefined ? {} : { judge }),
      clock: this.clock,
      patienceMs: this.options.patienceMs,
      stopped: () => this.stopped !== undefined,
      signal: this.options.signal,
      progress: (settled, detail) => this.tell(step, settled, total, detail),
    });
  }

  /** Does the work, and settles the changes that waited for it. */
  async perform<Value>(work: Work<Value>): Promise<void> {
    // Batch by batch, so that what was done counts even where a later one never returns.
    const outcomes = await this.send(work);
    for (const { key, value, changes } of work.batches.flat())
      this.settle(changes, await this.#outcomeOf(outcomes.get(key)!, () => work.check?.(value)));
    await this.#noticeSilence([...outcomes.values()]);
  }

  async #outcomeOf(outcome: ItemOutcome, check: () => Promise<string | undefined> | undefined): Promise<Outcome> {
    switch (outcome.kind) {
      case 'done':
        return { outcome: 'done' };
      case 'doubtful': {
        const wrong = await check();
        if (wrong !== undefined) return { outcome: 'failed', error: wrong };
        // An earlier try got no answer, and was ours; without one, somebody else was faster.
        return outcome.repeated ? { outcome: 'done' } : { outcome: 'unchanged', why: 'it was so already' };
      }
      case 'refused':
        return { outcome: 'failed', error: outcome.error };
      case 'unanswered':
        return { outcome: 'failed', error: `${outcome.error.replace(/\.$/, '')}; it may have been done all the same` };
      case 'stopped':
        return outcome.repeated
          ? { outcome: 'failed', error: `${this.stopped} before Kafka had answered` }
          : { outcome: 'skipped', why: this.stopped! };
    }
  }

  /** Where the cluster answers nobody any more, the rest would only wait for it in vain. */
  async #noticeSilence(outcomes: readonly ItemOutcome[]): Promise<void> {
    if (!outcomes.some(({ kind }) => kind === 'unanswered')) return;
    try {
      await this.admin.describeCluster();
    } catch (error) {
      if (!isRetriable(error)) throw error;
      this.#stop = 'Kafka does not answer';
    }
  }
}
