import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectAdmin, type KafkaClient } from '../../lib/admin';
import { poll } from '../../lib/admin/wait';
import { kafkaRelease } from '../../lib/core/versions';
import { kafkaHome } from '../../lib/local/kafka-home';
import { startBareNodes, type BareNodes, type BareOptions } from './bare-nodes';

/** A cluster of one version of Kafka for one test file, with a client of it that may do everything. */
export interface AskedCluster {
  readonly nodes: BareNodes;
  readonly client: KafkaClient;
  readonly folder: string;
  stop(): Promise<void>;
}

/** Kafka's own authorizer; who comes without a name may do everything. */
export const AUTHORIZED: Readonly<Record<string, string>> = {
  'authorizer.class.name': 'org.apache.kafka.metadata.authorizer.StandardAuthorizer',
  'super.users': 'User:ANONYMOUS',
};

/** What nodes need to hold groups and transactions, however few they are. */
const SMALL: Readonly<Record<string, string>> = {
  'auto.create.topics.enable': 'false',
  'offsets.topic.replication.factor': '1',
  'offsets.topic.num.partitions': '3',
  'transaction.state.log.replication.factor': '1',
  'transaction.state.log.min.isr': '1',
  'transaction.state.log.num.partitions': '3',
};

export async function startAskedCluster(version: string, options: BareOptions = {}): Promise<AskedCluster> {
  const patch = kafkaRelease(version)!.patch;
  const home = await kafkaHome({ version: patch, metrics: false, progress: () => undefined });
  const folder = mkdtempSync(join(tmpdir(), 'kdk-port-'));
  const nodes = await startBareNodes(home, folder, { ...options, properties: { ...SMALL, ...options.properties } });
  const stop = async (): Promise<void> => {
    await nodes.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    const client = await Promise.race([connectWhenUp(nodes), nodes.ended]);
    return {
      nodes,
      client,
      folder,
      stop: async () => {
        await client.close();
        await stop();
      },
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

const UP = { deadlineMs: 120_000 };

async function connectWhenUp(nodes: BareNodes): Promise<KafkaClient> {
  const bootstrapServers = nodes.servers();
  const client = await poll(
    () => connectAdmin({ bootstrapServers }),
    () => true,
    UP,
  );
  await poll(
    () => client.describeCluster(),
    ({ brokers }) => brokers.length === nodes.ids.length,
    UP,
  );
  return client;
}
