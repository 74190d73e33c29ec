import { groupOverviews, type GroupOverview } from '../../admin/offsets';
import { Failure } from '../../core/issue';
import { counted, number } from '../amounts';
import { withClient } from '../cluster';
import type { ClusterOptions } from '../cluster-options';
import { openCluster } from '../open-cluster';
import type { Context, Outcome } from '../outcome';

export interface OffsetsOptions extends ClusterOptions {
  readonly group?: readonly string[];
}

/** `kdk offsets ENV`: consumer groups and their lag. */
export async function offsets(argument: string, options: OffsetsOptions, context: Context): Promise<Outcome> {
  const { name, issues, address } = await openCluster(argument, options, context);
  const wanted = options.group;
  context.progress({ step: 'asking for groups and offsets' });
  const groups = await withClient(address, context, (client) => groupOverviews(client, wanted));
  const absent = (wanted ?? []).filter((group) => !groups.some((found) => found.group === group));
  if (absent.length > 0) throw unknownGroups(absent);
  const detailed = wanted !== undefined;
  return {
    environment: name,
    issues,
    result: { bootstrapServers: address.bootstrapServers, groups },
    lines: [
      ...groups.flatMap((group) => (detailed ? detailLines(group) : overviewLines(group))),
      ...(detailed ? [] : [`${name}: ${counted(groups.length, 'group')}`]),
    ],
  };
}

function unknownGroups(absent: readonly string[]): Failure {
  return new Failure(
    'GROUP-UNKNOWN',
    `there is no such group, got ${absent.join(', ')}; kdk offsets without --group lists those that are there.`,
    'Check the name; Kafka forgets a group some days after its last member has left.',
  );
}

function overviewLines({ group, type, state, members, topics, lag }: GroupOverview): string[] {
  const kind = type === 'classic' || type === 'consumer' ? '' : ` (${type})`;
  const who = members.length === 0 ? 'nobody in it' : counted(members.length, 'member');
  return [
    `${group}${kind}: ${state}, ${who}${topics.length === 0 ? ', no offsets' : `, ${counted(lag, 'record')} behind`}`,
    ...topics.map(
      ({ topic, lag: behind }) =>
        `  ${topic}: ${behind === undefined ? 'not there any more' : `${number(behind)} behind`}`,
    ),
  ];
}

function detailLines({ group, type, state, members, topics, lag }: GroupOverview): string[] {
  return [
    `${group}: ${state}, ${type}, ${counted(lag, 'record')} behind`,
    ...members.map(
      ({ clientId, host, partitions }) =>
        `  member ${clientId} at ${host.replace(/^\//, '')}, reads ${counted(partitions, 'partition')}`,
    ),
    ...topics.flatMap(({ topic, partitions }) =>
      partitions.map(
        ({ partition, committed, end }) =>
          `  ${topic}-${partition}: at ${committed}${end === undefined ? ', not there any more' : ` of ${end}, ${number(Math.max(0, end - committed))} behind`}`,
      ),
    ),
  ];
}
