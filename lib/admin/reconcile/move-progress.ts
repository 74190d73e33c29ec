import type { Reassignment, TopicPartition } from '../../core/cluster';
import { isRetriable } from '../failures';
import { retry } from '../wait';
import { partitionKey } from './evidence-offsets';
import type { Run } from './run';

const FIRST_PAUSE_MS = 200;
const LONGEST_PAUSE_MS = 5_000;

/**
 * Waits until these partitions are where they were sent, and returns those that are not: because nothing has moved for long, or because
 * the run was stopped. Copying goes on in the cluster all the same.
 */
export async function awaitMoves(
  run: Run,
  partitions: readonly TopicPartition[],
  {
    step,
    done = 0,
    total = partitions.length,
  }: { readonly step: string; readonly done?: number; readonly total?: number },
): Promise<readonly Reassignment[]> {
  const awaited = new Set(partitions.map(partitionKey));
  let moved = run.clock.now();
  let seen = '';
  for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(pause * 1.5, LONGEST_PAUSE_MS)) {
    const all = await retry(() => run.admin.listReassignments(), run.patience);
    const left = all.filter((reassignment) => awaited.has(partitionKey(reassignment)));
    run.tell(step, done + partitions.length - left.length, total, detailOf(left));
    if (left.length === 0 || run.stopped !== undefined) return left;
    const state = await stateOf(run, left);
    if (state !== seen) [seen, moved] = [state, run.clock.now()];
    else if (run.clock.now() - moved > run.options.stallMs) return left;
    await run.clock.sleep(pause, run.options.signal);
  }
}

function detailOf([first]: readonly Reassignment[]): string | undefined {
  return first === undefined
    ? undefined
    : `${first.topic}, partition ${first.partition}, is among those that are copied`;
}

/** Anything that changes while replicas are copied: what is left, who is in sync, and how much has arrived. */
async function stateOf(run: Run, left: readonly Reassignment[]): Promise<string> {
  const [isr, bytes] = await Promise.all([inSync(run, left), arrived(run, left)].map((each) => each.catch(unknown)));
  return JSON.stringify([left.map(({ topic, partition, adding }) => [topic, partition, adding]), isr, bytes]);
}

/** Nobody answered this time: no progress, and no failure yet. */
function unknown(error: unknown): string {
  if (!isRetriable(error)) throw error;
  return '';
}

async function inSync(run: Run, left: readonly Reassignment[]): Promise<string> {
  const keys = new Set(left.map(partitionKey));
  const topics = await run.admin.describeTopics([...new Set(left.map(({ topic }) => topic))]);
  return topics
    .flatMap(({ name, partitions }) =>
      partitions
        .filter(({ partition }) => keys.has(partitionKey({ topic: name, partition })))
        .map(({ isr }) => isr.length),
    )
    .join();
}

/** Bytes of the replicas that are being added, on the brokers that they come to. */
async function arrived(run: Run, left: readonly Reassignment[]): Promise<string> {
  const adding = new Map(left.map((each) => [partitionKey(each), each.adding]));
  const brokers = [...new Set(left.flatMap((each) => each.adding))].sort((a, b) => a - b);
  if (brokers.length === 0) return '';
  const answers = await run.admin.describeLogDirs(brokers);
  const bytes = answers
    .flatMap(({ logDirs }) => logDirs)
    .flatMap(({ broker, replicas }) =>
      replicas.filter((replica) => adding.get(partitionKey(replica))?.includes(broker) === true),
    )
    .reduce((sum, replica) => sum + replica.bytes, 0);
  return String(bytes);
}
