import { Failure } from '../../core/issue';
import { isRetriable } from '../failures';
import type { ClusterPort } from '../port';
import { poll, SYSTEM_CLOCK, type Clock } from '../wait';
import type { LambdaContext } from './cloudformation-event';
import { explain } from './explain';
import type { ReconcilerEvent } from './reconciler-properties';
import { anotherFits, Unfinished } from './unfinished';

/** What an invocation keeps for itself after it has waited. */
const CLOSING_MS = 90_000;
const PAUSE_MS = 5_000;

/** Waiting for a cluster whose nodes boot while the stack is deployed; only when the resource is made. */
export class Forming {
  /** Undefined where the cluster is there already. */
  static of(event: ReconcilerEvent, context: LambdaContext, clock: Clock = SYSTEM_CLOCK): Forming | undefined {
    const { FormingBrokers: brokers } = event.ResourceProperties;
    if (event.RequestType !== 'Create' || brokers === undefined) return undefined;
    const end = clock.now() + context.getRemainingTimeInMillis() - CLOSING_MS;
    return new Forming(event, Number(brokers), end, clock);
  }

  private constructor(
    private readonly event: ReconcilerEvent,
    private readonly brokers: number,
    private readonly end: number,
    private readonly clock: Clock,
  ) {}

  /** What is left of this invocation to wait in. */
  get patienceMs(): number {
    return Math.max(0, this.end - this.clock.now());
  }

  /** Nobody answers, or the certificate of the administrator is not there yet. */
  readonly again = (error: unknown): boolean =>
    isRetriable(error) || (error instanceof Failure && error.code === 'SECRET-MISSING');

  /** Returns when every broker is there: what is made before would be made without the others. */
  async whole(admin: ClusterPort): Promise<void> {
    const { brokers } = await poll(
      () => admin.describeCluster(),
      (answer) => answer.brokers.length >= this.brokers,
      { deadlineMs: this.patienceMs, pauseMs: PAUSE_MS, maxPauseMs: PAUSE_MS, clock: this.clock },
    );
    if (brokers.length < this.brokers) this.giveUp(`${brokers.length} of ${this.brokers} brokers that answer`);
  }

  /** What an error of connecting means while the cluster is formed. */
  unformed(error: unknown): never {
    if (!this.again(error)) throw error;
    return this.giveUp(explain(error));
  }

  private giveUp(got: string): never {
    if (anotherFits(this.event)) throw new Unfinished(`the cluster is not formed yet: ${got}`);
    throw new Failure(
      'CLUSTER-NOT-FORMED',
      `the cluster was not formed within half an hour, got ${got}; all ${this.brokers} brokers are needed.`,
      'Look at the nodes with Session Manager: most often Kafka is not in the folder of packages, or certificates are not in their secrets. Then deploy again.',
      3,
    );
  }
}
