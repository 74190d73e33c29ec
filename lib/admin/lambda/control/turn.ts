import { Failure } from '../../../core/issue';
import type { MskClusterDescription, MskControlPlane } from '../../adapters/aws/msk-control-plane';
import { SYSTEM_CLOCK, type Clock } from '../../wait';
import type { LambdaContext } from '../cloudformation-event';

/** What an invocation keeps for itself to answer. */
const CLOSING_MS = 30_000;
/** The service takes minutes for what is waited for. */
const PAUSE_MS = 5_000;
/** States that pass by themselves: https://docs.aws.amazon.com/msk/latest/developerguide/msk-cluster-states.html */
const LOST = new Set(['FAILED', 'DELETING']);

/** The time of an invocation is over. What was begun goes on at the service. */
export class OutOfTime extends Error {
  override readonly name = 'OutOfTime';

  constructor(readonly waitingFor: string) {
    super(`the time of this invocation is over while waiting for ${waitingFor}`);
  }
}

/** One invocation: the control plane, and how long there is to wait for it. */
export class Turn {
  private readonly end: number;

  constructor(
    readonly msk: MskControlPlane,
    readonly clusterArn: string,
    context: LambdaContext,
    private readonly clock: Clock = SYSTEM_CLOCK,
  ) {
    this.end = clock.now() + context.getRemainingTimeInMillis() - CLOSING_MS;
  }

  /** Waits before the next look, unless that would be after the end of the invocation. */
  async pause(waitingFor: string, ms = PAUSE_MS): Promise<void> {
    if (this.clock.now() + ms >= this.end) throw new OutOfTime(waitingFor);
    await this.clock.sleep(ms);
  }

  /** The cluster as soon as nothing is under way; fails for one that will not get there. */
  async whenActive(): Promise<MskClusterDescription> {
    for (;;) {
      const cluster = await this.msk.describe(this.clusterArn);
      if (cluster.state === 'ACTIVE') return cluster;
      if (LOST.has(cluster.state)) throw this.lost(cluster);
      await this.pause(`the cluster, which is ${cluster.state}`);
    }
  }

  private lost({ state, stateInfo }: MskClusterDescription): Failure {
    return new Failure(
      'MSK-CLUSTER-STATE',
      `the cluster will not become active, got ${state}${stateInfo === undefined ? '' : ` (${stateInfo})`}; ACTIVE is needed.`,
      'Look at the cluster in the console of Amazon MSK.',
    );
  }
}
