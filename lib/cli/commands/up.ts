import { describeRunning, nextCommands, requireLocal, runLocally } from '../local-cluster';
import { Failure } from '../../core/issue';
import { openOwnCluster } from '../open-valid';
import type { CommonOptions, Context, Outcome } from '../outcome';

export interface UpOptions extends CommonOptions {
  /** Nodes start with the JMX exporter. */
  readonly metrics?: boolean;
}

/** `kdk up ENV`: the environment as processes of this machine, with its topics and client settings. */
export async function up(argument: string, options: UpOptions, context: Context): Promise<Outcome> {
  const wanted = options.metrics === true;
  const { model, name, issues } = openOwnCluster(argument, options, wanted ? { localMetrics: 'on' } : {});
  requireLocal(model, argument);
  if (wanted && !model.metrics.enabled) throw switchedOff(name);
  const running = await runLocally(model, context);
  const called = options.target === undefined ? argument : `${argument} --target ${options.target}`;
  const { cluster, topics, clients } = running;
  return {
    environment: name,
    issues: [...issues, ...running.issues],
    result: { cluster, topics, clients },
    lines: [...describeRunning(model, running), ...nextCommands(model, called, running)],
  };
}

function switchedOff(name: string): Failure {
  return new Failure(
    'METRICS-OFF',
    `${name} says that its nodes have no exporter, got --metrics beside monitoring.metrics false; one of the two is right.`,
    'Remove monitoring.metrics from the environment, or write true there.',
    2,
  );
}
