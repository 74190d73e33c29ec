import type { DesiredState } from '../../core/plan';
import type { AdminPort, ConfigEntry, Reassignment, TopicDescription } from '../port';
import { topicConfigs } from '../topics/configs';
import { poll, retry, type Patience } from '../wait';

export interface ObservedTopics {
  readonly all: ReadonlyMap<string, TopicDescription>;
  readonly configs: ReadonlyMap<string, readonly ConfigEntry[]>;
}

/** A broker sees within a moment what the controller has committed. */
const SETTLING_MS = 3_000;

/**
 * Topics with the options of those that are declared. A partition may show the replicas of a move that the controller is done with: one
 * with more than are declared, and no move, is looked at again before it is taken for another replication factor.
 */
export async function observeTopics(
  admin: AdminPort,
  desired: DesiredState,
  {
    reassignments,
    patience,
  }: { readonly reassignments: Promise<readonly Reassignment[]>; readonly patience: Patience },
): Promise<ObservedTopics> {
  // Before the topics: a move that ends between the two answers is then one that is told of. Whether it fails is told by who asked.
  const moving = new Set((await reassignments.catch(() => [])).map(({ topic, partition }) => `${topic}/${partition}`));
  const wanted = new Map(desired.topics.map(({ name, replicationFactor }) => [name, replicationFactor]));
  const isSettled = ({ all }: ObservedTopics): boolean =>
    [...wanted].every(([name, factor]) =>
      (all.get(name)?.partitions ?? []).every(
        ({ partition, replicas }) => replicas.length <= factor || moving.has(`${name}/${partition}`),
      ),
    );
  return poll(() => retry(() => look(admin, desired), patience), isSettled, { ...patience, deadlineMs: SETTLING_MS });
}

/** Both together, so that a topic that goes between the two questions makes both be asked again. */
async function look(admin: AdminPort, { topics }: DesiredState): Promise<ObservedTopics> {
  const all = new Map((await admin.describeTopics('all')).map((topic) => [topic.name, topic]));
  const declared = topics.flatMap(({ name }) => (all.has(name) ? [name] : []));
  return { all, configs: declared.length === 0 ? new Map() : await topicConfigs(admin, declared) };
}
