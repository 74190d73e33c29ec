import {
  brokerHeapMiB,
  brokersLeft,
  demandOf,
  MSK_BROKER_TYPES,
  replicasPerBroker,
  segmentsOf,
} from '../../../lib/core/capacity';
import type { EnvironmentModel } from '../../../lib/core/model';
import { GIB, MIB } from '../../../lib/core/units';
import { openText } from '../../support/environments';
import { BASES } from '../../support/rule-cases';

const model = (change: string): EnvironmentModel =>
  openText(`extends: ./base.yaml\n${change}`, { files: { 'base.yaml': BASES.kubernetes } }).model!;

const DAY = 86_400;

describe('the demand of a load', () => {
  test('is none where no topic declares one', () => {
    expect(demandOf(model('topics: { orders: {} }'))).toBeUndefined();
  });

  test('counts replicas, consumer groups and the time until a segment is closed', () => {
    const demand = demandOf(
      model(
        'topics: { orders: { partitions: 1, retention: { time: 1d }, load: { produce: 1MiB/s, consumerGroups: 2 } } }\ncapacity: { survive: nothing }',
      ),
    )!;
    // One partition at 1 MiB/s fills a segment of 1 GiB in 1,024 seconds.
    expect(demand.diskBytes).toBeCloseTo(MIB * (DAY + 1024), -3);
    expect(demand).toMatchObject({ brokers: 3, inBytesPerSecond: MIB, clientInBytesPerSecond: MIB / 3, endless: [] });
    expect(demand.outBytesPerSecond).toBeCloseTo((MIB * 4) / 3);
    expect(demand.largest).toEqual({ topic: 'orders', diskBytes: demand.diskBytes });
  });

  test('takes the smaller of time and size', () => {
    const text =
      'topics: { orders: { partitions: 2, retention: { time: 30d, bytesPerPartition: 9GiB }, load: { produce: 1MiB/s } } }\ncapacity: { survive: nothing }';
    expect(demandOf(model(text))?.diskBytes).toBe(2 * 10 * GIB);
  });

  test('is carried by the brokers that are left', () => {
    const nine = 'nodePools: { brokers: { replicas: 9 } }\n';
    expect(brokersLeft(model(nine))).toBe(6);
    expect(brokersLeft(model(`${nine}capacity: { survive: node }`))).toBe(8);
    expect(brokersLeft(model(`${nine}capacity: { survive: nothing }`))).toBe(9);
  });

  test('asks for no more copies than brokers are left', () => {
    const text = 'topics: { orders: { load: { produce: 1MiB/s } } }\n';
    expect(demandOf(model(text))).toMatchObject({ brokers: 2, inBytesPerSecond: MIB });
  });
});

describe('segments', () => {
  const segments = (change: string) => {
    const found = model(change);
    return segmentsOf(found, found.topics[0]!);
  };

  test('are closed after seven days or a GiB, unless options say otherwise', () => {
    expect(segments('topics: { a: {} }')).toEqual({
      rollMs: 7 * DAY * 1000,
      bytes: GIB,
      closedAfterMs: 7 * DAY * 1000,
    });
    expect(
      segments('kafka: { config: { log.roll.ms: 1000, log.segment.bytes: 2000000 } }\ntopics: { a: {} }'),
    ).toMatchObject({ rollMs: 1000, bytes: 2_000_000 });
    expect(
      segments(
        'kafka: { config: { log.roll.ms: 1000 } }\ntopics: { a: { config: { segment.ms: 2000, segment.bytes: 3000000 } } }',
      ),
    ).toMatchObject({ rollMs: 2000, bytes: 3_000_000 });
  });
});

describe('a broker', () => {
  test('holds its share of all replicas', () => {
    expect(
      replicasPerBroker(model('topics: { a: { partitions: 5 }, b: { partitions: 2, replicationFactor: 2 } }')),
    ).toBe(Math.ceil(19 / 3));
  });

  test('needs heap for the cleaner and for each broker that it fetches from', () => {
    expect(brokerHeapMiB(model(''))).toBe(128 + 128 + 2 * 10);
    expect(brokerHeapMiB(model('kafka: { config: { num.replica.fetchers: 4 } }'))).toBe(128 + 128 + 4 * 2 * 10);
  });

  test('of each MSK size recommends no more replicas than it allows', () => {
    expect(MSK_BROKER_TYPES.size).toBe(22);
    for (const { replicas } of MSK_BROKER_TYPES.values()) expect(replicas.most).toBeGreaterThan(replicas.recommended);
  });
});
