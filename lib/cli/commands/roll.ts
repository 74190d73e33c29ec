import { planRoll, readHealth, roll, type RollOptions } from '../../admin/roll';
import { retry } from '../../admin/wait';
import { Failure, nearest } from '../../core/issue';
import type { EnvironmentModel } from '../../core/model';
import { judgeRestart, type NodeControl, type RollNode } from '../../core/roll';
import { withTidyClient } from '../cluster';
import type { ClusterOptions } from '../cluster-options';
import { durationArgument } from '../duration-argument';
import { openCluster } from '../open-cluster';
import type { Context, Outcome } from '../outcome';
import type { RollCommandOptions } from '../roll-options';
import { planLines, reportOutcome, verdictLines } from '../roll-lines';
import { requireOwnCluster } from '../../environment/own-cluster';

/** `kdk roll ENV`: restarts nodes one by one, none before the cluster can spare it. */
export async function rollNodes(argument: string, options: RollCommandOptions, context: Context): Promise<Outcome> {
  const cluster = await openCluster(argument, options, context);
  const { model, name, issues, address } = cluster;
  requireOwnCluster(model);
  const nodes = namedNodes(model, options.nodes);
  const patienceMs = options.wait === undefined ? {} : { patienceMs: durationArgument('--wait', options.wait) };
  if (model.target === 'hosts') {
    const { rollHosts } = require('./roll-hosts') as typeof import('./roll-hosts');
    return rollHosts({ cluster, nodes, ...patienceMs, options, context });
  }
  refuseHostOptions(options);
  const { control, release } = await controlOf(model, argument, context);
  const { progress, signal } = context;
  const rolling: RollOptions = {
    ...{ nodes, control, progress, signal, ...patienceMs },
    which: options.all === true ? 'all' : 'due',
  };
  try {
    return await withTidyClient(address, context, async (client) => {
      if (options.dryRun === true) {
        const plan = await planRoll(client, rolling);
        return { environment: name, issues, result: plan, lines: planLines(plan) };
      }
      return { environment: name, issues, ...reportOutcome(await roll(client, rolling)) };
    });
  } finally {
    release();
  }
}

/** `kdk may-restart ENV NODE…`: whether nodes may go down now, for whatever restarts them: a hook, a pipeline, a cloud. */
export async function mayRestart(
  argument: string,
  names: readonly string[],
  options: ClusterOptions,
  context: Context,
): Promise<Outcome> {
  const { model, name, issues, address } = await openCluster(argument, options, context);
  const nodes = namedNodes(model, names);
  return withTidyClient(address, context, async (client) => {
    const health = await retry(() => readHealth(client), { deadlineMs: 30_000 });
    const verdicts = nodes.map((node) => ({ ...node, ...judgeRestart(health, node) }));
    const free = verdicts.every(({ obstacles }) => obstacles.length === 0);
    return {
      environment: name,
      issues,
      result: { may: free, nodes: verdicts },
      lines: [...verdicts.flatMap(verdictLines), ...(nodes.length > 1 ? [ONE_AT_A_TIME] : [])],
      status: free ? 0 : 1,
    };
  });
}

const ONE_AT_A_TIME = 'Each was judged as if it alone went down: restart one, and ask again.';

function namedNodes(model: EnvironmentModel, names: readonly string[] = []): readonly RollNode[] {
  const nodes = model.nodes.map(({ id, name, roles }): RollNode => ({ id, name, roles }));
  if (names.length === 0) return nodes;
  const unknown = names.filter((given) => !nodes.some((node) => isCalled(node, given)));
  if (unknown.length === 0) return nodes.filter((node) => names.some((given) => isCalled(node, given)));
  const known = nodes.map((node) => node.name);
  const near = nearest(unknown[0]!, known);
  throw new Failure(
    'NODE-UNKNOWN',
    `${model.name} has no such node, got ${unknown.join(', ')}; ${known.join(', ')} and their ids are allowed.`,
    near === undefined ? 'Name one of them.' : `Did you mean ${near}?`,
    2,
  );
}

function isCalled({ id, name }: RollNode, given: string): boolean {
  return name === given || String(id) === given;
}

interface Controlled {
  readonly control: NodeControl;
  readonly release: () => void;
}

const HOST_OPTIONS = ['from', 'certificates', 'installOnly', 'sshConfig', 'sshIdentity'] as const;

function refuseHostOptions(options: RollCommandOptions): void {
  const given = HOST_OPTIONS.filter((name) => options[name] !== undefined);
  if (given.length === 0) return;
  const flags = given.map((name) => `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`);
  throw new Failure(
    'USAGE',
    `these options are for hosts, got ${flags.join(', ')}; target hosts has them.`,
    'Leave them out.',
    2,
  );
}

async function controlOf(model: EnvironmentModel, argument: string, context: Context): Promise<Controlled> {
  if (model.target === 'local') {
    const { controlLocal, localRoot } = require('../../local') as typeof import('../../local');
    const { progress, signal } = context;
    const control = await controlLocal(model, { root: localRoot('.', model.name), progress, signal });
    return { control, release: () => control.release() };
  }
  throw new Failure(
    'ROLL-TARGET',
    `kdk roll restarts nodes on hosts and on this machine, got target ${model.target}; ${OTHERWISE[model.target as keyof typeof OTHERWISE]}.`,
    `Ask kdk may-restart ${argument} NODE before each restart.`,
    2,
  );
}

const OTHERWISE: Readonly<Record<Exclude<EnvironmentModel['target'], 'local' | 'hosts'>, string>> = {
  msk: 'Amazon MSK restarts its brokers itself',
  'msk-serverless': 'Amazon MSK has no brokers to restart here',
  ec2: 'the state machine kafka-NAME-roll restarts and replaces instances, after each deployment and when it is started',
  kubernetes: 'Kubernetes rolls pods itself, or roll.sh of kdk render --day2 does',
};
