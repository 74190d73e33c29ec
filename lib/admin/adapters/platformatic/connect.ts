import type { ConnectOptions, KafkaClient } from '../../port';
import { PlatformaticClient } from './client';
import { library } from './library';
import { Links } from './links';

/** Connects to the first of the bootstrap servers that answers; fails with status 3 where none does. */
export async function connectAdmin({
  bootstrapServers,
  timeoutMs = 30_000,
  ...security
}: ConnectOptions): Promise<KafkaClient> {
  const kafka = await library();
  const client = new PlatformaticClient(kafka, new Links(kafka, { timeoutMs, ...security }), bootstrapServers);
  try {
    await client.describeCluster();
    return client as unknown as KafkaClient;
  } catch (error) {
    await client.close();
    throw error;
  }
}
