import type { Grade } from '../change';

/** What it costs to change an option of all brokers while they run. */
export interface OptionCost {
  readonly grade: Grade;
  readonly reason: string;
}

type Judge = (from: string, to: string) => OptionCost | undefined;

const lowered =
  (grade: Grade, reason: string): Judge =>
  (from, to) =>
    amount(to) < amount(from) ? { grade, reason } : undefined;

/** -1 is unlimited; what stands in for an option that has no value is not known, so it may be anything. */
function amount(value: string): number {
  return ['-1', 'none'].includes(value.trim()) ? Infinity : Number(value);
}

const RETENTION = lowered(
  'data-loss',
  'Topics without a retention of their own lose the records that are beyond the new one, at once.',
);
const REFUSED = (what: string): Judge => lowered('availability', `${what} is refused.`);

/** Anything else only changes how brokers do what they do. */
const JUDGES: Readonly<Record<string, Judge>> = {
  'unclean.leader.election.enable': (_from, to) =>
    to.trim().toLowerCase() === 'true'
      ? {
          grade: 'data-loss',
          reason: 'A replica that lags behind may become leader, and acknowledged records that it lacks are lost.',
        }
      : undefined,
  'min.insync.replicas': (from, to) =>
    Number(to) < Number(from)
      ? {
          grade: 'data-loss',
          reason: `An acknowledged record of a topic without a value of its own is on ${to} instead of ${from} replicas; losing those loses it.`,
        }
      : {
          grade: 'availability',
          reason: `Producers with acks=all stop wherever a topic without a value of its own has fewer than ${to} replicas in sync.`,
        },
  'log.retention.ms': RETENTION,
  'log.retention.minutes': RETENTION,
  'log.retention.hours': RETENTION,
  'log.retention.bytes': RETENTION,
  'log.cleanup.policy': () => ({
    grade: 'data-loss',
    reason: 'Topics without a policy of their own lose records by other rules than before.',
  }),
  'message.max.bytes': REFUSED('A larger batch of records'),
  'max.connections': REFUSED('A connection beyond it'),
  'max.connections.per.ip': REFUSED('A connection beyond it'),
  'max.connection.creation.rate': lowered('availability', 'Clients that connect faster wait.'),
  'log.message.timestamp.before.max.ms': REFUSED('A record with an older timestamp'),
  'log.message.timestamp.after.max.ms': REFUSED('A record with a later timestamp'),
};

const SAFE: OptionCost = { grade: 'safe', reason: 'Brokers take it over while they run.' };
const ORDER: readonly Grade[] = ['safe', 'ordering', 'availability', 'data-loss', 'irreversible'];

/** The worst that it costs any broker. */
export function brokerOptionCost(option: string, from: readonly string[], to: string): OptionCost {
  const judge = Object.hasOwn(JUDGES, option) ? JUDGES[option] : undefined;
  return from
    .map((value) => judge?.(value, to) ?? SAFE)
    .reduce((worst, cost) => (ORDER.indexOf(cost.grade) > ORDER.indexOf(worst.grade) ? cost : worst), SAFE);
}
