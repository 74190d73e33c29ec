import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectAdmin } from '../../lib/admin';
import { KAFKA_RELEASES } from '../../lib/core/versions';
import { nodeProcesses } from '../../lib/local/node-processes';
import { localAdminAccess, upLocal } from '../../lib/local';
import { askedMetrics } from '../support/asked-metrics';
import { modelOfText } from '../support/environments';
import { freePorts } from '../support/free-ports';
import { eventually } from '../support/host-nodes';
import { toldNames } from '../support/metric-names';

/** What `kdk exporter` tells is the same whatever Kafka it asks. */
const OF_EXPORTER = /^kafka_(exporter|group|log_dir|certificate|topic)_/;

/** Some metrics begin with a first record, and some with a client that has a quota. */
async function oneRecord(access: Parameters<typeof connectAdmin>[0]): Promise<void> {
  const admin = await connectAdmin(access);
  const write = { validateOnly: false };
  await admin.alterQuotas(
    [{ entity: { clientId: null }, set: { producer_byte_rate: 1_000_000, request_percentage: 100 }, remove: [] }],
    write,
  );
  await admin.createTopics([{ name: 'orders', placement: { partitions: 1, replicationFactor: 1 }, config: {} }], write);
  const records = [{ key: 'k', value: 'v', timestampMs: Date.now() }];
  await eventually(60, async () => {
    const written = await admin.produce({ topic: 'orders', partition: 0, acks: 'all', records });
    expect(written).toEqual({ baseOffset: expect.anything() });
  });
  await admin.fetch('orders', new Map([[0, 0]]));
  await admin.close();
}

describe.each(KAFKA_RELEASES.filter(({ selfManaged }) => selfManaged).map(({ version }) => version))(
  'a node of Kafka %s',
  (version) => {
    const root = realpathSync(mkdtempSync(join(tmpdir(), 'kdk-metrics-')));
    afterAll(() => {
      for (const { node } of nodeProcesses(root).values()) if (node !== undefined) process.kill(node.pid, 'SIGKILL');
      rmSync(root, { recursive: true, force: true });
    });

    test('tells every metric that an alert or a panel asks it for', async () => {
      const model = modelOfText(
        `name: told
target: local
kafka: { version: '${version}' }
nodePools: { nodes: { roles: [broker, controller], replicas: 1 } }
listeners: { internal: { authentication: none } }
topicDefaults: { replicationFactor: 1, minInSyncReplicas: 1 }
topics: { orders: { load: { produce: 1MiB/s } } }
targets: { local: { ports: { first: ${await freePorts(4)} }, heap: 384MiB } }
`,
        { localRoot: root, metrics: 'on' },
      );
      await upLocal(model, { root, progress: () => undefined });
      const asked = askedMetrics(model).filter((name) => !OF_EXPORTER.test(name));
      expect(asked.length).toBeGreaterThan(60);
      await oneRecord(localAdminAccess(model, root));
      const url = `http://127.0.0.1:${model.nodes[0]!.metricsPort}/metrics`;
      // The cleaner and some others begin a moment after the node.
      await eventually(60, async () => {
        const told = toldNames(await (await fetch(url)).text());
        expect(asked.filter((name) => !told.has(name))).toEqual([]);
      });
    }, 300_000);
  },
);
