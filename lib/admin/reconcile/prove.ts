import { quotaEntityKey, type KafkaError } from '../../core/cluster';
import type { Change, Plan } from '../../core/plan';
import { batch } from '../batches';
import { Unreachable } from '../failures';
import type { AdminPort, ConnectWorkersPort } from '../port';
import { controllerRecords } from '../topics/controller-records';
import { SYSTEM_CLOCK, type Clock } from '../wait';
import { alterations, batchAlterations, targetKey, type Alteration } from './alterations';
import { sendItems, type Item, type ItemAnswer } from './items';
import { growthOf, newTopicOf, ofKind, type ChangeOf } from './operations';
import { proveConnectors } from './prove-connectors';
import { quotaChanges } from './quota-changes';

export interface ProveOptions {
  /** Checks connectors. @default they stay unchecked */
  readonly connect?: ConnectWorkersPort;
  /** @default the machine's */
  readonly clock?: Clock;
  /** How long a question is repeated that nobody answers, or that Kafka puts off. @default 30000 */
  readonly patienceMs?: number;
}

/** By id of the change: why the cluster would refuse it, or undefined where it would not. */
type Verdicts = Map<string, string | undefined>;

export interface Proved {
  readonly plan: Plan;
  /**
   * Whether the controller says of something that it is there already: the broker that was read has not followed it yet. Kafka goes on
   * creating topics after whoever asked for them has died.
   */
  readonly behind: boolean;
}

interface Checkable<Value> extends Item<Value> {
  readonly changes: readonly Change[];
}

const DRY = { validateOnly: true } as const;
/** Where more topics than this are refused, nobody reads which option of each it was. */
const TOPICS_LOOKED_INTO = 20;

/**
 * Has the cluster check every change that it can check without doing it. What it would refuse becomes blocked, with Kafka's words; the
 * rest of the plan stands. Fails where nobody answers: a plan that was not proved must not look like one that was.
 */
export async function prove(admin: AdminPort, plan: Plan, options: ProveOptions = {}): Promise<Proved> {
  const changes = plan.changes.filter(({ status }) => status !== 'blocked');
  const verdicts: Verdicts = new Map();
  let behind = false;
  const noticing = (name: string, answers: readonly ItemAnswer[]): readonly ItemAnswer[] => {
    behind ||= answers.some(({ error }) => error?.name === name);
    return answers;
  };
  const topics = ofKind(changes, 'create-topic').map((change) => onTopic(change, newTopicOf(change.operation)));
  const growths = ofKind(changes, 'add-partitions').map((change) => onTopic(change, growthOf(change.operation)));
  const check: Check = (batches, send) => checkBatches(batches, { send, into: verdicts, options });
  await check(batch(topics, { recordsOf: ({ value }) => controllerRecords(value) }), async (some) => {
    const results = await admin.createTopics(some, DRY);
    return noticing(
      'TOPIC_ALREADY_EXISTS',
      results.map(({ topic, error }) => answer(topic, error)),
    );
  });
  await check(batch(growths, { recordsOf: ({ value }) => value.total }), async (some) => {
    const results = await admin.addPartitions(some, DRY);
    return noticing(
      'INVALID_PARTITIONS',
      results.map(({ topic, error }) => answer(topic, error)),
    );
  });
  await checkOptions(admin, alterations(ofKind(changes, 'set-topic-option', 'set-broker-option')), {
    into: verdicts,
    options,
  });
  await check(batch(quotaChanges(ofKind(changes, 'set-quota'))), async (some) =>
    (await admin.alterQuotas(some, DRY)).map(({ item, error }) => answer(quotaEntityKey(item), error)),
  );
  const puts = ofKind(changes, 'put-connector');
  if (options.connect !== undefined) await proveConnectors(options.connect, puts, verdicts);
  return { plan: withVerdicts(plan, verdicts), behind };
}

function onTopic<Value>(change: ChangeOf<'create-topic' | 'add-partitions'>, value: Value): Checkable<Value> {
  return { key: change.operation.topic, value, changes: [change] };
}

function answer(key: string, error: KafkaError | undefined): ItemAnswer {
  return error === undefined ? { key } : { key, error };
}

type Send<Value> = (values: readonly Value[]) => Promise<readonly ItemAnswer[]>;
type Check = <Value>(batches: readonly (readonly Checkable<Value>[])[], send: Send<Value>) => Promise<void>;

interface Checking<Value> {
  readonly send: Send<Value>;
  readonly into: Verdicts;
  readonly options: ProveOptions;
}

/** What was put off all the time stays unchecked. */
async function checkBatches<Value>(
  batches: readonly (readonly Checkable<Value>[])[],
  { send, into, options: { clock = SYSTEM_CLOCK, patienceMs = 30_000 } }: Checking<Value>,
): Promise<void> {
  for (const items of batches) {
    const outcomes = await sendItems([items], { send, clock, patienceMs, stopped: () => false });
    for (const { key, changes } of items) {
      const outcome = outcomes.get(key)!;
      if (outcome.kind === 'unanswered' && outcome.failure instanceof Unreachable) throw outcome.failure;
      if (outcome.kind === 'unanswered') continue;
      for (const { id } of changes) into.set(id, outcome.kind === 'refused' ? outcome.error : undefined);
    }
  }
}

/** All options of a topic at once, as they will be changed; where that is refused, one by one, to find the one that is to blame. */
async function checkOptions(
  admin: AdminPort,
  altered: readonly Alteration[],
  { into, options }: Omit<Checking<never>, 'send'>,
): Promise<void> {
  const send: Send<Alteration['value']> = async (some) =>
    (await admin.alterConfigs(some, DRY)).map(({ item, error }) => answer(targetKey(item), error));
  await checkBatches(batchAlterations(altered), { send, into, options });
  const refused = altered.filter(({ changes }) => changes.length > 1 && into.get(changes[0]!.id) !== undefined);
  for (const { changes } of refused.slice(0, TOPICS_LOOKED_INTO)) {
    const alone: Verdicts = new Map();
    const singles = changes.map((change) => alterations([change as ChangeOf<'set-topic-option'>]));
    await checkBatches(singles, { send, into: alone, options });
    if ([...alone.values()].some((error) => error !== undefined)) for (const [id, error] of alone) into.set(id, error);
  }
}

/** What the cluster would refuse becomes blocked, with its words. */
export function withVerdicts(plan: Plan, verdicts: Verdicts): Plan {
  const refused = plan.changes.flatMap(({ id }) => {
    const error = verdicts.get(id);
    return error === undefined ? [] : [{ id, error }];
  });
  const unchecked = plan.changes.filter(({ id, status }) => status !== 'blocked' && !verdicts.has(id));
  return {
    ...plan,
    changes: plan.changes.map((change) => blocked(change, verdicts.get(change.id))),
    proof: {
      checked: verdicts.size,
      refused,
      unchecked: [...new Set(unchecked.map(({ operation }) => operation.kind))].sort(),
    },
  };
}

function blocked(change: Change, error: string | undefined): Change {
  if (error === undefined) return change;
  const block = { reason: `the cluster refuses it: ${error}`, hint: 'Change what is declared, or the cluster.' };
  return { ...change, status: 'blocked', block };
}
