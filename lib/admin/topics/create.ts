import { setTimeout as sleep } from 'node:timers/promises';
import { Failure, type Progress } from '../../core/issue';
import type { TopicModel } from '../../core/model';
import { formatError, isRetriable } from '../failures';
import type { AdminPort, KafkaError, NewTopic, TopicResult } from '../port';
import { retry } from '../wait';
import { batchTopics } from './batches';
import { topicConfigs } from './configs';
import { topicDifferences, type TopicDifference } from './differences';
import { untilVisible } from './visible';

export interface CreateTopicsOptions {
  readonly progress: Progress;
  /** How long to try again where nothing moves. @default 60000 */
  readonly patienceMs?: number;
}

export interface TopicsReport {
  readonly created: readonly string[];
  /** Declared topics that were there before. */
  readonly existing: readonly string[];
  /** Where the existing ones are not as declared; nothing is altered. */
  readonly differences: readonly TopicDifference[];
  readonly refused: readonly RefusedTopic[];
}

export interface RefusedTopic {
  readonly topic: string;
  readonly error: KafkaError;
}

const ALREADY_EXISTS = 'TOPIC_ALREADY_EXISTS';
const FIRST_PAUSE_MS = 200;
const LONGEST_PAUSE_MS = 5_000;

/**
 * Creates the declared topics that are missing and waits until every broker sees them with their leaders. It never alters or deletes,
 * so running it again, also after it was killed half-way, does only what is left.
 */
export async function createDeclaredTopics(
  admin: AdminPort,
  topics: readonly TopicModel[],
  { progress, patienceMs = 60_000 }: CreateTopicsOptions,
): Promise<TopicsReport> {
  const patience = { deadlineMs: patienceMs };
  const present = new Set((await retry(() => admin.listTopics(), patience)).map(({ name }) => name));
  const missing = topics.filter(({ name }) => !present.has(name));
  const created = new Set<string>();
  const refused: RefusedTopic[] = [];
  const settled = (): number => created.size + refused.length;
  for (const batch of batchTopics(missing.map(newTopic))) {
    progress({ step: 'creating topics', done: settled(), total: missing.length });
    const outcome = await createBatch(admin, batch, patienceMs);
    for (const topic of outcome.created) created.add(topic);
    refused.push(...outcome.refused);
  }
  if (missing.length > 0) progress({ step: 'creating topics', done: settled(), total: missing.length });

  const lost = new Set(refused.map(({ topic }) => topic));
  const there = topics.filter(({ name }) => !lost.has(name));
  const awaited = there.map(({ name, partitions }) => (created.has(name) ? { name, partitions } : { name }));
  if (awaited.length > 0) await untilVisible(admin, awaited, { progress, stallMs: patienceMs });

  const existing = there.filter(({ name }) => !created.has(name));
  return {
    created: [...created],
    existing: existing.map(({ name }) => name),
    differences: existing.length === 0 ? [] : await retry(() => compare(admin, existing), patience),
    refused,
  };
}

/** For callers that cannot go on without every topic; names the first few that Kafka refused. */
export function refusedTopics({ refused }: TopicsReport): Failure | undefined {
  if (refused.length === 0) return undefined;
  const shown = refused.slice(0, 5).map(({ topic, error }) => `${topic}: ${formatError(error)}`);
  const more = refused.length > shown.length ? ` and ${refused.length - shown.length} more` : '';
  return new Failure(
    'TOPICS-REFUSED',
    `Kafka refused ${refused.length === 1 ? 'a topic' : `${refused.length} topics`}, got ${shown.join('; ')}${more}; ` +
      'every declared topic must be possible on this cluster.',
    'Change the topic in the environment, or the cluster, and run it again: what exists stays as it is.',
  );
}

function newTopic({ name, partitions, replicationFactor, config }: TopicModel): NewTopic {
  return { name, placement: { partitions, replicationFactor }, config };
}

interface BatchOutcome {
  readonly created: string[];
  readonly refused: RefusedTopic[];
}

/** Asks again for what Kafka says to try later, and for everything where no answer came. */
async function createBatch(admin: AdminPort, batch: readonly NewTopic[], patienceMs: number): Promise<BatchOutcome> {
  const outcome: BatchOutcome = { created: [], refused: [] };
  const end = Date.now() + patienceMs;
  let pending = batch;
  for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
    const late = Date.now() + pause > end;
    const results = await answers(admin, pending, late);
    const later = new Set<string>();
    for (const { topic, error } of results ?? pending.map(({ name }) => ({ topic: name, error: undefined }))) {
      if (results === undefined || (error?.retriable === true && !late)) later.add(topic);
      // Somebody was faster, or the answer to an earlier try was lost: it is there, which is what was asked for.
      else if (error === undefined || error.name === ALREADY_EXISTS) outcome.created.push(topic);
      else outcome.refused.push({ topic, error });
    }
    pending = pending.filter(({ name }) => later.has(name));
    if (pending.length === 0) return outcome;
    await sleep(pause);
  }
}

/** Undefined where nobody answered and there is time for another try. */
async function answers(
  admin: AdminPort,
  topics: readonly NewTopic[],
  late: boolean,
): Promise<readonly TopicResult[] | undefined> {
  try {
    return await admin.createTopics(topics, { validateOnly: false });
  } catch (error) {
    if (late || !isRetriable(error)) throw error;
    return undefined;
  }
}

async function compare(admin: AdminPort, declared: readonly TopicModel[]): Promise<TopicDifference[]> {
  const names = declared.map(({ name }) => name);
  const topics = new Map((await admin.describeTopics(names)).map((topic) => [topic.name, topic]));
  const configs = await topicConfigs(admin, names);
  return declared.flatMap((topic) => {
    const actual = topics.get(topic.name);
    return actual === undefined ? [] : topicDifferences(topic, actual, configs.get(topic.name) ?? []);
  });
}
