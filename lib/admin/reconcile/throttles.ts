import type { ConfigChange, ConfigDescription, ConfigEntry, ConfigTarget } from '../port';
import { Refused } from '../failures';
import { retry } from '../wait';
import { batchAlterations, targetKey } from './alterations';
import { BROKER_THROTTLES, TOPIC_THROTTLES } from './throttle-options';
import { sendItems, troubleOf, type ItemAnswer } from './items';
import type { Run } from './run';
import { throttleKept, throttleLeft } from './throttle-issues';

/** A partition whose replicas are about to be copied. */
export interface CopiedPartition {
  readonly topic: string;
  readonly partition: number;
  readonly from: readonly number[];
  readonly adding: readonly number[];
}

/** Throttles that were set; `release` takes every one of them away again, whatever has happened in between. */
export interface Throttles {
  release(): Promise<void>;
}

/**
 * Limits the copying of these partitions, and of these alone, to the declared rate on every broker that takes part. Where an operator
 * has throttles of their own, these are left as they are, and stay when ours go.
 */
export async function setThrottles(run: Run, copied: readonly CopiedPartition[]): Promise<Throttles> {
  const changes = copied.length === 0 ? [] : await throttleChanges(run, copied);
  const set: ConfigChange[] = [];
  const release = (): Promise<void> => releaseThrottles(run, set);
  try {
    for (const batch of batchAlterations(changes.map((value) => ({ value })))) {
      const values = batch.map(({ value }) => value);
      // Before it is sent: what got no answer may be set all the same.
      set.push(...values);
      const results = await retry(() => run.admin.alterConfigs(values, { validateOnly: false }), run.patience);
      for (const { error } of results) if (error !== undefined) throw new Refused('set a replication throttle', error);
    }
    return { release };
  } catch (error) {
    await release();
    throw error;
  }
}

async function throttleChanges(run: Run, copied: readonly CopiedPartition[]): Promise<ConfigChange[]> {
  const rate = String(run.options.desired.reconcile.replicationThrottleBytesPerSecond);
  const brokers = await brokerRates(run, copied);
  const foreign = brokers.filter(({ entries }) => dynamic(entries).some(({ value }) => value !== rate));
  for (const { name, entries } of foreign) {
    const rates = new Set(dynamic(entries).map(({ value }) => value));
    keep(run, { type: 'broker', name }, [...rates].join(' and '));
  }
  const free = brokers.filter((broker) => !foreign.includes(broker));
  const topics = [...new Set(copied.map(({ topic }) => topic))];
  const lists = new Map((await describe(run, topics, 'topic')).map(({ name, entries }) => [name, dynamic(entries)]));
  const throttled = topics.filter((topic) => {
    const kept = lists.get(topic)!.find(({ value }) => value === '*' || foreign.length > 0);
    if (kept !== undefined) keep(run, { type: 'topic', name: topic }, kept.value ?? '');
    return kept === undefined;
  });
  // Lists first: rates alone throttle nothing.
  return [
    ...throttled.map((topic) =>
      topicThrottle(
        topic,
        copied.filter((each) => each.topic === topic),
      ),
    ),
    ...free.map(({ name }) => ({
      type: 'broker' as const,
      name,
      set: Object.fromEntries(BROKER_THROTTLES.map((option) => [option, rate])),
      remove: [],
    })),
  ];
}

/** It is somebody else's: it stays, also where a later plan takes it for one that was left behind. */
function keep(run: Run, target: ConfigTarget, value: string): void {
  run.keptThrottles.add(targetKey(target));
  run.note(throttleKept(targetKey(target), value));
}

/** Any replica that is there may come to lead, and so to be copied from. */
function topicThrottle(topic: string, copied: readonly CopiedPartition[]): ConfigChange {
  const list = (side: 'from' | 'adding'): string =>
    copied.flatMap(({ partition, [side]: brokers }) => brokers.map((broker) => `${partition}:${broker}`)).join(',');
  const [leaders, followers] = TOPIC_THROTTLES;
  return { type: 'topic', name: topic, set: { [leaders]: list('from'), [followers]: list('adding') }, remove: [] };
}

/** Of the brokers that take part and answer; one that does not copies nothing. */
async function brokerRates(run: Run, copied: readonly CopiedPartition[]): Promise<readonly ConfigDescription[]> {
  const { brokers } = await retry(() => run.admin.describeCluster(), run.patience);
  const alive = new Set(brokers.map(({ id }) => id));
  const involved = new Set(copied.flatMap(({ from, adding }) => [...from, ...adding]));
  const asked = [...involved].filter((id) => alive.has(id)).sort((a, b) => a - b);
  return (await Promise.all(asked.map((id) => describe(run, [String(id)], 'broker')))).flat();
}

function describe(run: Run, names: readonly string[], type: 'broker' | 'topic'): Promise<readonly ConfigDescription[]> {
  const options: readonly string[] = type === 'broker' ? BROKER_THROTTLES : TOPIC_THROTTLES;
  return retry(async () => {
    const described = await run.admin.describeConfigs(names.map((name) => ({ type, name, options })));
    for (const { name, error } of described)
      if (error !== undefined) throw new Refused(`describe the throttles of ${type} ${name}`, error);
    return described;
  }, run.patience);
}

/** What somebody has set; the rest are defaults, which throttle nothing. */
function dynamic(entries: readonly ConfigEntry[]): readonly ConfigEntry[] {
  const throttles: readonly string[] = [...BROKER_THROTTLES, ...TOPIC_THROTTLES];
  return entries.filter(
    ({ option, value, source }) =>
      throttles.includes(option) && ['topic', 'broker', 'cluster'].includes(source) && (value ?? '') !== '',
  );
}

/** Also where the run was stopped: a throttle that stays slows down the cluster for good. */
async function releaseThrottles(run: Run, set: readonly ConfigChange[]): Promise<void> {
  const items = set.map(({ type, name, set: options }) => ({
    key: targetKey({ type, name }),
    value: { type, name, set: {}, remove: Object.keys(options) },
  }));
  const outcomes = await sendItems(batchAlterations(items), {
    send: async (values): Promise<ItemAnswer[]> =>
      (await run.admin.alterConfigs(values, { validateOnly: false })).map(({ item, ...rest }) => ({
        key: targetKey(item),
        ...rest,
      })),
    // A topic that is gone has no throttle.
    judge: ({ name }) => (name.startsWith('UNKNOWN_TOPIC') ? 'done' : undefined),
    clock: run.clock,
    patienceMs: run.options.patienceMs,
    stopped: () => false,
  });
  for (const { key, value } of items) {
    const trouble = troubleOf(outcomes.get(key)!);
    if (trouble !== undefined) run.note(throttleLeft(value, trouble));
  }
}
