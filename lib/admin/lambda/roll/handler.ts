import { Failure } from '../../../core/issue';
import { awsFleet } from '../../adapters/aws/fleet';
import type { FleetNode } from '../../fleet';
import type { LambdaContext } from '../cloudformation-event';
import { explain } from '../explain';
import { log, progressLog } from '../log';
import { withPorts } from '../ports';
import { rollStep, type RollProgress, type RollWish } from './roll-step';

/** What the state machine hands over at each step. */
export interface RollEvent {
  readonly cluster: {
    readonly environment: string;
    readonly region: string;
    readonly bootstrapServers: string;
    readonly authentication: 'mtls' | 'none';
    readonly adminSecretArn?: string;
    /** Name of the document of Systems Manager that has the orders. */
    readonly document: string;
    readonly nodes: readonly FleetNode[];
    readonly runTimeOptions: readonly string[];
  };
  readonly wish: RollWish;
  readonly progress: RollProgress;
  /** This execution of the state machine, and all that run, the newest first. */
  readonly execution: string;
  readonly executions: readonly string[];
}

/** Left of an invocation for what is under way. */
const RESERVE_MS = 90_000;

/**
 * A step of the roll of the instances of a cluster. It fails with the reason at the first doubt, and then nothing more is restarted: run again, it does
 * what is left.
 */
export async function handler(event: RollEvent, context: LambdaContext): Promise<RollProgress> {
  const { cluster, wish, progress, execution, executions } = event;
  // The oldest goes first; the newer ones take their turn, and find what is left for them.
  if (executions.length > 0 && executions.at(-1) !== execution) return { ...progress, state: 'queued' };
  const { environment, region, nodes, runTimeOptions } = cluster;
  const fleet = awsFleet({ region, document: cluster.document });
  try {
    return await withPorts(
      {
        Environment: environment,
        Owner: environment,
        BootstrapServers: cluster.bootstrapServers,
        Authentication: cluster.authentication,
        Region: region,
        ...(cluster.adminSecretArn === undefined ? {} : { AdminSecretArn: cluster.adminSecretArn }),
      },
      {},
      {},
      ({ admin }) =>
        rollStep(admin, fleet, {
          ...{ environment, nodes, runTimeOptions, wish, progress },
          report: progressLog(),
          signal: AbortSignal.timeout(Math.max(context.getRemainingTimeInMillis() - RESERVE_MS, 1)),
        }),
    );
  } catch (error) {
    log(explain(error));
    // The name and the message are what the execution shows.
    if (error instanceof Failure)
      throw Object.assign(new Error(`${error.message} ${error.hint}`), { name: error.code });
    throw error;
  } finally {
    fleet.close();
  }
}
