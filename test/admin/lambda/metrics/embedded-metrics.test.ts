import { embeddedMetrics, type ClusterLook } from '../../../../lib/admin/lambda/metrics/embedded-metrics';
import { NODE_METRICS } from '../../../../lib/core/ec2/published-metrics';

const node = (name: string, values: Record<string, number>): ClusterLook['nodes'][number] => ({
  node: name,
  values: new Map(Object.entries(values)),
});
const look = (more: Partial<ClusterLook>): ClusterLook => ({
  ...{ cluster: 'edge', atMs: 1_790_000_000_000, values: new Map([['ClusterAnswers', 1]]), nodes: [], groups: [] },
  ...more,
});
const linesOf = (more: Partial<ClusterLook>): Record<string, unknown>[] =>
  embeddedMetrics(look(more)).map((line) => JSON.parse(line) as Record<string, unknown>);
const directive = (name: string, Unit: string, ...dimensions: string[]): object => ({
  Timestamp: 1_790_000_000_000,
  CloudWatchMetrics: [{ Namespace: 'KafkaDeploymentKit', Dimensions: [dimensions], Metrics: [{ Name: name, Unit }] }],
});

describe('lines that CloudWatch makes metrics of', () => {
  test('say what is so of the cluster as a whole', () => {
    expect(linesOf({})).toEqual([
      { _aws: directive('ClusterAnswers', 'Count', 'Cluster'), Cluster: 'edge', ClusterAnswers: 1 },
    ]);
  });

  test('have one value a node for the cluster, and by node what is looked at so; the rest stands beside', () => {
    const nodes = [
      node('brokers-0', { DiskUsedPercent: 40, OpenFilesPercent: 1 }),
      node('brokers-1', { DiskUsedPercent: 50, OpenFilesPercent: 2 }),
    ];
    const [, cluster, first] = linesOf({ nodes });
    expect(cluster).toMatchObject({ Cluster: 'edge', DiskUsedPercent: [40, 50], OpenFilesPercent: [1, 2] });
    expect(first).toEqual({
      _aws: directive('DiskUsedPercent', 'Percent', 'Cluster', 'Node'),
      ...{ Cluster: 'edge', Node: 'brokers-0', DiskUsedPercent: 40, OpenFilesPercent: 1 },
    });
  });

  test('sum the topics of a group up, and take the time of the one that is furthest behind', () => {
    const topics = [
      { topic: 'orders', records: 7, seconds: 2.5 },
      { topic: 'clicks', records: 1 },
    ];
    expect(
      linesOf({
        groups: [
          { group: 'billing', topics },
          { group: 'new', topics: [] },
        ],
      }).slice(1),
    ).toEqual([
      {
        _aws: {
          Timestamp: 1_790_000_000_000,
          CloudWatchMetrics: [
            {
              Namespace: 'KafkaDeploymentKit',
              Dimensions: [['Cluster', 'Group']],
              Metrics: [
                { Name: 'LagRecords', Unit: 'Count' },
                { Name: 'LagSeconds', Unit: 'Seconds' },
              ],
            },
          ],
        },
        ...{ Cluster: 'edge', Group: 'billing', LagRecords: 8, LagSeconds: 2.5, Topics: topics },
      },
    ]);
  });

  test('are within what CloudWatch takes of a line, for many nodes: 100 values, 100 metrics, 256 KiB', () => {
    const every = Object.fromEntries(NODE_METRICS.map(({ name }) => [name, 123_456.789]));
    const nodes = Array.from({ length: 250 }, (_, index) => node(`brokers-${index}`, every));
    const lines = embeddedMetrics(look({ nodes }));
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThan(256 * 1024);
    const counts = lines
      .map((line) => (JSON.parse(line) as { PartitionCount?: number[] | number }).PartitionCount)
      .flatMap((values) => (Array.isArray(values) ? values.length : []));
    expect(counts).toEqual([100, 100, 50]);
    expect(NODE_METRICS.length).toBeLessThan(100);
  });
});
