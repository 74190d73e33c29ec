import { partitionKey } from '../offsets/groups';
import type { AdminPort, OffsetAnswer, OffsetQuestion, TopicPartition } from '../port';

/** Place of a group in a partition. */
export interface Place extends TopicPartition {
  readonly offset: number;
}

/** Halvings of the time between the first record and the last: enough for a century in milliseconds. */
const MOST_HALVINGS = 44;

interface Search extends Place {
  /** The first record at or after `low` is at the offset or before it; at or after `high` it is behind the offset. */
  low: number;
  high: number;
}

/**
 * The time of each place, such that reading from the first record at or after it skips nothing: with equal or unordered timestamps it
 * is earlier, and some records are read again. Undefined where the partition holds no record. It asks by halves, all partitions at once,
 * and reads no record.
 */
export async function timesOf(admin: AdminPort, places: readonly Place[]): Promise<(number | undefined)[]> {
  const bounds = await Promise.all([
    ask(admin, places, () => 'earliest'),
    ask(admin, places, () => 'latest'),
    ask(admin, places, () => 'max-timestamp'),
  ]);
  const [earliest, latest, newest] = bounds;
  const first = await ask(admin, places, () => 0);
  const times: (number | undefined)[] = [];
  const open: { readonly index: number; readonly search: Search }[] = [];
  places.forEach((place, index) => {
    const [start, end] = [earliest[index]?.offset, latest[index]?.offset];
    const [oldestMs, newestMs] = [first[index]?.timestampMs ?? -1, newest[index]?.timestampMs ?? -1];
    if (start === undefined || end === undefined || end <= start || newestMs < 0) times[index] = undefined;
    else if (place.offset <= start) times[index] = Math.max(0, oldestMs);
    else if (place.offset >= end) times[index] = newestMs + 1;
    else open.push({ index, search: { ...place, low: Math.max(0, oldestMs), high: newestMs + 1 } });
  });
  for (let halving = 0; halving < MOST_HALVINGS; halving++) {
    const active = open.filter(({ search }) => search.high - search.low > 1);
    if (active.length === 0) break;
    const middle = ({ low, high }: Search): number => low + Math.floor((high - low) / 2);
    const answers = await ask(
      admin,
      active.map(({ search }) => search),
      (search) => middle(search),
    );
    active.forEach(({ search }, index) => {
      const answer = answers[index];
      if (answer === undefined || answer.offset < 0 || answer.offset > search.offset) search.high = middle(search);
      else search.low = middle(search);
    });
  }
  for (const { index, search } of open) times[index] = search.low;
  return times;
}

/** An answer for each place, in their order; undefined where there is none. */
async function ask<P extends Place>(
  admin: AdminPort,
  places: readonly P[],
  at: (place: P) => OffsetQuestion['at'],
): Promise<(OffsetAnswer | undefined)[]> {
  if (places.length === 0) return [];
  // Groups share partitions; one question for each partition and time is enough.
  const questions = new Map(
    places.map((place) => [
      `${partitionKey(place.topic, place.partition)}@${at(place)}`,
      { topic: place.topic, partition: place.partition, at: at(place) },
    ]),
  );
  const keys = [...questions.keys()];
  const answers = new Map<string, OffsetAnswer>();
  // A request names each partition once.
  for (const batch of distinctPartitions([...questions.values()], keys)) {
    const found = await admin.listOffsets(batch.map(({ question }) => question));
    const byPartition = new Map(found.map((answer) => [partitionKey(answer.topic, answer.partition), answer]));
    for (const { key, question } of batch) {
      const answer = byPartition.get(partitionKey(question.topic, question.partition));
      if (answer !== undefined && answer.error === undefined) answers.set(key, answer);
    }
  }
  return places.map((place) => answers.get(`${partitionKey(place.topic, place.partition)}@${at(place)}`));
}

interface Asked {
  readonly key: string;
  readonly question: OffsetQuestion;
}

function distinctPartitions(questions: readonly OffsetQuestion[], keys: readonly string[]): Asked[][] {
  const batches: { readonly partitions: Set<string>; readonly asked: Asked[] }[] = [];
  questions.forEach((question, index) => {
    const partition = partitionKey(question.topic, question.partition);
    let batch = batches.find(({ partitions }) => !partitions.has(partition));
    if (batch === undefined) batches.push((batch = { partitions: new Set(), asked: [] }));
    batch.partitions.add(partition);
    batch.asked.push({ key: keys[index]!, question });
  });
  return batches.map(({ asked }) => asked);
}
