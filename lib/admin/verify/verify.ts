import type { Progress } from '../../core/issue';
import type { EnvironmentModel } from '../../core/model';
import { Refused, Unreachable } from '../failures';
import type { ConfigEntry, Connect, KafkaClient } from '../port';
import { topicConfigs } from '../topics/configs';
import { poll, retry, type Patience } from '../wait';
import { checkBrokerConfig, declaredOptions, type BrokerOptions } from './broker-config';
import { checkBrokers, checkClusterId } from './brokers';
import { verifyReport, type VerifyCheck, type VerifyReport } from './check';
import { checkPartitions, declaredMinIsr, isHealthy, partitionHealth } from './partitions';
import { checkMetadataVersion, checkQuorum } from './quorum';
import { reachBootstrap, reachBrokers } from './reach';
import { checkRoundTrips } from './round-trip';
import { checkTopics, isAsDeclared, topicsState } from './topics';

const LEAST_PATIENCE_MS = 2_000;

export interface VerifyOptions {
  readonly bootstrapServers: readonly string[];
  readonly connect: Connect;
  readonly progress: Progress;
  /** Longest wait for one answer. @default 10000 */
  readonly timeoutMs?: number;
  /** How long something may look wrong before it is called so. @default 15000 */
  readonly patienceMs?: number;
}

/**
 * Looks at a live cluster from a client's place and compares it with its environment. What is wrong becomes a check, not an error;
 * it fails only where no bootstrap server answers or the log-in is refused. It writes to the kit's own topic `__kdk_verify` alone.
 */
export async function verifyCluster(model: EnvironmentModel, options: VerifyOptions): Promise<VerifyReport> {
  const { connect, progress, timeoutMs = 10_000, patienceMs = 15_000 } = options;
  progress({ step: 'reaching the bootstrap servers' });
  const bootstrap = await reachBootstrap(connect, options.bootstrapServers, timeoutMs);
  const client = await connect({ bootstrapServers: bootstrap.servers, timeoutMs });
  try {
    const looked = await look(client, model, { progress, patience: sharedPatience(patienceMs) });
    return verifyReport([...bootstrap.checks, ...looked]);
  } finally {
    await client.close();
  }
}

/** The polls share one deadline, or a cluster with one thing wrong would be waited for once for each check that shows it. */
function sharedPatience(patienceMs: number): Patience {
  const end = Date.now() + patienceMs;
  return {
    get deadlineMs() {
      return Math.max(LEAST_PATIENCE_MS, end - Date.now());
    },
  };
}

interface LookOptions {
  readonly progress: Progress;
  readonly patience: Patience;
}

async function look(client: KafkaClient, model: EnvironmentModel, options: LookOptions): Promise<VerifyCheck[]> {
  const { progress, patience } = options;
  progress({ step: 'reaching every broker' });
  const cluster = await poll(
    () => client.describeCluster(),
    ({ brokers }) => checkBrokers(model, brokers).status === 'ok',
    patience,
  );
  const brokers = await reachBrokers(client, cluster);
  progress({ step: 'looking at the quorum' });
  const quorum = await poll(
    () => quorumChecks(client, model),
    (checks) => checks.every(({ status }) => status === 'ok'),
    patience,
  );
  return [
    ...brokers.checks,
    checkClusterId(model, cluster),
    checkBrokers(model, cluster.brokers),
    ...quorum,
    checkMetadataVersion(model, await retry(() => client.describeFeatures(), patience)),
    ...(await lookAtTopics(client, model, options)),
    ...checkBrokerConfig(model, await brokerOptions(client, model, brokers.reached)),
    ...(await checkRoundTrips(client, brokers.reached, options)),
  ];
}

/** Brokers pass the question on to the controllers; brokers that answer everything but this one have no quorum behind them. */
async function quorumChecks(client: KafkaClient, model: EnvironmentModel): Promise<VerifyCheck[]> {
  try {
    return checkQuorum(model, await client.describeQuorum());
  } catch (error) {
    if (!(error instanceof Unreachable)) throw error;
    return checkQuorum(model, { leaderId: -1, epoch: -1, voters: [], observers: [] });
  }
}

async function lookAtTopics(
  client: KafkaClient,
  model: EnvironmentModel,
  { progress, patience }: LookOptions,
): Promise<VerifyCheck[]> {
  progress({ step: 'looking at topics and partitions' });
  const state = await poll(
    async () => {
      const topics = await describeAll(client);
      const names = new Set(topics.map(({ name }) => name));
      const configs = await topicConfigs(
        client,
        model.topics.map(({ name }) => name).filter((name) => names.has(name)),
      );
      const minIsr = declaredMinIsr(model);
      return { health: partitionHealth(topics, minIsr), topics: topicsState(model, topics, configs) };
    },
    (seen) => isHealthy(seen.health) && isAsDeclared(seen.topics),
    patience,
  );
  return [...checkPartitions(state.health), ...checkTopics(model, state.topics)];
}

async function describeAll(client: KafkaClient): ReturnType<KafkaClient['describeTopics']> {
  return client.describeTopics((await client.listTopics()).map(({ name }) => name));
}

async function brokerOptions(
  client: KafkaClient,
  model: EnvironmentModel,
  brokers: readonly number[],
): Promise<BrokerOptions> {
  const options = declaredOptions(model);
  const described = await client.describeConfigs(brokers.map((id) => ({ type: 'broker', name: String(id), options })));
  for (const { name, error } of described)
    if (error !== undefined) throw new Refused(`describe the options of broker ${name}`, error);
  return new Map(described.map(({ name, entries }): [number, readonly ConfigEntry[]] => [Number(name), entries]));
}
