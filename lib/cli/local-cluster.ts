import { existsSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { KafkaClient } from '../admin';
import type { ApplyReport } from '../admin/reconcile';
import { Failure, type Issue } from '../core/issue';
import type { EnvironmentModel } from '../core/model';
import { desiredState, type Change } from '../core/plan';
import type { LocalCluster } from '../local';
import { allClientFiles } from './client-settings';
import { withTidyClient, type ClusterAddress } from './cluster';
import { metricsAddresses, metricsLine } from './metrics-addresses';
import type { Context } from './outcome';
import { writeFolder } from './output-folder';
import { reconcilePorts } from './reconcile-ports';
import { untilAborted } from './until-aborted';

/** An environment that runs on this machine, with all that it declares and the settings of its clients. */
export interface RunningLocally {
  readonly cluster: LocalCluster;
  readonly topics: { readonly created: readonly string[]; readonly existing: readonly string[] };
  /** Folder with the settings of every principal. */
  readonly clients: string;
  /** Where what was there before is not as declared. */
  readonly issues: readonly Issue[];
}

/** Brings the environment up and makes its topics, users, rights and quotas; `andThen` may use the connection. */
export async function runLocally(
  model: EnvironmentModel,
  context: Context,
  andThen: (client: KafkaClient) => Promise<void> = () => Promise.resolve(),
): Promise<RunningLocally> {
  const { localAdminAccess, localRoot, upLocal } = require('../local') as typeof import('../local');
  const { progress, signal } = context;
  const root = localRoot('.', model.name);
  const cluster = await upLocal(model, { root, progress, signal });
  const address = localAdminAccess(model, root);
  const made = await withTidyClient(address, context, async (client) => {
    const report = await makeDeclared(client, { model, address, context });
    await andThen(client);
    return report;
  });
  const clients = join(root, 'clients');
  writeFolder(clients, { environment: model.name, content: 'clients' }, allClientFiles(model, undefined));
  const created = made.flatMap(({ change, outcome }) =>
    outcome === 'done' && change.operation.kind === 'create-topic' ? [change.operation.topic] : [],
  );
  return {
    cluster,
    topics: { created, existing: model.topics.map(({ name }) => name).filter((name) => !created.includes(name)) },
    clients,
    issues: made.flatMap(({ change, outcome }) => (outcome === 'skipped' ? [differentIssue(change)] : [])),
  };
}

interface Declared {
  readonly model: EnvironmentModel;
  readonly address: ClusterAddress;
  readonly context: Context;
}

/** Does what is safe, and leaves what needs an acknowledgement: on a laptop too it may be somebody's work. */
async function makeDeclared(
  client: KafkaClient,
  { model, address, context }: Declared,
): Promise<ApplyReport['changes']> {
  const { applyPlan, applySucceeded, makePlan } = require('../admin/reconcile') as typeof import('../admin/reconcile');
  const { progress, signal } = context;
  const desired = desiredState(model);
  const { ports, close } = reconcilePorts(client, { model, address }, { options: {}, context });
  try {
    progress({ step: 'comparing topics, users and rights' });
    const plan = await untilAborted(makePlan(ports, desired), signal);
    const isIdle = plan.changes.every(({ status }) => status === 'held' || status === 'blocked');
    if (isIdle) return plan.changes.map((change) => ({ change, outcome: 'skipped', why: 'it waits' }));
    const report = await applyPlan(ports, desired, plan, { progress, signal, held: 'skip' });
    if (!applySucceeded(report)) throw notMade(report);
    return report.changes;
  } finally {
    await close();
  }
}

function notMade({ changes, stopped, issues }: ApplyReport): Failure {
  if (stopped === 'interrupted')
    return new Failure(
      'INTERRUPTED',
      'the command was interrupted, got a request to stop; what it had done so far stays.',
      'Run it again: it goes on from what is there.',
    );
  const failed = changes.flatMap((one) =>
    one.outcome === 'failed' ? [`${one.change.subject} (${one.error.replace(/\.$/, '')})`] : [],
  );
  const told = [...failed, ...issues.map(({ message }) => message), ...(stopped === undefined ? [] : [stopped])];
  return new Failure(
    'LOCAL-INCOMPLETE',
    `not everything that is declared could be made, got ${told.slice(0, 3).join('; ') || 'changes that not every broker has seen'}; all of it must be.`,
    'Run kdk plan to see what is left.',
  );
}

function differentIssue({ path, subject, summary, from, to }: Change): Issue {
  return {
    code: subject.startsWith('topic ') ? 'TOPIC-DIFFERENT' : 'CLUSTER-DIFFERENT',
    level: 'warning',
    path,
    message: `${subject} was there before and is not as declared, got ${from}; ${to} is declared (${summary}).`,
    hint: 'It was left as it is; kdk plan says what the change costs, and what lets it through.',
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
    ...metricsLine(metricsAddresses(cluster.nodes)),
    `logs: ${[...new Set(cluster.nodes.map(({ name, log }) => here(log.replace(`/${name}/`, '/*/'))))].join(' ')}`,
    `client settings: ${here(clients)}`,
  ];
}

/** Commands that show what was brought up, three or with metrics five; `called` is how the user named the environment. */
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
    ...(model.metrics.enabled ? watchCommands(model, called) : []),
  ];
}

/** In two commands to what its nodes tell, alerts and dashboards included. */
function watchCommands({ name }: EnvironmentModel, called: string): string[] {
  const folder = `dist/${name}-monitoring`;
  return [
    `  npx kdk render ${called} --monitoring ${folder} && prometheus --config.file ${folder}/prometheus.yaml`,
    `  npx kdk exporter ${called}`,
  ];
}

function here(path: string): string {
  const shorter = relative('.', path);
  return shorter.startsWith('..') ? path : shorter;
}
