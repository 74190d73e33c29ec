import { existsSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { KafkaClient, TopicsReport } from '../admin';
import { Failure, type Issue } from '../core/issue';
import type { EnvironmentModel } from '../core/model';
import type { LocalCluster } from '../local';
import { untilAborted, withClient } from './cluster';
import { allClientFiles } from './client-settings';
import type { Context } from './outcome';
import { writeFolder } from './output-folder';

/** An environment that runs on this machine, with its topics and the settings of its clients. */
export interface RunningLocally {
  readonly cluster: LocalCluster;
  readonly topics: TopicsReport;
  /** Folder with the settings of every principal. */
  readonly clients: string;
  /** Where topics that were there before are not as declared. */
  readonly issues: readonly Issue[];
}

/** Brings the environment up and creates its topics; `andThen` may use the connection. */
export async function runLocally(
  model: EnvironmentModel,
  { progress, signal }: Context,
  andThen: (client: KafkaClient) => Promise<void> = () => Promise.resolve(),
): Promise<RunningLocally> {
  const { localAdminAccess, localRoot, upLocal } = require('../local') as typeof import('../local');
  const { createDeclaredTopics, refusedTopics } = require('../admin') as typeof import('../admin');
  const root = localRoot('.', model.name);
  const cluster = await upLocal(model, { root, progress, signal });
  const topics = await withClient(localAdminAccess(model, root), signal, async (client) => {
    const report = await untilAborted(createDeclaredTopics(client, model.topics, { progress }), signal);
    const refused = refusedTopics(report);
    if (refused !== undefined) throw refused;
    await andThen(client);
    return report;
  });
  const clients = join(root, 'clients');
  writeFolder(clients, { environment: model.name, content: 'clients' }, allClientFiles(model, undefined));
  return { cluster, topics, clients, issues: topics.differences.map(issueOf) };
}

function issueOf({ topic, aspect, declared, actual }: TopicsReport['differences'][number]): Issue {
  return {
    code: 'TOPIC-DIFFERENT',
    level: 'warning',
    path: `topics.${topic}`,
    message: `the topic was there before and is not as declared, got ${aspect} ${actual ?? 'not set'}; ${declared ?? 'nothing'} is declared.`,
    hint: 'It was left as it is.',
  };
}

/** Refuses an environment that does not run on this machine. */
export function requireLocal(model: EnvironmentModel, argument: string): void {
  if (model.target === 'local') return;
  throw new Failure(
    'NOT-LOCAL',
    `${model.name} does not run on this machine, got target ${model.target}; kdk up runs the target local.`,
    `Run kdk up ${argument} --target local, or deploy it: ${DEPLOY[model.target](argument)}.`,
    2,
  );
}

const cdkDeploy = (argument: string): string => `npx cdk deploy -c environment=${argument}`;
const DEPLOY: Readonly<Record<EnvironmentModel['target'], (argument: string) => string>> = {
  msk: cdkDeploy,
  'msk-serverless': cdkDeploy,
  ec2: cdkDeploy,
  kubernetes: (argument) => `kdk render ${argument} --out FOLDER, then kubectl apply`,
  hosts: (argument) => `kdk render ${argument} --out FOLDER, then see RUNBOOK.md there`,
  local: (argument) => `kdk up ${argument}`,
};

const OUTCOMES = { started: 'is up', repaired: 'is complete again', found: 'runs already' } as const;

/** Where everything is, and what to try next. */
export function describeRunning(model: EnvironmentModel, { cluster, topics, clients }: RunningLocally): string[] {
  const created = topics.created.length === 0 ? '' : `, ${topics.created.length} created now`;
  return [
    `${model.name} ${OUTCOMES[cluster.outcome]}: Kafka ${cluster.kafka}, ${cluster.nodes.length} nodes, ${model.topics.length} topics${created}`,
    ...Object.entries(cluster.bootstrapServers).map(
      ([listener, servers]) => `bootstrap servers (${listener}): ${servers}`,
    ),
    `logs: ${[...new Set(cluster.nodes.map(({ name, log }) => here(log.replace(`/${name}/`, '/*/'))))].join(' ')}`,
    `client settings: ${here(clients)}`,
  ];
}

/** Three commands that show what was brought up; `called` is how the user named the environment. */
export function nextCommands(model: EnvironmentModel, called: string, { cluster }: RunningLocally): string[] {
  const topic = model.topics[0]?.name;
  const consumer = join(cluster.kafkaHome, 'bin/kafka-console-consumer.sh');
  // Elsewhere a client needs a log-in, which no short command has.
  const open = model.listeners.find(({ authentication }) => authentication === 'none' && !model.authorization);
  return [
    'Try next:',
    `  npx kdk status ${called}`,
    `  npx kdk verify ${called}`,
    topic !== undefined && open !== undefined && existsSync(consumer)
      ? `  ${consumer} --bootstrap-server ${cluster.bootstrapServers[open.name]} --topic ${topic} --from-beginning --max-messages 3`
      : `  npx kdk explain ${called} topics`,
  ];
}

function here(path: string): string {
  const shorter = relative('.', path);
  return shorter.startsWith('..') ? path : shorter;
}
