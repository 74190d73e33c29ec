import { randomBytes } from 'node:crypto';
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { KafkaClient } from '../../lib/admin';
import type { ConfigChange } from '../../lib/admin/port';
import { desiredState } from '../../lib/core/plan';
import { dashboardQueries, rulesFile } from '../../lib/monitoring';
import { freePorts } from '../support/free-ports';
import { eventually } from '../support/host-nodes';
import { MirroringClusters } from '../support/mirroring-clusters';
import { Drill } from '../support/watched/drill';
import { DRILL_PACE } from '../support/watched/faster';
import { RealPrometheus } from '../support/watched/real-prometheus';

/** Nodes of the side that receives are not read here: their alerts are tried in alerts.test.ts. */
const ofMirrors = (signal: string): boolean => signal.startsWith('mirror-');
const COPIED = 'dc1.orders';

/** The rules as rendered for what receives, over a mirror that is broken in one way after the other. */
describe('alerts of a real mirror in a real Prometheus', () => {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'kdk-mirror-alerts-')));
  let clusters: MirroringClusters;
  let source: KafkaClient;
  let target: KafkaClient;
  let prometheus: RealPrometheus;
  let drill: Drill;

  /** A record at the source, which no compression makes smaller. */
  async function write(bytes = 100, ageMs = 0): Promise<void> {
    const record = { key: 'k', value: randomBytes(bytes).toString('base64'), timestampMs: Date.now() - ageMs };
    const written = await source.produce({ topic: 'orders', partition: 0, acks: 'all', records: [record] });
    if ('error' in written) throw new Error(String(written.error.code));
  }

  const commit = (): Promise<unknown> =>
    source.commitOffsets('billing', [{ topic: 'orders', partition: 0, offset: 1 }]);

  /** Of the topic that receives. */
  async function largestRecord(change: Pick<ConfigChange, 'set' | 'remove'>): Promise<void> {
    const [result] = await target.alterConfigs([{ type: 'topic', name: COPIED, ...change }], {
      validateOnly: false,
    });
    expect(result!.error).toBeUndefined();
  }

  beforeAll(async () => {
    const sourceMetricsPort = await freePorts(1);
    clusters = new MirroringClusters({ mirror: 'maxTimeLag: 1m', sourceMetricsPort });
    await clusters.start();
    source = await clusters.admin('source');
    target = await clusters.admin('target');
    await write();
    await commit();
    await clusters.startWorker();
    await eventually(100, async () => expect((await target.listTopics()).map(({ name }) => name)).toContain(COPIED));
    prometheus = await RealPrometheus.start({
      folder: join(folder, 'prometheus'),
      files: [
        { path: 'alerts.yaml', content: rulesFile(clusters.model) },
        {
          path: 'prometheus.yaml',
          content:
            'global:\n  scrape_interval: 30s\n  scrape_timeout: 15s\n  evaluation_interval: 30s\nrule_files: [alerts.yaml]\nscrape_configs:\n',
        },
      ],
      pace: DRILL_PACE,
      beside: {
        [new URL(clusters.worker.metricsUrl).host]: { environment: 'small', kafka: 'mirror', node: 'small-mirror-0' },
        [`127.0.0.1:${sourceMetricsPort}`]: { environment: 'dc1', kafka: 'node', node: 'nodes-0', broker: 'true' },
      },
    });
    drill = new Drill(prometheus, ofMirrors);
  }, 300_000);

  afterAll(async () => {
    await prometheus?.stop();
    await source?.close();
    await target?.close();
    await clusters?.remove();
    rmSync(folder, { recursive: true, force: true });
  }, 60_000);

  test('are silent while records arrive', async () => {
    const writing = setInterval(() => void write(), 500);
    await drill.silent(60).finally(() => clearInterval(writing));
    expect(await prometheus.brokenRules()).toEqual([]);
  }, 400_000);

  test('are beside a dashboard that has something to show in each panel', async () => {
    const shown = dashboardQueries(clusters.model).filter(({ board }) => board === 'mirrors');
    expect(shown.length).toBeGreaterThan(8);
    await eventually(90, async () => {
      await write();
      await commit();
      const never = [];
      for (const { panel, expression } of shown)
        if (!(await prometheus.hadValue(expression))) never.push(`${panel}: ${expression}`);
      expect(never).toEqual([]);
    });
  }, 120_000);

  test(
    'say that records come late',
    () =>
      drill.breaks('records are two minutes old when they arrive, and one is promised', {
        fires: ['mirror-late'],
        breaking: () => undefined,
        meanwhile: () => write(100, 120_000),
        repair: () => undefined,
        afterwards: () => write(),
      }),
    900_000,
  );

  test('say that nothing is copied of what is written', () => {
    const rights = desiredState(clusters.dc1).access!.acls.map(({ acl }) => acl);
    return drill.breaks('the reader loses its rights at the source', {
      fires: ['mirror-stopped'],
      breaking: async () => void (await source.deleteAcls(rights)),
      meanwhile: write,
      repair: async () => void (await source.createAcls(rights)),
      afterwards: write,
    });
  }, 900_000);

  test(
    'say that a task has failed',
    () =>
      drill.breaks('the topic that receives takes only small records', {
        fires: ['mirror-task-failed'],
        mayFire: ['mirror-stopped', 'mirror-late'],
        breaking: () => largestRecord({ set: { 'max.message.bytes': '200' }, remove: [] }),
        meanwhile: () => write(2_000),
        repair: async () => {
          await largestRecord({ set: {}, remove: ['max.message.bytes'] });
          const rest = clusters.rest();
          for (const name of (await rest.connectors()).keys()) await rest.restart(name);
          await rest.close();
        },
        afterwards: write,
      }),
    900_000,
  );

  test(
    'say that a worker is gone',
    () =>
      drill.breaks('the worker is stopped', {
        fires: ['mirror-worker-down'],
        mayFire: ['mirror-stopped', 'mirror-late'],
        breaking: () => clusters.worker.stop(),
        meanwhile: write,
        repair: () => clusters.startWorker(),
        afterwards: write,
      }),
    900_000,
  );
});
