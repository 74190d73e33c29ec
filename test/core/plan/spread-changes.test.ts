import { buildPlan, evidenceRequest, NO_EVIDENCE } from '../../../lib/core/plan/build-plan';
import type { DesiredState, DesiredTopic } from '../../../lib/core/plan/desired';
import type { ObservedState } from '../../../lib/core/plan/observed';
import { planLines } from '../../../lib/core/plan/report';
import { newBrokers } from '../../../lib/core/plan/spread/new-brokers';
import { SPREAD_RULES } from '../../../lib/core/rules/spread';
import { findings } from '../../support/rule-cases';
import { desiredOf } from './desired-of';
import { desiredWith, observedWith } from './states';

const MIB = 1024 ** 2;

const brokersOf = (count: number): ObservedState['cluster'] => ({
  clusterId: 'CZeeAwwIYM1wZT6U5ejiTw',
  brokers: Array.from({ length: count }, (_, index) => ({
    ...{ id: index + 1, host: `b${index + 1}.example`, port: 9092 },
    rack: 'abc'[index % 3]!,
  })),
});

/** Topics of three partitions, one replica in each rack, on the brokers 1 to `on`. */
function topicsOn(on: number, count: number, partitions = 3): ObservedState['topics'] {
  const racks = on / 3;
  return new Map(
    Array.from({ length: count }, (_, index) => {
      const name = `topic-${index}`;
      return [
        name,
        {
          ...{ name, topicId: `id-${index}`, internal: false },
          partitions: Array.from({ length: partitions }, (_, partition) => {
            const first = (index + partition) % on;
            const replicas = [0, 1, 2].map((rack) => 3 * (Math.floor(first / 3) % racks) + ((first + rack) % 3) + 1);
            return { partition, leader: replicas[0]!, replicas, isr: replicas, offline: [] };
          }),
        },
      ];
    }),
  );
}

const declared = (topics: ObservedState['topics']): DesiredTopic[] =>
  [...topics.values()].map(({ name, partitions }) => ({
    ...{ name, partitions: partitions.length, replicationFactor: 3, config: {}, paths: {} },
  }));

const spreading = (topics: ObservedState['topics'], more: Partial<DesiredState> = {}): DesiredState => {
  const desired = desiredWith({ topics: declared(topics), ...more });
  return { ...desired, reconcile: { ...desired.reconcile, spread: 'onNewBrokers' } };
};

const observedOn = (brokers: number, topics: ObservedState['topics'], more: Partial<ObservedState> = {}) =>
  observedWith({
    cluster: brokersOf(brokers),
    topics,
    topicConfigs: new Map([...topics.keys()].map((name) => [name, []])),
    ...more,
  });

function plan(desired: DesiredState, observed: ObservedState) {
  const { sizes } = evidenceRequest(desired, observed);
  const ofPartitions = new Map([0, 1, 2].map((partition) => [partition, 100 * MIB]));
  const known = new Map(sizes.map((name) => [name, { bytes: 300 * MIB, partitions: ofPartitions }]));
  return buildPlan({ desired, observed, evidence: { ...NO_EVIDENCE, sizes: known } });
}

describe('brokers that were added', () => {
  const on = (...replicas: number[][]) => replicas.map((ids, partition) => ({ topic: 't', partition, replicas: ids }));
  const repeat = (times: number, ids: number[]) => Array.from({ length: times }, () => ids);
  test.each<readonly [string, number, number[][], readonly number[]]>([
    ['hold nothing', 4, repeat(4, [1, 2, 3]), [4]],
    ['hold far fewer', 4, [...repeat(9, [1, 2, 3]), [1, 2, 4]], [4]],
    [
      'hold most of their share, when spreading was stopped',
      4,
      [...repeat(28, [1, 2, 3]), ...repeat(8, [1, 2, 4]), ...repeat(8, [4, 2, 3])],
      [4],
    ],
    ['are two of which one has its share', 4, [...repeat(20, [1, 2]), ...repeat(20, [1, 3])], [4]],
    ['are not those that hold a little less', 3, [...repeat(10, [1]), ...repeat(9, [2]), ...repeat(11, [3])], []],
    [
      'are not those of a cluster that is merely uneven',
      4,
      [...repeat(20, [1]), ...repeat(14, [2]), ...repeat(20, [3]), ...repeat(20, [4])],
      [],
    ],
    ['are none where there are no partitions', 3, [], []],
    ['are none where there are too few replicas to share', 3, [[1]], []],
    ['are none among one', 1, repeat(5, [1]), []],
  ])('%s', (_title, brokers, replicas, expected) => {
    const ids = Array.from({ length: brokers }, (_, index) => ({ id: index + 1 }));
    expect(newBrokers(ids, on(...replicas))).toEqual(expected);
  });
});

describe('a plan for a cluster with new brokers', () => {
  const topics = topicsOn(3, 8);

  test('spreads replicas and leaders evenly and keeps racks apart, last of all, and says what it costs', () => {
    const { changes } = plan(spreading(topics), observedOn(6, topics));
    const after = new Map(
      [...topics.values()].flatMap(({ name, partitions }) =>
        partitions.map((each) => [`${name} ${each.partition}`, each.replicas]),
      ),
    );
    for (const { operation } of changes)
      if (operation.kind === 'move-replicas')
        for (const { partition, to } of operation.moves) after.set(`${operation.topic} ${partition}`, to);
    const count = (ids: readonly number[]) => [1, 2, 3, 4, 5, 6].map((id) => ids.filter((each) => each === id).length);
    expect(count([...after.values()].flat())).toEqual([12, 12, 12, 12, 12, 12]);
    expect(count([...after.values()].map(([leader]) => leader!))).toEqual([4, 4, 4, 4, 4, 4]);
    for (const replicas of after.values()) expect(new Set(replicas.map((id) => id % 3)).size).toBe(3);
    expect(changes[0]).toMatchObject({
      code: 'TOPIC-SPREAD',
      path: 'reconcile.spread',
      from: '3',
      to: '6',
      grade: 'safe',
      status: 'ready',
      summary: expect.stringMatching(
        /^spread over 6 brokers, new 4, 5, 6: 36 replicas of \d+ partitions in all, 3600MiB are copied, which takes about 24s at 50MiB\/s on each broker$/,
      ) as string,
    });
    expect(
      planLines({ ...plan(spreading(topics), observedOn(6, topics)) }).filter((line) => line.includes('spread over')),
    ).toHaveLength(1);
  });

  test('is empty once it is done', () => {
    expect(plan(spreading(topicsOn(6, 12)), observedOn(6, topicsOn(6, 12))).changes).toEqual([]);
  });

  test.each<readonly [string, DesiredState, ObservedState]>([
    ['the file does not say so', desiredWith({ topics: declared(topics) }), observedOn(6, topics)],
    ['the cluster is of another file', spreading(topics, { owner: 'team' }), observedOn(6, topics)],
    ['no broker was added', spreading(topics), observedOn(3, topics)],
    ['the topics are not declared', spreading(new Map()), observedOn(6, topics)],
  ])('moves nothing where %s', (_title, desired, observed) => {
    expect(plan(desired, observed).changes).toEqual([]);
  });

  test('moves topics that CloudFormation makes, and clears what spreading left behind', () => {
    const throttled = observedOn(6, topics, {
      brokerOptions: new Map([
        [1, [{ option: 'leader.replication.throttled.rate', value: '52428800', source: 'broker' }]],
      ]),
    });
    const { changes } = plan(spreading(topics, { topicsManagedBy: 'cloudformation' }), throttled);
    expect([...new Set(changes.map(({ code }) => code))]).toEqual(['THROTTLE-LEFT', 'TOPIC-SPREAD']);
  });

  test('leaves topics of others and those that move for another reason', () => {
    const moving = { topic: 'topic-0', partition: 0, replicas: [1, 2, 3, 4], adding: [4], removing: [1] };
    const desired = spreading(topics);
    const raised = {
      ...desired,
      topics: desired.topics
        .filter(({ name }) => name !== 'topic-7')
        .map((each) => (each.name === 'topic-1' ? { ...each, partitions: 6 } : each)),
    };
    const moves = plan(raised, observedOn(6, topics, { reassignments: [moving] })).changes.flatMap(
      ({ operation, code }) =>
        operation.kind === 'move-replicas' && code === 'TOPIC-SPREAD'
          ? operation.moves.map(({ partition }) => `${operation.topic} ${partition}`)
          : [],
    );
    expect(moves.length).toBeGreaterThan(0);
    expect(moves.filter((move) => /^topic-[17] |^topic-0 0$/.test(move))).toEqual([]);
  });

  test('waits, and says so, while a broker with replicas does not answer', () => {
    const observed = observedOn(6, topics);
    const without = { ...observed.cluster, brokers: observed.cluster.brokers.filter(({ id }) => id !== 2) };
    const { changes, findings } = plan(spreading(topics), { ...observed, cluster: without });
    expect(changes).toEqual([]);
    expect(findings).toContainEqual(
      expect.objectContaining({ code: 'SPREAD-WAITS', message: expect.stringContaining('broker 2') as string }),
    );
  });

  test('plans for 60 brokers and 10,000 topics', () => {
    const many = topicsOn(30, 10_000);
    const { changes } = plan(spreading(many), observedOn(60, many));
    const copied = changes.flatMap(({ operation }) =>
      operation.kind === 'move-replicas'
        ? operation.moves.flatMap(({ from, to }) => to.filter((id) => !from.includes(id)))
        : [],
    );
    const each = 90_000 / 60;
    // Every copy goes to a new broker, and each gets its share: fewer moves would not do.
    expect(new Set(copied)).toEqual(new Set(Array.from({ length: 30 }, (_, index) => index + 31)));
    expect(copied).toHaveLength(30 * each);
  });
});

describe('spreading is wanted', () => {
  test.each([
    ['on Standard brokers of Amazon MSK', 'msk', '{}', 'onNewBrokers'],
    ['not on Express brokers, which the service spreads', 'express', '{}', undefined],
    ['not on Serverless', 'serverless', '{}', undefined],
    ['not on brokers of your own', 'hosts', '{}', undefined],
    ['where the file says so', 'hosts', 'reconcile: { spread: onNewBrokers }', 'onNewBrokers'],
    ['nowhere where the file says never', 'msk', 'reconcile: { spread: never }', undefined],
  ] as const)('%s', (_title, base, change, expected) => {
    expect(desiredOf(base, change).reconcile.spread).toBe(expected);
  });
});

describe('the rules of spreading', () => {
  test.each([
    ['is silent on Standard brokers', 'msk', '', []],
    ['is silent on brokers of your own', 'hosts', '', []],
    ['is silent on Express brokers that nobody rebalances', 'express', 'targets: { msk: { rebalancing: PAUSED } }', []],
    ['fails on Express brokers, which rebalance themselves', 'express', '', ['MSK-SPREAD reconcile.spread']],
    ['fails on Serverless', 'serverless', '', ['MSK-SPREAD reconcile.spread']],
  ] as const)('%s', (_title, base, change, expected) => {
    expect(findings(SPREAD_RULES, base, `reconcile: { spread: onNewBrokers }\n${change}`)).toEqual(expected);
  });
});
