import {
  evacuate,
  planEvacuationOf,
  plannedFeatures,
  removeControllers,
  unregisterBrokers,
  upgradeFeatures,
  type FeatureUpgrade,
} from '../../admin/membership';
import type { KafkaClient } from '../../admin/port';
import { retry } from '../../admin/wait';
import { Failure, type Issue } from '../../core/issue';
import { rateBytesPerSecond } from '../../core/units';
import { kafkaRelease, KAFKA_VERSIONS, type KafkaRelease } from '../../core/versions';
import { counted } from '../amounts';
import { withTidyClient } from '../cluster';
import type { ClusterOptions } from '../cluster-options';
import { durationArgument } from '../duration-argument';
import type { SshFlags } from '../host-shell';
import { nodeIds } from '../node-ids';
import { openAnyCluster, type AnyCluster } from '../open-cluster';
import type { Context, Outcome } from '../outcome';
import { requireBinaries } from '../require-binaries';
import { waitForCluster } from '../wait-for-cluster';

export interface MembershipOptions extends ClusterOptions, SshFlags {
  /** Ids with commas between them. */
  readonly brokers?: string;
  /** Names with commas between them: all brokers of these racks. */
  readonly racks?: string;
  readonly controllers?: string;
  /** Rate with its unit. */
  readonly throttle?: string;
  readonly release?: string;
  readonly planOnly?: boolean;
  /** Duration with its unit. */
  readonly wait?: string;
}

const THROTTLE = '50MiB/s';

/** `kdk evacuate`: moves every replica off brokers. */
export async function evacuateBrokers(
  argument: string | undefined,
  options: MembershipOptions,
  context: Context,
): Promise<Outcome> {
  const leaving = leavingOf(options);
  const given = options.throttle === undefined ? undefined : throttleOf(options.throttle);
  const cluster = await opened(argument, options, context);
  return withTidyClient(cluster.address, context, async (client) => {
    const brokers = 'brokers' in leaving ? leaving.brokers : await brokersIn(client, leaving.racks);
    const plan = await planEvacuationOf(client, brokers);
    const told = `${counted(plan.replicas, 'replica')} on ${brokers.join(', ')}, ${counted(plan.moves.length, 'partition')} to move`;
    const noticed = plan.unknown.length === 0 ? [] : [unknownBrokers(plan.unknown)];
    if (options.planOnly === true) return withIssues(outcome(cluster, { result: plan, lines: [told] }), noticed);
    context.tell([told]);
    const report = await evacuate(client, {
      brokers,
      bytesPerSecond:
        given ?? cluster.model?.reconcile.replicationThrottleBytesPerSecond ?? rateBytesPerSecond(THROTTLE),
      progress: context.progress,
      signal: context.signal,
    });
    const lines = [`${counted(report.moved, 'partition')} moved, ${counted(report.left, 'replica')} left`];
    const done = { ...outcome(cluster, { result: report, lines }), status: report.left === 0 ? 0 : 1 };
    return withIssues(done, [...report.issues, ...noticed]);
  });
}

/** `kdk unregister`: makes the cluster forget brokers that are gone. */
export async function unregister(
  argument: string | undefined,
  options: MembershipOptions,
  context: Context,
): Promise<Outcome> {
  const brokers = nodeIds('--brokers', options.brokers);
  const cluster = await opened(argument, options, context);
  return withTidyClient(cluster.address, context, async (client) => {
    const known = await unregisterBrokers(client, brokers);
    const lines = brokers.map((id) => `broker ${id}: ${known.includes(id) ? 'unregistered' : 'not registered'}`);
    return outcome(cluster, { result: { unregistered: known }, lines });
  });
}

/** `kdk remove-controllers`: takes controllers that were shut down out of the quorum. */
export async function takeOutControllers(
  argument: string | undefined,
  options: MembershipOptions,
  context: Context,
): Promise<Outcome> {
  const controllers = nodeIds('--controllers', options.controllers);
  const cluster = await opened(argument, options, context);
  return withTidyClient(cluster.address, context, async (client) => {
    const removed = await removeControllers(client, {
      controllers,
      progress: context.progress,
      signal: context.signal,
      ...(options.wait === undefined ? {} : { waitMs: durationArgument('--wait', options.wait) }),
    });
    const lines = controllers.map((id) => `controller ${id}: ${removed.includes(id) ? 'taken out' : 'no voter'}`);
    return outcome(cluster, { result: { removed }, lines });
  });
}

/** `kdk upgrade-features`: the second half of an upgrade. */
export async function finaliseFeatures(
  argument: string | undefined,
  options: MembershipOptions,
  context: Context,
): Promise<Outcome> {
  const named = options.release === undefined ? undefined : releaseOf(options.release);
  const cluster = await opened(argument, options, context);
  const release = named ?? cluster.model?.kafka ?? releaseOf('');
  if (cluster.model !== undefined) await requireBinaries(cluster.model, release, { flags: options, context });
  return withTidyClient(cluster.address, context, async (client) => {
    const raised =
      options.planOnly === true ? await plannedFeatures(client, release) : await upgradeFeatures(client, release);
    const verb = options.planOnly === true ? 'would rise' : 'raised';
    const lines =
      raised.length === 0
        ? [`all features of Kafka ${release.version} are in force`]
        : [
            ...raised.map(({ name, from, to }: FeatureUpgrade) => `${name} ${verb} from ${from} to ${to}`),
            `an older Kafka ${options.planOnly === true ? 'could' : 'can'} not run in this cluster any more; this cannot be taken back`,
          ];
    return outcome(cluster, { result: { release: release.version, features: raised }, lines });
  });
}

async function opened(argument: string | undefined, options: MembershipOptions, context: Context): Promise<AnyCluster> {
  const cluster = await openAnyCluster(argument, options, context);
  await waitForCluster(cluster.address, options.wait, context);
  return cluster;
}

function outcome({ name, issues }: AnyCluster, rest: Pick<Outcome, 'result' | 'lines'>): Outcome {
  return { ...(name === undefined ? {} : { environment: name }), issues, ...rest };
}

function withIssues(done: Outcome, noticed: readonly Issue[]): Outcome {
  return { ...done, issues: [...done.issues, ...noticed] };
}

type Leaving = { readonly brokers: readonly number[] } | { readonly racks: readonly string[] };

function leavingOf({ brokers, racks }: MembershipOptions): Leaving {
  if (racks === undefined) return { brokers: nodeIds('--brokers', brokers) };
  const names = racks.split(',').map((name) => name.trim());
  if (brokers === undefined && names.every((name) => name !== '')) return { racks: names };
  throw new Failure(
    'USAGE',
    `it is not clear which brokers leave, got --racks ${JSON.stringify(racks)}${brokers === undefined ? '' : ` and --brokers ${JSON.stringify(brokers)}`}; names of racks with commas between them, or ids of brokers, are allowed.`,
    'Write for example --racks r1.',
    2,
  );
}

/** As the brokers themselves say: what is declared may not be in force yet. */
async function brokersIn(client: KafkaClient, racks: readonly string[]): Promise<number[]> {
  const { brokers } = await retry(() => client.describeCluster(), { deadlineMs: 30_000 });
  const known = [...new Set(brokers.flatMap(({ rack }) => rack ?? []))].sort();
  const unknown = racks.filter((rack) => !known.includes(rack));
  if (unknown.length === 0)
    return brokers.filter(({ rack }) => rack !== undefined && racks.includes(rack)).map(({ id }) => id);
  throw new Failure(
    'RACK-UNKNOWN',
    `no broker that answers is in such a rack, got ${unknown.join(', ')}; ${known.length === 0 ? 'the brokers say none' : `${known.join(', ')} are allowed`}.`,
    'Name the brokers with --brokers where they are down already.',
    2,
  );
}

/** No failure: a Job that runs again finds brokers gone. */
function unknownBrokers(ids: readonly number[]): Issue {
  return {
    code: 'BROKER-UNKNOWN',
    level: 'warning',
    path: '',
    message: `nobody knows a broker of this id, got ${ids.join(', ')}; it does not answer and holds no replica.`,
    hint: 'See that the ids are those of the brokers that are to go.',
  };
}

function throttleOf(text: string): number {
  if (/^[1-9]\d{0,8}([KMGT]i)?B\/s$/.test(text)) return rateBytesPerSecond(text);
  throw new Failure(
    'USAGE',
    `not a rate, got --throttle ${JSON.stringify(text)}; a whole number with B/s, KiB/s, MiB/s or GiB/s is allowed.`,
    `Write for example --throttle ${THROTTLE}.`,
    2,
  );
}

function releaseOf(version: string): KafkaRelease {
  const release = kafkaRelease(version);
  if (release !== undefined) return release;
  throw new Failure(
    'USAGE',
    `the version of Kafka is not known, got --release ${JSON.stringify(version)}; known are ${KAFKA_VERSIONS.join(', ')}.`,
    'Name one with --release, or an environment.',
    2,
  );
}
