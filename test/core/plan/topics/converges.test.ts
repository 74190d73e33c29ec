import fc from 'fast-check';
import type { Change } from '../../../../lib/core/plan/change';
import type { DesiredState } from '../../../../lib/core/plan/desired';
import { changePhase, prerequisites } from '../../../../lib/core/plan/phases';
import { topicChanges } from '../../../../lib/core/plan/topics';
import { SimulatedCluster } from './simulated-cluster';
import { knows, wants } from './states';

const runs = { numRuns: Number(process.env.PROPERTY_RUNS ?? 300), seed: 20261125 };
const names = ['orders', 'clicks', 'shop.orders', 'shop_orders', 'shop.a', 'other', '__tool'];
const brokers = fc.oneof(
  fc.integer({ min: 1, max: 6 }).map((size) => Array.from({ length: size }, (_, id) => ({ id }))),
  fc.integer({ min: 1, max: 9 }).map((size) => Array.from({ length: size }, (_, id) => ({ id, rack: `r${id % 3}` }))),
);
const options = fc.dictionary(
  fc.constantFrom(
    'retention.ms',
    'retention.bytes',
    'cleanup.policy',
    'segment.bytes',
    'max.message.bytes',
    'vendor.flag',
  ),
  fc.constantFrom('1', '9', '604800000', '-1'),
  { maxKeys: 4 },
);
const minIsr = fc.option(fc.constantFrom('1', '2', '3'), { nil: undefined });
const throttles = fc.option(fc.constant({ 'leader.replication.throttled.replicas': '0:0' }), { nil: undefined });

const desired: fc.Arbitrary<DesiredState> = fc
  .record({
    topics: fc.uniqueArray(
      fc.record({
        name: fc.constantFrom(...names),
        partitions: fc.integer({ min: 1, max: 9 }),
        replicationFactor: fc.integer({ min: 1, max: 4 }),
        config: options,
        minIsr,
      }),
      { selector: ({ name }) => name.replaceAll('.', '_'), maxLength: 6 },
    ),
    deleted: fc.subarray(names),
    owns: fc.constantFrom<readonly string[] | undefined>(undefined, ['shop.*', 'orders'], ['*']),
  })
  .map(({ topics, deleted, owns }) =>
    wants(
      Object.fromEntries(
        topics.map(({ name, minIsr: least, config, ...topic }) => [
          name,
          { ...topic, config: least === undefined ? config : { ...config, 'min.insync.replicas': least } },
        ]),
      ),
      {
        owns: owns === undefined ? {} : { topics: owns },
        deletedTopics: deleted
          .filter((name) => topics.every((topic) => topic.name !== name))
          .map((name) => ({ name, reason: 'unused', path: `topics.${name}.deleted` })),
      },
    ),
  );

const cluster = brokers.chain((all) =>
  fc
    .record({
      topics: fc.uniqueArray(
        fc.record({
          name: fc.constantFrom(...names),
          replicas: fc.array(
            fc.shuffledSubarray(
              all.map(({ id }) => id),
              { minLength: 1, maxLength: Math.min(4, all.length) },
            ),
            { minLength: 1, maxLength: 7 },
          ),
          own: fc.tuple(options, throttles).map(([own, throttle]) => ({ ...own, ...throttle })),
        }),
        { selector: ({ name }) => name.replaceAll('.', '_'), maxLength: 6 },
      ),
      throttled: fc.subarray(all.map(({ id }) => id)),
    })
    .map((state) => ({ brokers: all, ...state })),
);

describe('a plan of topics', () => {
  test('that was applied leaves nothing to do but what waits, and touches nothing that is not declared', () => {
    fc.assert(
      fc.property(desired, cluster, (wanted, state) => {
        const live = new SimulatedCluster(state.brokers);
        for (const { name, replicas, own } of state.topics) live.make(name, replicas, own);
        for (const broker of state.throttled) live.throttled.add(broker);
        const before = structuredClone(live.topics);
        const usage = new Map(wanted.deletedTopics.map(({ name }) => [name, { records: 0, groups: [] }]));
        const plan = (): readonly Change[] => topicChanges(wanted, live.observe(), knows({ usage })).changes;
        // What waits for another change of the same plan goes through the next time.
        for (let round = 0; round < 3; round++) applyAll(live, plan());
        expect(plan().filter(({ status }) => status !== 'blocked')).toEqual([]);

        const declared = new Set(wanted.topics.map(({ name }) => name));
        const doomed = new Set(wanted.deletedTopics.map(({ name }) => name));
        for (const [name, topic] of before) {
          const now = live.topics.get(name);
          if (!doomed.has(name)) expect(now!.replicas.length).toBeGreaterThanOrEqual(topic.replicas.length);
          if (!doomed.has(name) && !declared.has(name)) expect(now).toEqual(topic);
        }
      }),
      runs,
    );
  });

  test('is done the first time where nothing waits', () => {
    fc.assert(
      fc.property(desired, cluster, (wanted, state) => {
        const live = new SimulatedCluster(state.brokers);
        for (const { name, replicas, own } of state.topics) live.make(name, replicas, own);
        const usage = new Map(wanted.deletedTopics.map(({ name }) => [name, { records: 0, groups: [] }]));
        const plan = (): readonly Change[] => topicChanges(wanted, live.observe(), knows({ usage })).changes;
        const first = plan();
        fc.pre(first.every(({ status }) => status !== 'blocked'));
        expect(new Set(first.map(({ id }) => id)).size).toBe(first.length);
        expect(plan()).toEqual(first);
        applyAll(live, first);
        expect(plan()).toEqual([]);
      }),
      runs,
    );
  });
});

function applyAll(live: SimulatedCluster, changes: readonly Change[]): void {
  const needed = prerequisites(changes);
  const skipped = new Set(changes.filter(({ status }) => status === 'blocked').map(({ id }) => id));
  for (const { id, operation } of [...changes].sort((a, b) => changePhase(a) - changePhase(b))) {
    if (needed.get(id)?.some((other) => skipped.has(other)) === true) skipped.add(id);
    if (!skipped.has(id)) live.apply(operation);
  }
}
