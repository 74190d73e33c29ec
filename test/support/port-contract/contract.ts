import type { AdminPort, ItemResult, KafkaError, NewTopic, TopicDescription, TopicResult } from '../../../lib/admin';
import { poll } from '../../../lib/admin/wait';
import type { ContractCluster } from '../port-contract';

export type Opened = () => ContractCluster;

/** More than a busy machine needs for one request of each kind and for what it changed to be seen. */
export const TEST_MS = 60_000;
const PATIENCE = { deadlineMs: 20_000, pauseMs: 20 };

/** The answer as soon as it is as wanted; a broker need not see at once what the controller committed. */
export function eventually<T>(ask: () => Promise<T>, settled: (answer: T) => boolean): Promise<T> {
  return poll(ask, settled, PATIENCE);
}

export function plainTopic(name: string, partitions = 1, replicationFactor = 1): NewTopic {
  return { name, placement: { partitions, replicationFactor }, config: {} };
}

/** Creates topics and waits until every broker knows them and they have leaders. */
export async function makeTopics(
  { client, brokers }: ContractCluster,
  topics: readonly NewTopic[],
): Promise<Map<string, TopicDescription>> {
  expect(await client.createTopics(topics, { validateOnly: false })).toEqual(
    topics.map(({ name }) => ({ topic: name })),
  );
  const names = topics.map(({ name }) => name);
  let described: readonly TopicDescription[] = [];
  for (const broker of brokers) {
    described = await eventually(
      () => client.describeTopics(names, { broker }),
      (found) =>
        found.length === names.length && found.every(({ partitions }) => partitions.every(({ leader }) => leader >= 0)),
    );
  }
  return new Map(described.map((topic) => [topic.name, topic]));
}

export async function describeTopic(client: AdminPort, name: string): Promise<TopicDescription | undefined> {
  return (await client.describeTopics([name]))[0];
}

/** Code of each item in order, 0 where it was done. */
export function codes(results: readonly (ItemResult<unknown> | TopicResult)[]): number[] {
  return results.map(({ error }) => error?.code ?? 0);
}

export function names(results: readonly { readonly error?: KafkaError }[]): string[] {
  return results.map(({ error }) => error?.name ?? 'NONE');
}
