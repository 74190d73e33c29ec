import { ec2Watched } from '../../../lib/core/rules/ec2-watched';
import { AWS_METRICS, CLUSTER_METRICS, GROUP_METRICS, METRICS_NAMESPACE, NODE_METRICS } from '../../../lib/core/ec2';
import {
  ec2Alarms,
  MATH_METRICS,
  metricsOf,
  type AlarmSettings,
  type Ec2Watched,
  type SignalAlarm,
} from '../../../lib/core/signals';
import { AVAILABILITY_SIGNALS } from '../../../lib/core/signals/availability';
import { SAFETY_SIGNALS } from '../../../lib/core/signals/safety';
import { modelOfFile } from '../../support/environments';

const node = (name: string, isBroker: boolean): Ec2Watched['nodes'][number] => ({
  ...{ name, isBroker, bursts: isBroker },
  groupName: `kafka-edge-${name}`,
  volumeIds: [`vol-${name}`],
});
const WATCHED: Ec2Watched = {
  ...{ clusterName: 'edge', controllers: 3, brokers: 6, published: true, shareLeft: 2 / 3, maxDiskUtilization: 0.7 },
  partitionsWithoutSpare: 4,
  nodes: [
    ...[0, 1, 2].map((ordinal) => node(`controllers-${ordinal}`, false)),
    ...[0, 1, 2, 3, 4, 5].map((ordinal) => node(`brokers-${ordinal}`, true)),
  ],
  load: { inBytesPerSecond: 6_000_000, outBytesPerSecond: 9_000_000 },
  lag: { billing: { seconds: 300, records: 1000 } },
};

const alarmsOf = (id: string, watched = WATCHED, settings: AlarmSettings = {}): SignalAlarm['alarm'][] =>
  ec2Alarms(watched, settings)
    .alarms.filter(({ signal }) => signal.id === id)
    .map(({ alarm }) => alarm);
const problems = (settings: AlarmSettings, watched = WATCHED): string[] =>
  ec2Alarms(watched, settings).problems.map(({ setting, message }) => `${setting}: ${message}`);

describe('alarms of a cluster on EC2', () => {
  test('look at metrics that AWS or the function of the cluster publishes, with just their dimensions', () => {
    const names = new Map<string, Record<string, readonly string[]>>([
      [
        METRICS_NAMESPACE,
        {
          Cluster: [...NODE_METRICS.map(({ name }) => name), ...Object.keys(CLUSTER_METRICS)],
          'Cluster,Group': Object.keys(GROUP_METRICS),
        },
      ],
      ...Object.entries(AWS_METRICS).map(
        ([namespace, { dimension, names: published }]): [string, Record<string, readonly string[]>] => [
          namespace,
          { [dimension]: published },
        ],
      ),
    ]);
    const asked = ec2Alarms(WATCHED).alarms.flatMap(({ alarm }) => metricsOf(alarm.source));
    expect(asked.length).toBeGreaterThan(50);
    for (const { namespace, name, dimensions } of asked)
      expect(names.get(namespace)![dimensions.join()]).toContain(name);
  });

  test('count off what topics declare to have no replica to spare, and are not there where all of them do', () => {
    expect(alarmsOf('at-min-isr')).toMatchObject([{ when: '>', threshold: 4 }]);
    const { partitionsWithoutSpare: _four, ...all } = WATCHED;
    expect(alarmsOf('at-min-isr', all)).toEqual([]);
  });

  test('are there for every signal of safe data and of a cluster that is there', () => {
    const seen = new Set(ec2Alarms(WATCHED).alarms.map(({ signal }) => signal.id));
    const needed = [...SAFETY_SIGNALS, ...AVAILABILITY_SIGNALS].map(({ id }) => id);
    expect(needed.filter((id) => !seen.has(id))).toEqual([]);
    expect(seen.size).toBeGreaterThanOrEqual(35);
  });

  test('have a name of their own each, and no more metrics than CloudWatch takes', () => {
    const { alarms } = ec2Alarms(WATCHED);
    const names = alarms.map(({ signal, alarm }) => `${signal.id} ${alarm.subject ?? ''}`);
    expect(new Set(names).size).toBe(names.length);
    for (const { alarm } of alarms) expect(metricsOf(alarm.source).length).toBeLessThanOrEqual(MATH_METRICS);
    expect(alarmsOf('node-down').map(({ subject, summary }) => [subject, summary])).toEqual([
      ['kafka', 'The exporter of a node does not answer: it is down.'],
      ['instances-1', 'An instance failed a status check, of controllers-0 to brokers-5.'],
    ]);
    expect(alarmsOf('volume-busy').map(({ subject }) => subject)).toEqual(['volumes-1', 'volumes-2', 'instances-1']);
  });

  test('compare with what the cluster is to be', () => {
    const thresholds = (watched: Ec2Watched): object =>
      Object.fromEntries(
        ['brokers-missing', 'quorum-no-spare', 'disk-filling', 'ingress-high', 'cpu-busy'].map((id) => [
          id,
          alarmsOf(id, watched)[0]?.threshold,
        ]),
      );
    expect(thresholds(WATCHED)).toEqual({
      ...{ 'brokers-missing': 6, 'quorum-no-spare': 3, 'disk-filling': 85, 'ingress-high': 1_000_000, 'cpu-busy': 60 },
    });
    const { load: _, ...quiet } = WATCHED;
    expect(thresholds({ ...quiet, controllers: 1, brokers: 3, maxDiskUtilization: 0.5, shareLeft: 0.5 })).toEqual({
      ...{ 'brokers-missing': 3, 'disk-filling': 75, 'cpu-busy': 45 },
    });
    expect(alarmsOf('group-late').map(({ subject, threshold }) => [subject, threshold])).toEqual([
      ['billing-time', 300],
      ['billing-records', 1000],
    ]);
  });

  test('say that nothing is seen where the function is silent, and only that', () => {
    const breaching = ec2Alarms(WATCHED).alarms.filter(({ alarm }) => alarm.missing === 'breaching');
    expect(breaching.map(({ signal }) => signal.id)).toEqual(['exporter-missing']);
  });

  test('are those of AWS alone where nodes have no exporter', () => {
    const { alarms } = ec2Alarms({ ...WATCHED, published: false });
    expect([...new Set(alarms.map(({ signal }) => signal.id))].sort()).toEqual([
      ...['cpu-busy', 'node-down', 'volume-busy', 'volume-stalled'],
    ]);
  });

  test('take other severities and thresholds', () => {
    const settings: AlarmSettings = { severities: { 'cpu-busy': 'off' }, thresholds: { 'disk-full': 90 } };
    expect(alarmsOf('cpu-busy', WATCHED, settings)).toEqual([]);
    expect(alarmsOf('disk-full', WATCHED, settings)[0]).toMatchObject({ threshold: 90 });
    expect(problems(settings)).toEqual([]);
  });

  test('fails for signals that EC2 has not, thresholds out of range, and metrics that nobody publishes', () => {
    expect(problems({ severities: { 'storage-beyond-plan': 'critical' } })[0]).toMatch(
      /^severities: no signal of EC2, got storage-beyond-plan; .*disk-full.* are allowed\.$/,
    );
    expect(problems({ thresholds: { 'disk-full': 100, 'offline-partitions': 2 } })).toEqual([
      expect.stringMatching(/offline|no threshold to set, got 2/),
      'thresholds: the threshold is out of range, got 100; 1 to 99 (percent) are allowed.',
    ]);
    expect(problems({ thresholds: { 'heap-full': 70 } }, { ...WATCHED, published: false })).toEqual([
      'thresholds: no metric says it without the exporters of the nodes, got heap-full with monitoring.metrics: false; true is needed.',
    ]);
  });

  test('of an environment are worked out from its file', () => {
    const watched = ec2Watched(modelOfFile('prod-ec2'));
    expect(watched).toMatchObject({ clusterName: 'prod-ec2', controllers: 3, brokers: 6, published: true });
    expect(watched.nodes[0]).toMatchObject({
      groupName: 'kafka-prod-ec2-controllers-0',
      isBroker: false,
      bursts: true,
    });
    expect(ec2Alarms(watched).problems).toEqual([]);
  });
});
