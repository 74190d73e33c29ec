import { restartFailed, type Restarted } from '../../admin/reconcile';
import { Failure, type Issue } from '../../core/issue';
import { formatPath } from '../../core/issue';
import { durationArgument } from '../duration-argument';
import type { CommonOptions, Context, Outcome } from '../outcome';
import { connectWorkers } from '../reconcile-ports';
import { untilAborted } from '../until-aborted';

export interface RestartFailedOptions extends CommonOptions {
  readonly connect?: readonly string[];
  readonly attempts?: string;
  readonly pause?: string;
}

const ATTEMPTS = /^([1-9]|[1-4]\d|50)$/;

/** `kdk restart-failed --connect URL`: restarts what has failed of connectors, and fails where it fails again and again. */
export async function restartFailedConnectors(options: RestartFailedOptions, context: Context): Promise<Outcome> {
  const { attempts = '3', pause = '30s' } = options;
  if (options.connect === undefined)
    throw usage(
      'there are no workers to ask, got no --connect; the REST interface of a worker is needed.',
      'Try --connect http://localhost:8083.',
    );
  if (!ATTEMPTS.test(attempts))
    throw usage(
      `not a number of attempts, got --attempts ${JSON.stringify(attempts)}; 1 to 50 are allowed.`,
      'Write for example --attempts 3.',
    );
  const connect = connectWorkers(options.connect);
  try {
    context.progress({ step: 'restarting what has failed' });
    const restarted = await untilAborted(
      restartFailed(connect, {
        attempts: Number(attempts),
        pauseMs: durationArgument('--pause', pause),
        signal: context.signal,
        tell: (line) => context.tell([line]),
      }),
      context.signal,
    );
    return { issues: restarted.flatMap(givenUp), result: { restarted }, lines: [summary(restarted)] };
  } finally {
    await connect.close();
  }
}

function usage(message: string, hint: string): Failure {
  return new Failure('USAGE', message, hint, 2);
}

function summary(restarted: readonly Restarted[]): string {
  if (restarted.length === 0) return 'nothing has failed';
  const lost = restarted.filter(({ error }) => error !== undefined).length;
  return `${restarted.length - lost} restarted, ${lost} given up`;
}

function givenUp({ connector, attempts, error }: Restarted): Issue[] {
  if (error === undefined) return [];
  return [
    {
      code: 'CONNECTOR-FAILED',
      level: 'error',
      path: formatPath(['connect', 'connectors', connector]),
      message: `the connector fails again whenever it is restarted, got ${attempts} attempts, the last with ${error.replace(/\.$/, '')}; it must run.`,
      hint: 'Remove the cause. A record that cannot be read is skipped, and kept apart, with errors.tolerance: all and errors.deadletterqueue.topic.name in the connector.',
    },
  ];
}
