import type { AddressInfo } from 'node:net';
import { createServer } from 'node:tls';
import { MemoryCluster } from '../../../lib/admin/adapters/memory';
import { createAuthority, issueCertificate } from '../../../lib/admin/adapters/x509';
import { certificateMetrics, Exporter, metricsText, type Metric } from '../../../lib/admin/exporter';
import { converge, desiredOf, fakeClock, topic } from '../reconcile/harness';

const names = new Map([1, 2, 3].map((id) => [id, `b${id}`]));
const samplesOf = (metrics: readonly Metric[], name: string): Metric['samples'] =>
  metrics.find((metric) => metric.name === name)?.samples ?? [];

async function scene() {
  const cluster = new MemoryCluster({});
  await converge(cluster, desiredOf({ topics: [topic('orders', { partitions: 2 })] }));
  const admin = cluster.connect();
  const clock = fakeClock();
  return { cluster, admin, clock, exporter: new Exporter({ admin, names, doors: [], clock }) };
}

describe('the exporter', () => {
  test('tells nothing but that it did not look, before it looked', async () => {
    const { exporter } = await scene();
    expect(metricsText(exporter.metrics)).toBe(
      '# HELP kafka_exporter_up Whether the cluster answered when it was last asked.\n# TYPE kafka_exporter_up gauge\nkafka_exporter_up 0\n',
    );
  });

  test('tells lags by group and topic, in records at once and in time from the second look', async () => {
    const { cluster, admin, clock, exporter } = await scene();
    const write = (partition: number): void =>
      cluster.write('orders', partition, { records: 1, bytes: 10, timestampMs: clock.now() });
    write(0);
    await admin.commitOffsets('billing', [
      { topic: 'orders', partition: 0, offset: 0 },
      { topic: 'orders', partition: 1, offset: 0 },
    ]);
    await exporter.look();
    const labels = { group: 'billing', topic: 'orders' };
    expect(samplesOf(exporter.metrics, 'kafka_group_lag_records')).toEqual([{ labels, value: 1 }]);
    expect(samplesOf(exporter.metrics, 'kafka_group_lag_seconds')).toEqual([{ labels, value: 0 }]);
    await clock.sleep(15_000);
    write(1);
    await exporter.look();
    expect(samplesOf(exporter.metrics, 'kafka_group_lag_records')).toEqual([{ labels, value: 2 }]);
    expect(samplesOf(exporter.metrics, 'kafka_group_lag_seconds')[0]!.value).toBeGreaterThanOrEqual(15);
  });

  test('tells disks by node and log directory', async () => {
    const { exporter } = await scene();
    await exporter.look();
    expect(samplesOf(exporter.metrics, 'kafka_log_dir_size_bytes')).toHaveLength(3);
    expect(samplesOf(exporter.metrics, 'kafka_log_dir_free_bytes')[0]!.labels).toEqual({
      node: 'b1',
      log_dir: expect.any(String) as string,
    });
  });

  test('tells how much topics keep, and names those that are kept once only', async () => {
    const { cluster, admin, clock, exporter } = await scene();
    const placement = { partitions: 1, replicationFactor: 1 };
    await admin.createTopics([{ name: 'once', placement, config: {} }], { validateOnly: false });
    cluster.write('orders', 0, { records: 1, bytes: 100, timestampMs: clock.now() });
    await exporter.look();
    const replicas = 3;
    expect(samplesOf(exporter.metrics, 'kafka_topic_data_bytes')).toContainEqual({
      labels: { topic: 'orders' },
      value: 100 * replicas,
    });
    expect(samplesOf(exporter.metrics, 'kafka_topic_single_replica')).toEqual([
      { labels: { topic: 'once' }, value: 1 },
    ]);
  });

  test('calls nodes by the hosts of brokers where nobody says how they are called, and looks at the certificates that these show', async () => {
    const { admin, clock } = await scene();
    const exporter = new Exporter({ admin, clock });
    await exporter.look();
    expect(samplesOf(exporter.metrics, 'kafka_log_dir_size_bytes').map(({ labels }) => labels.node)).toEqual(
      (await admin.describeCluster()).brokers.map(({ host }) => host.split('.')[0]),
    );
    expect(samplesOf(exporter.metrics, 'kafka_certificate_end_time_seconds')).toEqual([]);
  });

  test('tells nothing old where the cluster does not answer', async () => {
    const { cluster, exporter } = await scene();
    await exporter.look();
    expect(samplesOf(exporter.metrics, 'kafka_exporter_up')[0]!.value).toBe(1);
    for (const id of [1, 2, 3]) cluster.stopBroker(id);
    await exporter.look();
    expect(exporter.metrics.map(({ name }) => name)).toEqual(['kafka_exporter_up']);
    expect(exporter.problem).toBeDefined();
  });
});

describe('certificates', () => {
  test('are told by what a node shows, and left out where it does not answer', async () => {
    const now = new Date('2026-11-27T00:00:00Z');
    const authority = await createAuthority({ commonName: 'test', days: 30, now });
    const { certificate, key } = await issueCertificate(authority, {
      ...{ commonName: 'node', dnsNames: ['localhost'], ipAddresses: ['127.0.0.1'] },
      ...{ days: 5, now, use: 'node' as const },
    });
    const server = createServer({ cert: certificate, key, requestCert: true, rejectUnauthorized: true, ca: authority.certificate }); // prettier-ignore
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    const { port } = server.address() as AddressInfo;
    const door = { node: 'b1', listener: 'internal', host: '127.0.0.1', port };
    const closed = { ...door, node: 'b2', port: 1 };
    const metrics = await certificateMetrics([closed, door]);
    await new Promise((ended) => server.close(ended));
    expect(samplesOf(metrics, 'kafka_certificate_end_time_seconds')).toEqual([
      { labels: { node: 'b1', listener: 'internal' }, value: Date.parse('2026-12-02T00:00:00Z') / 1000 },
    ]);
  });
});

test('labels are written so that Prometheus reads them back', () => {
  const metric = { name: 'm', help: 'h', samples: [{ labels: { group: 'a"b\\c\nd' }, value: 1.5 }] };
  expect(metricsText([metric])).toBe('# HELP m h\n# TYPE m gauge\nm{group="a\\"b\\\\c\\nd"} 1.5\n');
});
