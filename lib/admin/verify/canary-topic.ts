import { Refused } from '../failures';
import type { AdminPort, NewTopic, TopicDescription } from '../port';
import { poll, retry, type Patience } from '../wait';

/** The kit's own topic for round trips: a partition for each broker, which prefers that broker as its leader. */
export const CANARY_TOPIC = '__kdk_verify';

/** Two records a run and broker; an hour is enough for whoever wants to look at them. */
const RETENTION_MS = '3600000';

export interface CanaryChanges {
  readonly create?: NewTopic;
  /** Brokers of the partitions to add. */
  readonly add: readonly (readonly number[])[];
  /** Partitions to give back to the broker that they prefer. */
  readonly elect: readonly number[];
}

/** What to do so that each of these brokers leads a partition. */
export function canaryChanges(brokers: readonly number[], topic: TopicDescription | undefined): CanaryChanges {
  const ids = [...brokers].sort((a, b) => a - b);
  if (topic === undefined) return { create: newCanary(ids), add: [], elect: [] };
  const leading = new Set(topic.partitions.map(({ leader }) => leader));
  const idle = ids.filter((broker) => !leading.has(broker));
  const preferring = new Map(topic.partitions.map(({ partition, replicas }) => [replicas[0], partition]));
  return {
    add: idle.filter((broker) => !preferring.has(broker)).map((broker) => replicasFrom(ids, broker)),
    elect: idle.flatMap((broker) => preferring.get(broker) ?? []),
  };
}

/** By broker, a partition that it leads. Brokers that lead none in time are left out. */
export async function prepareCanary(
  admin: AdminPort,
  brokers: readonly number[],
  patience: Patience,
): Promise<{ partitions: Map<number, number>; created: boolean }> {
  const [topic] = await retry(() => admin.describeTopics([CANARY_TOPIC]), patience);
  const changes = canaryChanges(brokers, topic);
  if (changes.create !== undefined) {
    const [result] = await retry(() => admin.createTopics([changes.create!], { validateOnly: false }), patience);
    if (result?.error !== undefined && result.error.name !== 'TOPIC_ALREADY_EXISTS')
      throw new Refused(`create ${CANARY_TOPIC}`, result.error);
  }
  if (changes.add.length > 0) {
    const total = topic!.partitions.length + changes.add.length;
    const growth = { topic: CANARY_TOPIC, total, assignments: changes.add };
    const [result] = await admin.addPartitions([growth], { validateOnly: false });
    if (result?.error !== undefined) throw new Refused(`add partitions to ${CANARY_TOPIC}`, result.error);
  }
  if (changes.elect.length > 0)
    // A replica that is not in sync yet cannot lead; the poll below says whether the broker leads something in time.
    await admin.electPreferredLeaders(changes.elect.map((partition) => ({ topic: CANARY_TOPIC, partition })));
  const partitions = await poll(
    async () => ledPartitions(brokers, (await admin.describeTopics([CANARY_TOPIC]))[0]),
    (led) => led.size === brokers.length,
    patience,
  );
  return { partitions, created: changes.create !== undefined };
}

function newCanary(brokers: readonly number[]): NewTopic {
  const replicationFactor = Math.min(3, brokers.length);
  return {
    name: CANARY_TOPIC,
    placement: { assignments: brokers.map((broker) => replicasFrom(brokers, broker)) },
    config: {
      'cleanup.policy': 'delete',
      'min.insync.replicas': replicationFactor >= 3 ? '2' : '1',
      'retention.ms': RETENTION_MS,
    },
  };
}

/** The broker and the two that follow it in the ring of ids. */
function replicasFrom(brokers: readonly number[], first: number): number[] {
  const start = brokers.indexOf(first);
  const length = Math.min(3, brokers.length);
  return Array.from({ length }, (_, step) => brokers[(start + step) % brokers.length]!);
}

function ledPartitions(brokers: readonly number[], topic: TopicDescription | undefined): Map<number, number> {
  const led = new Map<number, number>();
  for (const { leader, partition } of topic?.partitions ?? [])
    if (brokers.includes(leader) && !led.has(leader)) led.set(leader, partition);
  return led;
}
