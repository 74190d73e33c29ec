import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { ClusterWatch, type WatchedNode } from '../../../../lib/admin/lambda/metrics/watch-cluster';
import { MemoryCluster } from '../../../../lib/admin/adapters/memory';
import { converge, desiredOf, fakeClock, topic } from '../../reconcile/harness';

let exporter: Server;
let asked = '';
const TEXT =
  'kafka_controller_kafkacontroller_activecontrollercount 1\nkafka_server_raft_metrics_high_watermark 900\nkafka_server_replicamanager_underreplicatedpartitions 2\n';

beforeAll(async () => {
  exporter = createServer((request, response) => {
    asked = decodeURIComponent(request.url!);
    response.end(TEXT);
  }).listen(0, '127.0.0.1');
  await once(exporter, 'listening');
});
afterAll(() => void exporter.close());

const node = (name: string, metricsPort: number, role = 'broker'): WatchedNode => ({
  ...{ name, host: '127.0.0.1', metricsPort, tlsPort: 1, roles: [role] },
});

async function scene() {
  const cluster = new MemoryCluster({});
  await converge(cluster, desiredOf({ topics: [topic('orders', { partitions: 1 })] }));
  const clock = fakeClock();
  const { port } = exporter.address() as AddressInfo;
  const nodes = [node('c1', port, 'controller'), node('b1', port), node('b2', 1)];
  return {
    cluster,
    admin: cluster.connect(),
    watch: new ClusterWatch({ cluster: 'edge', nodes, groups: ['billing'], clock }),
  };
}

describe('a look at a cluster', () => {
  test('tells of each node what its exporter serves, and of one that does not answer that it is down', async () => {
    const { admin, watch } = await scene();
    const look = await watch.look((ask) => ask(admin));
    expect(asked).toContain('name[]=kafka_server_replicamanager_underreplicatedpartitions');
    expect(look.nodes.map(({ node: name, values }) => [name, Object.fromEntries(values)])).toEqual([
      ['c1', { NodeUp: 1, MetadataRecordsBehind: 0 }],
      ['b1', { NodeUp: 1, MetadataRecordsBehind: 0, UnderReplicatedPartitions: 2 }],
      ['b2', { NodeUp: 0 }],
    ]);
    expect(Object.fromEntries(look.values)).toEqual({ ClusterAnswers: 1, ControllersUp: 1, ActiveControllerCount: 1 });
  });

  test('tells lags of the groups that are watched and of no other one', async () => {
    const { admin, cluster, watch } = await scene();
    cluster.write('orders', 0, { records: 3, bytes: 10, timestampMs: 1 });
    for (const group of ['billing', 'other'])
      await admin.commitOffsets(group, [{ topic: 'orders', partition: 0, offset: 1 }]);
    const { groups } = await watch.look((ask) => ask(admin));
    expect(groups).toEqual([{ group: 'billing', topics: [{ topic: 'orders', records: 2 }] }]);
  });

  test('tells that the cluster does not answer, and of its nodes all the same', async () => {
    const { watch } = await scene();
    const look = await watch.look(() => Promise.resolve());
    expect(look.values.get('ClusterAnswers')).toBe(0);
    expect(look.nodes[1]!.values.get('UnderReplicatedPartitions')).toBe(2);
    expect(look.groups).toEqual([]);
  });
});
