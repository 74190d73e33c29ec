import { describeRunning, nextCommands, requireLocal, runLocally } from '../local-cluster';
import { openOwnCluster } from '../open-valid';
import type { CommonOptions, Context, Outcome } from '../outcome';

/** `kdk up ENV`: the environment as processes of this machine, with its topics and client settings. */
export async function up(argument: string, options: CommonOptions, context: Context): Promise<Outcome> {
  const { model, name, issues } = openOwnCluster(argument, options);
  requireLocal(model, argument);
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
