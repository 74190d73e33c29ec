import { runJava } from '../support/bare-nodes';
import { askedMetrics } from '../support/asked-metrics';
import { eventually } from '../support/host-nodes';
import { toldNames } from '../support/metric-names';
import { MirroringClusters } from '../support/mirroring-clusters';
import { watchedModel } from '../support/watched-model';

const RECORDS = 1000;
const COMMITTED = 600;

jest.setTimeout(180_000);

describe('a mirror between two clusters', () => {
  const clusters = new MirroringClusters();

  const groupOffsets = (servers: string, ...more: string[]): Promise<string> =>
    runJava(clusters.home, [
      'org.apache.kafka.tools.consumer.group.ConsumerGroupCommand',
      '--bootstrap-server',
      servers,
      '--group',
      'billing',
      ...more,
    ]);

  beforeAll(async () => {
    await clusters.start();
    await runJava(clusters.home, [
      'org.apache.kafka.tools.ProducerPerformance',
      ...['--topic', 'orders', '--num-records', String(RECORDS), '--record-size', '20', '--throughput', '-1'],
      ...['--producer-props', `bootstrap.servers=${clusters.source}`],
    ]);
    await groupOffsets(
      clusters.source,
      ...['--topic', 'orders', '--reset-offsets', '--to-offset', String(COMMITTED), '--execute'],
    );
    await clusters.startWorker();
  }, 240_000);

  afterAll(() => clusters.remove());

  test('copies records, and a group goes on there where it came to', async () => {
    await eventually(100, async () => {
      const offsets = await groupOffsets(clusters.target, '--describe', '--offsets').catch((error: unknown) =>
        String(error),
      );
      if (!/\bdc1\.orders\s+0\s+\d+/.test(offsets))
        throw new Error(`${offsets}\n${clusters.worker.log().slice(-6000)}`);
    });
    const read = await runJava(clusters.home, [
      'org.apache.kafka.tools.consumer.ConsoleConsumer',
      ...['--bootstrap-server', clusters.target, '--topic', 'dc1.orders', '--group', 'billing', '--timeout-ms', '5000'],
      ...['--consumer-property', 'isolation.level=read_committed'],
    ]).catch((error: unknown) => String(error));
    const count = read.split('\n').filter((line) => /^\w{20}$/.test(line)).length;
    // No record is left out that the group has not read; a few may come again.
    expect(count).toBeGreaterThanOrEqual(RECORDS - COMMITTED);
    expect(count).toBeLessThan(RECORDS);
  }, 150_000);

  test('is seen: its worker tells what alerts and dashboards of mirrors ask for', async () => {
    const model = watchedModel();
    const asked = askedMetrics(model, ['mirrors']).filter((name) => name.startsWith('kafka_connect'));
    expect(asked.length).toBeGreaterThan(5);
    await eventually(60, async () => {
      const text = await (await fetch(clusters.worker.metricsUrl)).text();
      const exposed = toldNames(text);
      expect(asked.filter((name) => !exposed.has(name))).toEqual([]);
      expect(text).toMatch(
        /^kafka_connect_mirror_records_total\{partition="0",source="dc1",target="small",topic="dc1\.orders"\} [1-9]/m,
      );
    });
  }, 90_000);
});
