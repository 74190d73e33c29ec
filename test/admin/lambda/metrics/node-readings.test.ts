import { NODE_METRICS, seriesNames } from '../../../../lib/core/ec2/published-metrics';
import { parseExposition } from '../../../../lib/admin/lambda/metrics/exposition';
import { NodeReadings, type Scrape } from '../../../../lib/admin/lambda/metrics/node-readings';

const scrape = (text: string, seconds = 0, roles = ['broker']): Scrape => ({
  ...{ node: 'brokers-0', roles },
  atMs: seconds * 1000,
  series: parseExposition(text),
});

describe('metrics of a node', () => {
  test('are sums of series, shares of another one, and the worst of a kind', () => {
    const values = new NodeReadings().read(
      scrape(`kafka_server_replicafetchermanager_failedpartitionscount{clientid="Replica"} 2
kafka_server_replicafetchermanager_deadthreadcount{clientid="Replica"} 1
jvm_memory_pool_collection_used_bytes{pool="G1 Old Gen"} 300
jvm_memory_pool_max_bytes{pool="G1 Old Gen"} 400
jvm_memory_pool_max_bytes{pool="G1 Eden Space"} 4000
kafka_server_kafkarequesthandlerpool_requesthandleravgidle_percent 0.25
process_open_fds 50
process_max_fds 0`),
    );
    expect(Object.fromEntries(values)).toEqual({
      StoppedReplicas: 3,
      HeapAfterCollectionPercent: 75,
      RequestHandlersIdlePercent: 25,
    });
  });

  test('of counters are what they grew by, from the second look, and a node that was started again counts from nothing', () => {
    const readings = new NodeReadings();
    const at = (seconds: number, bytes: number, shrinks: number): object =>
      Object.fromEntries(
        readings.read(
          scrape(
            `kafka_server_brokertopicmetrics_bytesin_total ${bytes}\nkafka_server_replicamanager_isrshrinks_total ${shrinks}`,
            seconds,
          ),
        ),
      );
    expect(at(0, 1000, 5)).toEqual({});
    expect(at(60, 7000, 7)).toEqual({ BytesInPerSecond: 100, IsrShrinks: 2 });
    expect(at(120, 600, 1)).toEqual({ BytesInPerSecond: 10, IsrShrinks: 1 });
  });

  test('are those of its roles alone', () => {
    const text =
      'kafka_controller_kafkacontroller_offlinepartitionscount 1\nkafka_server_replicamanager_partitioncount 7';
    expect([...new NodeReadings().read(scrape(text, 0, ['controller'])).keys()]).toEqual(['OfflinePartitionsCount']);
    expect([...new NodeReadings().read(scrape(text)).keys()]).toEqual(['PartitionCount']);
  });

  test('have names of their own, and ask for few series', () => {
    expect(new Set(NODE_METRICS.map(({ name }) => name)).size).toBe(NODE_METRICS.length);
    expect(seriesNames(NODE_METRICS).length).toBeLessThan(40);
  });
});
