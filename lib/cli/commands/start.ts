import { checkSample, loadSample, type LoadReport, type SampleReport } from '../../admin';
import type { Issue } from '../../core/issue';
import { describeRunning, nextCommands, requireLocal, runLocally } from '../local-cluster';
import { openValid } from '../open-valid';
import type { Context, Outcome } from '../outcome';
import { untilAborted } from '../until-aborted';

const ENVIRONMENT = 'local';
/** The sample is a webshop's order events. */
const TOPIC = 'orders';

/** `npm start`: the environment `local` with sample records that were read back. */
export async function start(context: Context): Promise<Outcome> {
  const { model, name, issues } = openValid(ENVIRONMENT, {});
  requireLocal(model, ENVIRONMENT);
  const { progress, signal } = context;
  let loaded: LoadReport | undefined;
  let checked: SampleReport | undefined;
  const running = await runLocally(model, context, async (client) => {
    loaded = await untilAborted(loadSample(client, { topic: TOPIC, progress }), signal);
    checked = await untilAborted(checkSample(client, { topic: TOPIC, progress }), signal);
  });
  return {
    environment: name,
    issues: [...issues, ...running.issues, ...wrongWith(checked!)],
    result: { cluster: running.cluster, loaded, checked },
    lines: [
      ...describeRunning(model, running),
      ...(checked!.ok ? [describeSample(checked!, loaded!)] : []),
      ...nextCommands(model, ENVIRONMENT, running),
      '  npm stop ends it and keeps the data',
    ],
  };
}

function describeSample({ topic, read, partitions }: SampleReport, { written }: LoadReport): string {
  const how = written === 0 ? 'were there already' : 'were written';
  return `sample: ${read} records ${how} and read back from ${topic}, all there, in order for each key, every replica of ${partitions} partitions in sync`;
}

function wrongWith(report: SampleReport): Issue[] {
  if (report.ok) return [];
  const { topic, expected, missing, duplicates, outOfOrder, expired, underReplicated } = report;
  return [
    {
      code: 'SAMPLE-WRONG',
      level: 'error',
      path: `topics.${topic}`,
      message: `the sample records are not as they were written, got ${missing} missing, ${duplicates} twice, ${outOfOrder} out of order, ${expired} expired, ${underReplicated} partitions with replicas missing; ${expected} records, each once and in order, are expected.`,
      hint: 'Look at the logs of the nodes, or begin anew: npx kdk down local --delete.',
    },
  ];
}
