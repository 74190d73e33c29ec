import type { Change } from '../../core/plan';
import { sameValue } from '../../core/plan';
import { batch } from '../batches';
import type { ConfigEntry, PartitionGrowth, TopicDescription } from '../port';
import { controllerRecords } from '../topics/controller-records';
import { topicConfigs } from '../topics/configs';
import { poll, retry } from '../wait';
import { growthOf, newTopicOf, ofKind, type ChangeOf, type OperationOf } from './operations';
import { observe } from './observe';
import type { Run } from './run';
import { notPlannedNow } from './still-planned';

export async function createTopics(run: Run, changes: readonly Change[]): Promise<void> {
  const items = ofKind(changes, 'create-topic').map((change) => ({
    key: change.operation.topic,
    value: newTopicOf(change.operation),
    changes: [change],
  }));
  const wanted = new Map(items.map(({ key, changes: [change] }) => [key, change!.operation]));
  await run.perform({
    step: 'creating topics',
    batches: batch(items, { recordsOf: ({ value }) => controllerRecords(value) }),
    send: async (topics) =>
      (await run.admin.createTopics(topics, { validateOnly: false })).map(({ topic, ...rest }) => ({
        key: topic,
        ...rest,
      })),
    judge: ({ name }) => (name === 'TOPIC_ALREADY_EXISTS' ? 'doubtful' : undefined),
    check: ({ name }) => checkCreated(run, wanted.get(name)!),
  });
}

/** The answer to an earlier try was lost, or somebody was faster: then it must be the topic that was wanted. */
async function checkCreated(run: Run, wanted: OperationOf<'create-topic'>): Promise<string | undefined> {
  const topic = await describedTopic(run, wanted.topic, () => true);
  if (topic === undefined) return 'Kafka says that it exists, and no broker shows it';
  const configs = await retry(() => topicConfigs(run.admin, [wanted.topic]), run.patience);
  const wrong = differences(wanted, topic, configs.get(wanted.topic) ?? []);
  return wrong.length === 0 ? undefined : `somebody else created it in the meantime, otherwise: ${wrong.join(', ')}`;
}

function differences(
  wanted: OperationOf<'create-topic'>,
  { partitions }: TopicDescription,
  entries: readonly ConfigEntry[],
): string[] {
  const values = new Map(entries.map(({ option, value }) => [option, value ?? '']));
  const factor = partitions[0]?.replicas.length ?? 0;
  return [
    ...(partitions.length === wanted.partitions ? [] : [`${partitions.length} partitions`]),
    ...(factor === wanted.replicationFactor ? [] : [`replication factor ${factor}`]),
    ...Object.entries(wanted.config)
      .filter(([option, value]) => !sameValue(value, values.get(option) ?? ''))
      .map(([option]) => `${option} ${values.get(option) ?? 'not set'}`),
  ];
}

export async function addPartitions(run: Run, changes: readonly Change[]): Promise<void> {
  const items = ofKind(changes, 'add-partitions').map((change) => ({
    key: change.operation.topic,
    value: growthOf(change.operation),
    changes: [change],
  }));
  await run.perform({
    step: 'adding partitions',
    batches: batch(items, { recordsOf: ({ value }) => value.total }),
    send: async (growths) =>
      (await run.admin.addPartitions(growths, { validateOnly: false })).map(({ topic, ...rest }) => ({
        key: topic,
        ...rest,
      })),
    // "Topic already has 6 partition(s)": an earlier try was done, or somebody else added more.
    judge: ({ name }) => (name === 'INVALID_PARTITIONS' ? 'doubtful' : undefined),
    check: (growth) => checkGrown(run, growth),
  });
}

async function checkGrown(run: Run, { topic, total }: PartitionGrowth): Promise<string | undefined> {
  const found = await describedTopic(run, topic, ({ partitions }) => partitions.length >= total);
  if (found?.partitions.length === total) return undefined;
  return `it has ${found?.partitions.length ?? 'no'} partitions by now, ${total} are declared`;
}

/** As any broker shows it once `settled` holds: brokers follow the controller in their own time. */
async function describedTopic(
  run: Run,
  name: string,
  settled: (topic: TopicDescription) => boolean,
): Promise<TopicDescription | undefined> {
  const [topic] = await poll(
    () => run.admin.describeTopics([name]),
    ([found]) => found !== undefined && settled(found),
    run.patience,
  );
  return topic;
}

/**
 * Those that nobody has begun to use since it was planned. Copying replicas may have taken hours, and a plan that was saved may be days
 * old; a deletion cannot be taken back.
 */
async function unused(
  run: Run,
  deletions: readonly ChangeOf<'delete-topic'>[],
): Promise<readonly ChangeOf<'delete-topic'>[]> {
  if (deletions.length === 0) return deletions;
  const { ports, desired, patienceMs } = run.options;
  run.tell('looking at who uses topics to be deleted', 0, deletions.length);
  const observed = await observe(ports, desired, { patienceMs });
  const reasons = await notPlannedNow(ports, desired, deletions, { observed, patienceMs });
  return deletions.filter((change) => {
    const gone = observed.topics.get(change.operation.topic) === undefined;
    const why = gone ? undefined : reasons.get(change.id);
    if (why !== undefined) run.settle([change], { outcome: 'failed', error: `it was not deleted: ${why}` });
    return why === undefined;
  });
}

export async function deleteTopics(run: Run, changes: readonly Change[]): Promise<void> {
  const items = (await unused(run, ofKind(changes, 'delete-topic'))).map((change) => {
    const { topic, topicId } = change.operation;
    return { key: topic, value: { name: topic, topicId }, changes: [change] };
  });
  await run.perform({
    step: 'deleting topics',
    batches: batch(items),
    send: async (topics) =>
      (await run.admin.deleteTopics(topics)).map(({ topic, ...rest }) => ({ key: topic, ...rest })),
    // The controller knows no topic of that id any more, and ids are never used again.
    judge: ({ name }) => (name.startsWith('UNKNOWN_TOPIC') ? 'doubtful' : undefined),
  });
}
