import {
  describeTarget,
  executeReset,
  planReset,
  resetTarget,
  topicChoice,
  type OffsetMove,
  type ResetPlan,
} from '../../admin/offsets';
import { Failure, type Issue } from '../../core/issue';
import { counted, number } from '../amounts';
import { withClient, withTidyClient } from '../cluster';
import type { ClusterOptions } from '../cluster-options';
import { openCluster } from '../open-cluster';
import type { Context, Outcome } from '../outcome';

export interface ResetOptions extends ClusterOptions {
  readonly group?: string;
  readonly topic?: readonly string[];
  readonly to?: string;
  readonly back?: string;
  readonly execute?: boolean;
}

const CLAMPED = {
  first: 'the first that is kept',
  end: 'the end',
  'no-record': 'no record is as young: the end',
} as const;

/** `kdk offsets reset ENV`: where a group would go on from, and with `--execute` does. */
export async function resetOffsets(argument: string, options: ResetOptions, context: Context): Promise<Outcome> {
  const { group } = options;
  if (group === undefined)
    throw new Failure('USAGE', 'no group is named, got none; one is needed.', 'Add --group GROUP.', 2);
  const written = {
    ...(options.to === undefined ? {} : { to: options.to }),
    ...(options.back === undefined ? {} : { back: options.back }),
  };
  const target = resetTarget(written, Date.now());
  const topics = (options.topic ?? []).map(topicChoice);
  const { name, issues, address } = await openCluster(argument, options, context);
  context.progress({ step: 'asking for offsets' });
  const plan = await withClient(address, context, (client) => planReset(client, { group, topics, target }));
  const executed = options.execute === true && plan.moves.some(isMove);
  if (executed) {
    context.progress({ step: 'setting offsets' });
    await withTidyClient(address, context, (client) => executeReset(client, plan));
  }
  return {
    environment: name,
    issues: [...issues, ...noticed(plan)],
    result: { bootstrapServers: address.bootstrapServers, executed, ...plan },
    lines: [...plan.moves.map(describeMove), ...summary(plan, executed)],
  };
}

function isMove({ from, to }: OffsetMove): boolean {
  return from !== to;
}

function describeMove({ topic, partition, from, to, clamped }: OffsetMove): string {
  const note = clamped === undefined ? '' : ` (${CLAMPED[clamped]})`;
  return `${topic}-${partition}: ${from ?? 'none'} -> ${to}${from === to ? ', as it is' : ''}${note}`;
}

function summary({ group, target, moves, readAgain, skipped }: ResetPlan, executed: boolean): string[] {
  const count = moves.filter(isMove).length;
  if (count === 0) return [`${group} is at ${describeTarget(target)} already`];
  const effect = [
    ...(readAgain === 0 ? [] : [`${counted(readAgain, 'record')} will be read again`]),
    ...(skipped === 0 ? [] : [`${number(skipped)} will never be read`]),
  ];
  const what = `${counted(count, 'partition')} to ${describeTarget(target)}${effect.length === 0 ? '' : `: ${effect.join(', ')}`}`;
  return executed
    ? [`${group} was set in ${what}`]
    : [`${group} would be set in ${what}`, 'Nothing was changed; add --execute to do it.'];
}

function noticed({ group, isNew, without }: ResetPlan): Issue[] {
  const warning = (code: string, message: string, hint: string): Issue => ({
    code,
    level: 'warning',
    path: '',
    message,
    hint,
  });
  return [
    ...(isNew
      ? [
          warning(
            'GROUP-NEW',
            `there is no such group yet, got ${group}; its first offsets make it.`,
            'Check the name, unless it is to begin there.',
          ),
        ]
      : []),
    ...(without.length === 0
      ? []
      : [
          warning(
            'OFFSETS-WITHOUT',
            `partitions stay as they are, got ${without.length} without an offset of the group; a shift needs one.`,
            'Name a place instead, for example --to earliest.',
          ),
        ]),
  ];
}
