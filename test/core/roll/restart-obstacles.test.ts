import { judgeRestart, type ClusterHealth, type RollNode } from '../../../lib/core/roll';

interface Partition {
  readonly replicas: readonly number[];
  readonly isr?: readonly number[];
  readonly leader?: number;
}

interface Facts {
  readonly partitions?: readonly Partition[];
  readonly minIsr?: number;
  readonly brokers?: readonly number[];
  readonly leaderId?: number;
  /** How far each voter is behind, milliseconds. */
  readonly behindMs?: Readonly<Record<number, number | undefined>>;
}

function health({
  partitions = [],
  minIsr = 2,
  brokers = [1, 2, 3],
  leaderId = 1,
  behindMs = { 1: 0, 2: 100, 3: 100 },
}: Facts): ClusterHealth {
  return {
    cluster: { clusterId: 'c', brokers: brokers.map((id) => ({ id, host: `b${id}`, port: 9092 })) },
    topics: [
      {
        name: 'orders',
        internal: false,
        topicId: 't',
        partitions: partitions.map(({ replicas, isr = replicas, leader = isr[0] ?? -1 }, partition) => ({
          partition,
          leader,
          replicas,
          isr,
          offline: [],
        })),
      },
    ],
    minIsr: new Map([['orders', minIsr]]),
    quorum: {
      leaderId,
      epoch: 1,
      observers: [],
      voters: Object.entries(behindMs).map(([id, behind]) => ({
        id: Number(id),
        directoryId: id,
        lag: 0,
        ...(behind === undefined ? {} : { behindMs: behind }),
      })),
    },
  };
}

const broker: RollNode = { id: 1, name: 'b1', roles: ['broker'] };
const controller: RollNode = { id: 1, name: 'c1', roles: ['controller'] };
const both: RollNode = { id: 1, name: 'n1', roles: ['broker', 'controller'] };
const codes = (facts: Facts, node: RollNode): string[] =>
  judgeRestart(health(facts), node).obstacles.map(({ code }) => code);

describe('a broker', () => {
  test.each<[string, Facts]>([
    ['with every replica in sync', { partitions: [{ replicas: [1, 2, 3] }] }],
    ['that is not in sync where enough others are', { partitions: [{ replicas: [1, 2, 3], isr: [2, 3] }] }],
    ['of which partitions in need hold nothing', { partitions: [{ replicas: [2, 3, 4], isr: [2] }] }],
    ['that is down already', { brokers: [2, 3], partitions: [{ replicas: [1, 2, 3], isr: [2] }] }],
    ['that holds nothing', {}],
    [
      'where one of three is behind and min ISR is 1',
      { partitions: [{ replicas: [1, 2, 3], isr: [1, 2] }], minIsr: 1 },
    ],
  ])('may go down %s', (_, facts) => {
    expect(judgeRestart(health(facts), broker)).toEqual({ obstacles: [], costs: [] });
  });

  test.each<[string, string, Facts]>([
    ['MIN-ISR-LOST', 'where one of the others is out of sync', { partitions: [{ replicas: [1, 2, 3], isr: [1, 2] }] }],
    ['UNDER-MIN-ISR', 'of a partition below min ISR', { partitions: [{ replicas: [1, 2, 3], isr: [2] }] }],
    [
      'PARTITION-OFFLINE',
      'of a partition without a leader',
      { partitions: [{ replicas: [1, 2, 3], isr: [], leader: -1 }] },
    ],
    ['MIN-ISR-LOST', 'whose last copy in sync is its own', { partitions: [{ replicas: [1, 2], isr: [1] }], minIsr: 1 }],
  ])('fails with %s %s', (code, _, facts) => {
    expect(codes(facts, broker)).toEqual([code]);
  });

  test('says what stops where a partition has no replica to spare, and may go down all the same', () => {
    const { obstacles, costs } = judgeRestart(
      health({ partitions: [{ replicas: [1] }, { replicas: [1, 2] }, { replicas: [1], isr: [], leader: -1 }] }),
      broker,
    );
    expect(obstacles).toEqual([]);
    expect(costs).toEqual([
      '3 partitions cannot be written with acks=all while it is down, having no replica to spare: orders-0, orders-1, orders-2',
    ]);
  });

  test('names five partitions and counts the rest', () => {
    const partitions = Array.from({ length: 8 }, () => ({ replicas: [1, 2, 3], isr: [1, 2] }));
    expect(judgeRestart(health({ partitions }), broker).obstacles[0]!.message).toBe(
      '8 partitions that would fall below min ISR without it: orders-0, orders-1, orders-2, orders-3, orders-4 and 3 more',
    );
  });
});

describe('a controller', () => {
  test.each<[string, Facts]>([
    ['where both others follow', {}],
    ['where three of five others follow', { behindMs: { 1: 0, 2: 0, 3: 0, 4: 0, 5: 90_000 } }],
    ['that is no voter', { behindMs: { 2: 0, 3: 0, 4: 0 }, leaderId: 2 }],
    ['that is dead', { behindMs: { 1: 90_000, 2: 0, 3: 90_000 }, leaderId: 2 }],
  ])('may go down %s', (_, facts) => {
    expect(judgeRestart(health(facts), controller)).toEqual({ obstacles: [], costs: [] });
  });

  test.each<[string, string, Facts]>([
    ['QUORUM-MAJORITY', 'where one of the two others is away', { behindMs: { 1: 0, 2: 0, 3: 90_000 } }],
    ['QUORUM-MAJORITY', 'where one never answered', { behindMs: { 1: 0, 2: 0, 3: undefined } }],
    ['QUORUM-MAJORITY', 'where two of four are needed', { behindMs: { 1: 0, 2: 0, 3: 0, 4: 9_000 } }],
    ['QUORUM-NO-LEADER', 'without a leader', { leaderId: -1 }],
  ])('fails with %s %s', (code, _, facts) => {
    expect(codes(facts, controller)).toEqual([code]);
  });

  test.each<[string, Facts]>([
    ['a single one', { behindMs: { 1: 0 } }],
    ['having two voters', { behindMs: { 1: 0, 2: 0 } }],
  ])('says what stops with %s', (what, facts) => {
    const { obstacles, costs } = judgeRestart(health(facts), controller);
    expect([obstacles, costs.length]).toEqual([[], 1]);
    expect(costs[0]).toContain(what);
  });

  test('that is a broker too fails for both', () => {
    const facts = { partitions: [{ replicas: [1, 2, 3], isr: [1, 2] }], behindMs: { 1: 0, 2: 0, 3: 90_000 } };
    expect(codes(facts, both)).toEqual(['MIN-ISR-LOST', 'QUORUM-MAJORITY']);
  });
});
