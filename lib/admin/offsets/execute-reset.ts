import { Failure } from '../../core/issue';
import { formatError } from '../failures';
import type { AdminPort, TopicPartition } from '../port';
import { listSome } from '../verify/check';
import { partitionKey } from './groups';
import { requireInactive, type ResetPlan } from './plan-reset';

/** Commits the offsets of a plan, and reads them back. Fails where any was refused; the others are committed then. */
export async function executeReset(admin: AdminPort, { group, moves }: ResetPlan): Promise<void> {
  const [described] = await admin.describeGroups([group]);
  requireInactive(group, described);
  const results = await admin.commitOffsets(
    group,
    moves.map(({ topic, partition, to }) => ({ topic, partition, offset: to })),
  );
  const refused = results.flatMap(({ item, error }) =>
    error === undefined ? [] : [`${name(item)}: ${formatError(error)}`],
  );
  if (refused.length > 0) throw incomplete(group, refused, moves.length - refused.length);
  const committed = new Map(
    ((await admin.committedOffsets([group])).get(group) ?? []).map((offset) => [name(offset), offset.offset]),
  );
  const other = moves.flatMap((move) => {
    const now = committed.get(name(move));
    return now === move.to ? [] : [`${name(move)} is at ${now ?? 'nothing'} instead of ${move.to}`];
  });
  if (other.length > 0) throw incomplete(group, other, moves.length - other.length);
}

function name({ topic, partition }: TopicPartition): string {
  return partitionKey(topic, partition);
}

function incomplete(group: string, problems: readonly string[], done: number): Failure {
  return new Failure(
    'OFFSETS-INCOMPLETE',
    `not all offsets of ${group} were set, got ${listSome(problems)}; ${done} were.`,
    'Look at the group with kdk offsets, and run the reset again.',
  );
}
