import type { KafkaClient } from '../../admin';
import {
  bringHosts,
  compareHosts,
  controlHosts,
  lookAtHosts,
  nextStart,
  type HostShell,
  type HostWork,
} from '../../admin/hosts';
import { planRoll, roll } from '../../admin/roll';
import { underLease } from '../../admin/reconcile/lease';
import { retry, SYSTEM_CLOCK } from '../../admin/wait';
import { Failure, type Issue } from '../../core/issue';
import { downgradeObstacle, isRunning, type HostState, type RollNode } from '../../core/roll';
import { kafkaRelease } from '../../core/versions';
import { counted } from '../amounts';
import { withTidyClient } from '../cluster';
import { hostFolders } from '../host-folders';
import { withHosts } from '../host-shell';
import type { OpenedCluster } from '../open-cluster';
import type { Context, Outcome } from '../outcome';
import { planLines, reportOutcome } from '../roll-lines';
import { waitForCluster } from '../wait-for-cluster';
import type { RollCommandOptions } from '../roll-options';

export interface HostsRoll {
  readonly cluster: OpenedCluster;
  readonly nodes: readonly RollNode[];
  readonly patienceMs?: number;
  readonly options: RollCommandOptions;
  readonly context: Context;
}

/** A new cluster has five minutes to find its quorum, and its nodes are started again if it takes longer. */
const FORMATION_WAIT = '10m';

/**
 * `kdk roll` for hosts: looks at all of them, copies and installs everywhere, and only then restarts, node by node. What is wrong on any host
 * stops it before anything is stopped.
 */
export function rollHosts(rolling: HostsRoll): Promise<Outcome> {
  const { cluster, nodes, options, context } = rolling;
  const { model, address } = cluster;
  const { progress } = context;
  const folders = hostFolders(model, options);
  return withHosts(model, { flags: options, context }, async (shell, all) => {
    const hosts = all.filter(({ nodeId }) => nodes.some(({ id }) => id === nodeId));
    const looks = await lookAtHosts(shell, hosts, { clusterId: model.clusterId, progress });
    const work = await compareHosts(shell, looks, { environment: model.name, folders, progress });
    const noticed = { ...rolling, cluster: { ...cluster, issues: [...cluster.issues, ...endingSoon(work)] } };
    // Before the cluster is asked: it may be the hosts that say why it does not answer.
    if (options.dryRun === true) context.tell(work.flatMap(hostLines));
    if (work.length === all.length && !work.some(isUp)) return startAll(shell, work, noticed);
    try {
      return await withTidyClient(address, context, async (client) => {
        await refuseDowngrade(client, work);
        return rollRunning(client, shell, { ...noticed, work });
      });
    } catch (error) {
      throw withDownNodes(error, work);
    }
  });
}

const isUp = ({ look }: HostWork): boolean => look.state !== undefined && isRunning(look.state);

const SOON_DAYS = 30;

/** Of certificates that are not replaced now; those that have ended are the business of install.sh, which refuses them. */
function endingSoon(work: readonly HostWork[]): Issue[] {
  return work.flatMap(({ name, look, folder }) => {
    const ends = look.state?.certificateEnds;
    if (ends === undefined || folder.files.some(({ path }) => path === 'node.pem')) return [];
    const days = Math.floor((ends - look.clock.said) / 86_400);
    if (days >= SOON_DAYS) return [];
    return [
      {
        code: 'HOST-CERTIFICATE-ENDS',
        level: 'warning',
        path: '',
        message: `the certificate of ${name} ends soon, got ${days} days; ${SOON_DAYS} days leave time to renew it.`,
        hint: 'Renew it, and roll with --certificates.',
      },
    ];
  });
}

/** Without an answer of the cluster nothing can be judged; what is down is the likely reason, and starting it takes nothing away. */
function withDownNodes(error: unknown, work: readonly HostWork[]): unknown {
  const down = work.filter((host) => !isUp(host)).map(({ name }) => name);
  if (!(error instanceof Failure) || error.code !== 'KAFKA-UNREACHABLE' || down.length === 0) return error;
  const hint = `Nodes are down: ${down.join(', ')}. Start them (sudo systemctl start kafka.service on each), see journalctl -u kafka, and run this again.`;
  return new Failure(error.code, error.message, hint, error.status);
}

type Rolling = HostsRoll & { readonly work: readonly HostWork[] };

async function rollRunning(client: KafkaClient, shell: HostShell, rolling: Rolling): Promise<Outcome> {
  const { cluster, nodes, options, context, work, patienceMs } = rolling;
  const { model, name: environment, issues } = cluster;
  const { progress, signal } = context;
  const base = { model, hosts: work.map(({ host }) => host) };
  const engine = {
    ...{ nodes, progress, signal, ...(patienceMs === undefined ? {} : { patienceMs }) },
    which: options.all === true ? ('all' as const) : ('due' as const),
  };
  if (options.dryRun === true) {
    const next = new Map(work.map(({ name, folder }) => [name, nextStart(folder)]));
    const control = controlHosts(shell, { ...base, next });
    const plan = await planRoll(client, { ...engine, control });
    return { environment, issues, result: { hosts: work.map(hostResult), ...plan }, lines: planLines(plan) };
  }
  const bring = (): ReturnType<typeof bringHosts> =>
    bringHosts(shell, work, { environment: model.name, progress, signal });
  context.tell(installLines(await underLease(client, { clock: SYSTEM_CLOCK, patienceMs: 60_000 }, bring)));
  if (options.installOnly === true) {
    const lines = [`${counted(work.length, 'host')} installed; no node that runs was restarted`];
    return { environment, issues, result: { hosts: work.map(hostResult) }, lines };
  }
  const report = await roll(client, { ...engine, control: controlHosts(shell, base) });
  return { environment, issues, ...reportOutcome(report) };
}

/** No node runs anywhere: nothing can be asked, and nothing can be broken. install.sh starts what is down. */
async function startAll(shell: HostShell, work: readonly HostWork[], rolling: HostsRoll): Promise<Outcome> {
  const { cluster, options, context } = rolling;
  const { progress, signal } = context;
  const { model, name: environment, issues } = cluster;
  const told = `no node of ${model.name} runs on ${counted(work.length, 'host')}: all are installed and started at once`;
  const result = { hosts: work.map(hostResult) };
  if (options.dryRun === true) return { environment, issues, result, lines: [told] };
  context.tell([told]);
  const said = await bringHosts(shell, work, { environment: model.name, progress, signal });
  context.tell(installLines(said));
  await waitForCluster(cluster.address, options.wait ?? FORMATION_WAIT, context);
  const lines = [
    `${counted(work.length, 'node')} started, and the cluster answers`,
    ...(model.formation === 'first'
      ? [`record that it is formed: kdk lock ${model.name} --formed, and roll again`]
      : []),
  ];
  return { environment, issues, result, lines };
}

/** Asked before a file is copied: a node that would not come back must not be stopped. */
async function refuseDowngrade(client: KafkaClient, work: readonly HostWork[]): Promise<void> {
  const features = await retry(() => client.describeFeatures(), { deadlineMs: 30_000 });
  for (const version of new Set(work.map(({ folder }) => folder.version))) {
    const release = kafkaRelease(version);
    const obstacle = release === undefined ? undefined : downgradeObstacle(features, release);
    if (obstacle === undefined) continue;
    const { feature, found, known, reversible } = obstacle;
    throw new Failure(
      'ROLL-DOWNGRADE',
      `Kafka ${version} cannot run in this cluster, got ${feature} ${found} in force; ${known} is the highest that it knows. Nothing was touched.`,
      reversible
        ? `Lower it first, where nothing needs it: kafka-features.sh downgrade --metadata ${known}; or stay at the newer Kafka.`
        : 'It cannot be lowered: records of the metadata log have changed. Stay at the newer Kafka.',
    );
  }
}

interface HostResult {
  readonly name: string;
  readonly copied: readonly string[];
  readonly installed: boolean;
  readonly service: string;
}

function hostResult({ name, missing, look }: HostWork): HostResult {
  return {
    name,
    copied: missing.map(({ path }) => path),
    installed: look.state !== undefined,
    service: look.state?.service ?? 'none',
  };
}

function hostLines(work: HostWork): string[] {
  const { name, missing, look } = work;
  const files = missing.map(({ path }) => path);
  const shown = files.length > 6 ? [...files.slice(0, 5), `${files.length - 5} more`] : files;
  return [
    ...(look.state === undefined ? [`would install the node on ${name} for the first time`] : []),
    ...(files.length === 0 ? [] : [`would copy to ${name}: ${shown.join(', ')}`]),
    ...(look.state === undefined || isUp(work) ? [] : downLines(name, look.state)),
  ];
}

function downLines(name: string, { service, said }: HostState): string[] {
  return [`would start ${name}, which does not run (${service})`, ...said.map((line) => `  it said last: ${line}`)];
}

/** What install.sh had to say, where it was more than that there is nothing to do. */
function installLines(said: ReadonlyMap<string, readonly string[]>): string[] {
  return [...said].flatMap(([name, lines]) =>
    lines
      .map((line) => line.replace(/^install: /, ''))
      .filter((line) => !/^(nothing to do|the node runs with its old files)/.test(line))
      .map((line) => `${name}: ${line}`),
  );
}
