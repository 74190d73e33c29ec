import { mskWatched } from '../../../lib/core/rules/msk-watched';
import {
  CONNECT_METRICS,
  CONNECT_NAMESPACE,
  fleetQuery,
  LOG_COUNTS,
  MATH_METRICS,
  metricsOf,
  MSK_EXPRESSIONS,
  MSK_METRICS,
  MSK_NAMESPACE,
  mskAlarms,
  REPLICATOR_METRICS,
  sameDimensions,
  SIGNALS,
  type MskKind,
  type MskWatched,
  type SignalAlarm,
} from '../../../lib/core/signals';
import { modelOfFile } from '../../support/environments';

const WATCHED: MskWatched = {
  clusterName: 'prod',
  kind: 'standard',
  level: 'PER_BROKER',
  brokers: { brokerType: 'standard', instanceType: 'kafka.m7g.xlarge', count: 6, volumeGiB: 1024 },
  authentications: ['iam'],
  shareLeft: 2 / 3,
  maxDiskUtilization: 0.7,
  load: { inBytesPerSecond: 4_000_000, outBytesPerSecond: 9_000_000, keptBytes: 1e12 },
  lag: { billing: { seconds: 300, records: 1000 } },
  connectors: [{ name: 'prod-orders', workers: 2 }],
  replicators: [{ name: 'prod-copy', seconds: 900 }],
  logNamespace: 'KafkaDeploymentKit/prod',
};

const KINDS: Readonly<Record<MskKind, MskWatched>> = {
  standard: WATCHED,
  express: {
    ...WATCHED,
    kind: 'express',
    brokers: { brokerType: 'express', instanceType: 'express.m7g.large', count: 3 },
  },
  serverless: withoutBrokers({ ...WATCHED, kind: 'serverless', level: 'DEFAULT' }),
};

function withoutBrokers({ brokers: _brokers, logNamespace: _logs, ...rest }: MskWatched): MskWatched {
  return rest;
}

const of = (alarms: readonly SignalAlarm[], id: string): SignalAlarm[] =>
  alarms.filter(({ signal }) => signal.id === id);
const threshold = (watched: MskWatched, id: string): number | undefined =>
  of(mskAlarms(watched).alarms, id)[0]?.alarm.threshold;

describe('alarms of Amazon MSK', () => {
  test('are of signals that the catalogue has', () => {
    const ids = SIGNALS.map(({ id }) => id);
    expect(Object.keys(MSK_EXPRESSIONS).filter((id) => !ids.includes(id))).toEqual([]);
  });

  test.each(Object.keys(KINDS) as MskKind[])('name metrics and dimensions that AWS lists for %s', (kind) => {
    const watched = KINDS[kind];
    const expressions = Object.values(MSK_EXPRESSIONS).filter(({ on }) => on.includes(kind));
    const alarms = expressions.flatMap((expression) => expression.alarms(watched, expression.threshold(watched) ?? 1));
    expect(alarms.length).toBeGreaterThan(5);
    for (const { source } of alarms) {
      for (const { namespace, name, dimensions } of metricsOf(source)) {
        const lists =
          namespace === MSK_NAMESPACE
            ? [...MSK_METRICS[kind], ...REPLICATOR_METRICS]
            : namespace === CONNECT_NAMESPACE
              ? CONNECT_METRICS
              : LOG_COUNTS.map(({ metricName }) => ({ name: metricName, dimensions: [] }));
        const known = lists.filter((metric) => metric.name === name);
        expect([name, known.some((metric) => sameDimensions(metric.dimensions, dimensions))]).toEqual([name, true]);
      }
    }
  });

  test('keep to the limits of CloudWatch: ten metrics a calculation, a day of evaluation, three hours of a query', () => {
    for (const brokers of [3, 60]) {
      const watched = { ...WATCHED, brokers: { ...WATCHED.brokers!, count: brokers } };
      for (const { alarm } of mskAlarms(watched).alarms) {
        const { source, periodSeconds, periods, datapoints } = alarm;
        if (source.kind === 'math') expect(Object.keys(source.metrics).length).toBeLessThanOrEqual(MATH_METRICS);
        expect(datapoints).toBeLessThanOrEqual(periods);
        expect(periodSeconds * periods).toBeLessThanOrEqual(source.kind === 'fleet' ? 10_800 : 86_400);
      }
    }
  });

  test('of sixty brokers are few: a query watches all of them, a calculation five', () => {
    const count = (brokers: number): number =>
      mskAlarms({ ...WATCHED, brokers: { ...WATCHED.brokers!, count: brokers } }).alarms.length;
    expect(count(60) - count(3)).toBe(22);
    expect(count(3)).toBeLessThan(40);
  });

  test('have names of their own: signal and subject', () => {
    for (const watched of Object.values(KINDS)) {
      const names = mskAlarms(watched).alarms.map(({ signal, alarm }) => `${signal.id} ${alarm.subject ?? ''}`);
      expect(new Set(names).size).toBe(names.length);
    }
  });

  test('never take an average of what the controller alone counts', () => {
    const all = Object.values(KINDS).flatMap((watched) => mskAlarms(watched).alarms);
    for (const { alarm } of all) {
      if (alarm.source.kind !== 'metric') continue;
      expect(alarm.source.metric.statistic).not.toBe('Average');
    }
  });

  test('ask for all brokers by the exact dimensions, in the language of Metrics Insights', () => {
    const [alarm] = of(mskAlarms(WATCHED).alarms, 'disk-full');
    expect(alarm!.alarm.source).toMatchObject({ kind: 'fleet' });
    expect(fleetQuery((alarm!.alarm.source as { fleet: Parameters<typeof fleetQuery>[0] }).fleet, { when: '>' })).toBe(
      `SELECT MAX("KafkaDataLogsDiskUsed") FROM SCHEMA("AWS/Kafka", "Cluster Name", "Broker ID") WHERE "Cluster Name" = 'prod' GROUP BY "Broker ID" ORDER BY MAX() DESC`,
    );
  });

  test('are worked out from the cluster: its size, its load, what it is to survive', () => {
    expect(threshold(WATCHED, 'cpu-busy')).toBe(60);
    expect(threshold({ ...WATCHED, shareLeft: 0.5 }, 'cpu-busy')).toBe(45);
    expect(threshold(WATCHED, 'too-many-replicas')).toBe(1000);
    expect(threshold(KINDS.express, 'ingress-high')).toBe(4_000_000);
    expect(threshold(KINDS.express, 'egress-high')).toBe(62_400_000);
    expect(threshold(KINDS.serverless, 'egress-high')).toBe(320_000_000);
    expect(threshold(KINDS.express, 'storage-beyond-plan')).toBe(1.2e12);
    expect(threshold(WATCHED, 'disk-filling')).toBe(85);
    expect(threshold({ ...WATCHED, maxDiskUtilization: 0.5 }, 'disk-filling')).toBe(75);
    expect(threshold(WATCHED, 'disk-full')).toBe(86);
    expect(threshold({ ...WATCHED, load: { inBytesPerSecond: 2_000_000, outBytesPerSecond: 0 } }, 'disk-full')).toBe(
      92,
    );
    // 156.25 MiB/s of the broker, of which 80%.
    expect(threshold(WATCHED, 'volume-busy')).toBe(131_072_000);
  });

  test('of an environment are those of its file', () => {
    const { alarms, problems, unseen } = mskAlarms(mskWatched(modelOfFile('prod')));
    expect([problems, unseen]).toEqual([[], []]);
    expect(of(alarms, 'group-late').map(({ alarm }) => [alarm.subject, alarm.threshold])).toEqual([
      ['billing-time', 300],
    ]);
    expect(of(alarms, 'connect-worker-down').map(({ alarm }) => alarm.subject)).toEqual(['prod-orders-db']);
    expect(of(alarms, 'ingress-high')[0]!.alarm.threshold).toBe(4_456_448);
  });
});

describe('settings of alarms', () => {
  test('change severities and thresholds, and switch off', () => {
    const { alarms, problems } = mskAlarms(WATCHED, {
      severities: { 'under-replicated': 'critical', 'heap-full': 'off' },
      thresholds: { 'disk-filling': 80 },
    });
    expect(problems).toEqual([]);
    expect(of(alarms, 'under-replicated')[0]!.severity).toBe('critical');
    expect(of(alarms, 'heap-full')).toEqual([]);
    expect(of(alarms, 'disk-filling')[0]!.alarm.threshold).toBe(80);
  });

  test('leave out what the level does not publish, and say which', () => {
    const { alarms, unseen } = mskAlarms({ ...WATCHED, level: 'DEFAULT' });
    expect(unseen.map(({ signal, level }) => `${signal.id} ${level}`)).toEqual(
      ['request-handlers-busy', 'network-threads-busy', 'volume-busy', 'network-limited', 'connections-many'].map(
        (id) => `${id} PER_BROKER`,
      ),
    );
    // What is published of a signal is watched.
    expect(of(alarms, 'connections-many').map(({ alarm }) => alarm.subject)).toEqual(['open']);
  });

  test('fail for what does not exist, is not published, or is out of range, all at once', () => {
    const { problems } = mskAlarms(
      { ...KINDS.express, level: 'DEFAULT' },
      {
        severities: { 'offline-partitions': 'critical', 'under-replicatd': 'critical' },
        thresholds: { 'cpu-busy': 130, 'no-active-controller': 2, 'request-handlers-busy': 0.2 },
      },
    );
    expect(problems.map(({ setting, signal, message }) => `${setting}.${signal}: ${message}`)).toEqual([
      expect.stringMatching(
        /^severities.under-replicatd: no signal of Amazon MSK, got under-replicatd; .* are allowed\.$/,
      ),
      'severities.offline-partitions: no metric of express clusters says it, got offline-partitions; standard clusters have it.',
      expect.stringMatching(/^thresholds.no-active-controller: the signal has no threshold to set, got 2; /),
      'thresholds.request-handlers-busy: the monitoring level does not publish its metrics, got DEFAULT; PER_BROKER is needed.',
      'thresholds.cpu-busy: the threshold is out of range, got 130; 1 to 99 (percent) are allowed.',
    ]);
    expect(problems[0]!.hint).toBe('Did you mean under-replicated?');
  });
});
