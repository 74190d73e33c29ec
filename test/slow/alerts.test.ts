import { mkdirSync, writeFileSync } from 'node:fs';
import { connectRest, type KafkaClient } from '../../lib/admin';
import type { ConnectWorkersPort, QuotaChange } from '../../lib/admin/port';
import { Exporter } from '../../lib/admin/exporter';
import { declared, keepServing } from '../../lib/cli/commands/exporter';
import { dashboardQueries, renderMonitoring } from '../../lib/monitoring';
import type { ConnectWorker } from '../support/connect-workers';
import { eventually } from '../support/host-nodes';
import { freePorts } from '../support/free-ports';
import { CONNECTORS } from '../support/watched/connectors';
import { Drill } from '../support/watched/drill';
import { DRILL_PACE, fastClock } from '../support/watched/faster';
import { RealPrometheus } from '../support/watched/real-prometheus';
import { Traffic } from '../support/watched/traffic';
import { WatchedCluster } from '../support/watched/watched-cluster';

/** True as well while a broker starts again, on a busy machine for longer than alerts wait at this pace. */
const RESTART = ['node-down', 'fenced-brokers', 'brokers-missing', 'under-replicated', 'at-min-isr'];

/** Exactly what is rendered, over a cluster that is broken in one way after the other. */
describe('alerts of a real cluster in a real Prometheus', () => {
  let cluster: WatchedCluster;
  let admin: KafkaClient;
  let traffic: Traffic;
  let prometheus: RealPrometheus;
  let drill: Drill;
  let worker: ConnectWorker;
  let connect: ConnectWorkersPort;
  let exporterPort: number;
  let stopExporter = (): Promise<void> => Promise.resolve();

  async function startExporter(): Promise<void> {
    const stop = new AbortController();
    const client = await cluster.connect();
    const served = keepServing(
      new Exporter({ admin: client, ...declared(cluster.model), clock: fastClock(DRILL_PACE.factor) }),
      {
        listen: { host: '127.0.0.1', port: exporterPort },
        listening: () => undefined,
        progress: () => undefined,
        signal: stop.signal,
        clock: fastClock(DRILL_PACE.factor),
      },
    );
    stopExporter = async () => {
      stop.abort();
      await served;
      await client.close();
    };
  }

  async function startWorker(): Promise<void> {
    await connect?.close();
    worker = await cluster.startWorker();
    connect = connectRest({ urls: [worker.url], basicAuth: worker.basicAuth });
  }

  beforeAll(async () => {
    cluster = await WatchedCluster.start();
    admin = await eventually(60, () => cluster.connect());
    traffic = new Traffic(admin);
    await eventually(60, async () => expect((await admin.describeCluster()).brokers).toHaveLength(3));
    await admin.createTopics(
      [
        { name: 'lines', placement: { partitions: 1, replicationFactor: 3 }, config: {} },
        { name: 'orders', placement: { partitions: 6, replicationFactor: 3 }, config: { 'min.insync.replicas': '2' } },
        // Without a leader once b2 is gone after b3, and with one that lacks records once b3 alone is back.
        { name: 'risky', placement: { assignments: [[102, 103]] }, config: { 'min.insync.replicas': '1', 'unclean.leader.election.enable': 'true' } }, // prettier-ignore
      ],
      { validateOnly: false },
    );
    await eventually(60, () => traffic.write('orders', 6));
    await eventually(60, () => traffic.write('risky', 1));
    await eventually(60, () => traffic.commitAll('billing', 'orders'));
    exporterPort = await freePorts(1);
    await startExporter();
    await startWorker();
    prometheus = await RealPrometheus.start({
      folder: `${cluster.root}/prometheus`,
      files: renderMonitoring(cluster.model).filter(({ path }) => path.endsWith('.yaml')),
      pace: DRILL_PACE,
      exporter: `127.0.0.1:${exporterPort}`,
      beside: {
        [`127.0.0.1:${cluster.model.connect!.metricsPort}`]: { environment: 'watched', kafka: 'connect', node: 'w1' },
      },
    });
    drill = new Drill(prometheus);
  }, 600_000);

  afterAll(async () => {
    await prometheus?.stop();
    await stopExporter();
    await connect?.close();
    await worker?.stop();
    await admin?.close();
    await cluster?.remove();
  }, 120_000);

  test('are silent while all is well, with every node read and every expression understood', async () => {
    await drill.silent(30);
    expect(await prometheus.brokenRules()).toEqual([]);
    const up = await prometheus.query('up');
    expect(up.map(({ value }) => value)).toEqual(Array.from({ length: 8 }, () => 1));
  }, 400_000);

  test('are beside dashboards that have something to show, each query of them', async () => {
    const sink = CONNECTORS.sink(`${cluster.root}/sink`, 'orders');
    await connect.put({ name: 'sink', config: sink, state: 'running' });
    writeFileSync(`${cluster.root}/lines`, 'one\ntwo\n');
    const source = CONNECTORS.source(`${cluster.root}/lines`, 'lines');
    await connect.put({ name: 'source', config: source, state: 'running' });
    const shown = dashboardQueries(cluster.model).filter(({ mayBeEmpty }) => !mayBeEmpty);
    expect(shown.length).toBeGreaterThan(50);
    await eventually(60, async () => {
      const empty = [];
      for (const { board, panel, expression } of shown)
        if ((await prometheus.query(expression)).length === 0) empty.push(`${board}, ${panel}: ${expression}`);
      expect(empty).toEqual([]);
    });
  }, 120_000);

  test(
    'say that a broker was stopped',
    () =>
      drill.breaks('a broker is stopped', {
        fires: ['node-down', 'under-replicated', 'at-min-isr', 'fenced-brokers', 'brokers-missing'],
        breaking: () => cluster.stop(['b3'], 'SIGTERM'),
        repair: () => cluster.startNodes(['b3']),
      }),
    900_000,
  );

  test(
    'say that what watches lags and disks is gone',
    () =>
      drill.breaks('kdk exporter is stopped', {
        fires: ['exporter-missing'],
        breaking: () => stopExporter(),
        repair: startExporter,
      }),
    900_000,
  );

  test(
    'say that a group is late, and that more is written than was planned',
    () =>
      drill.breaks('a producer is faster than planned, and nobody reads', {
        fires: ['group-late', 'ingress-high'],
        breaking: () => undefined,
        meanwhile: () => traffic.write('orders', 6, 40, 1_000),
        repair: () => traffic.commitAll('billing', 'orders'),
      }),
    900_000,
  );

  test('say that a client is slowed down by its quota', () => {
    const quota = async (change: Pick<QuotaChange, 'set' | 'remove'>): Promise<void> =>
      void (await admin.alterQuotas([{ entity: { clientId: null }, ...change }], { validateOnly: false }));
    // The others are never met: what they are about is shown all the same.
    const generous = { consumer_byte_rate: 1e9, request_percentage: 1_000 };
    return drill.breaks('a client writes more than its quota', {
      fires: ['clients-throttled'],
      breaking: () => quota({ set: { producer_byte_rate: 5_000, ...generous }, remove: [] }),
      meanwhile: () => traffic.write('orders', 6, 4, 1_000).then(() => traffic.commitAll('billing', 'orders')),
      repair: () => quota({ set: {}, remove: ['producer_byte_rate', 'consumer_byte_rate', 'request_percentage'] }),
    });
  }, 900_000);

  test('say that a connector does not do its work, or not all of it, and that its worker is gone', async () => {
    const folder = `${cluster.root}/missing`;
    const config = CONNECTORS.sink(`${folder}/out`, 'orders');
    await drill.breaks('a connector writes to a folder that is not there', {
      fires: ['connect-task-failed'],
      // It says at once that it failed.
      breaking: () => connect.put({ name: 'broken', config, state: 'running' }).catch(() => undefined),
      repair: async () => {
        mkdirSync(folder);
        await connect.restart('broken');
      },
    });
    const picky = CONNECTORS.picky(`${cluster.root}/numbers`, 'orders', 'lines');
    await drill.breaks('a connector leaves aside what it does not understand', {
      fires: ['connect-records-left'],
      breaking: () => connect.put({ name: 'picky', config: picky, state: 'running' }),
      meanwhile: () => traffic.write('orders', 6).then(() => traffic.commitAll('billing', 'orders')),
      repair: () => connect.delete('picky'),
    });
    await drill.breaks('the worker is stopped', {
      fires: ['connect-worker-down'],
      breaking: () => worker.stop(),
      repair: startWorker,
    });
  }, 900_000);

  test(
    'say that a disk is full',
    () =>
      drill.breaks('a disk has 5 MiB left', {
        fires: ['disk-filling', 'disk-full'],
        breaking: () => cluster.fill(5),
        repair: () => cluster.unfill(),
      }),
    900_000,
  );

  test(
    'say that a log directory is offline',
    () =>
      drill.breaks('a disk takes no byte more', {
        fires: ['offline-log-dir', 'under-replicated'],
        // Its group may be late: what is refused is not read either.
        mayFire: ['disk-filling', 'disk-full', 'group-late', ...RESTART],
        breaking: () => cluster.fill(0),
        meanwhile: async () => {
          await traffic.write('orders', 6, 40, 1_000).catch(() => undefined);
          await traffic.commitAll('billing', 'orders').catch(() => undefined);
        },
        repair: async () => {
          cluster.unfill();
          await cluster.restart('b3');
          await eventually(60, () => traffic.commitAll('billing', 'orders'));
        },
      }),
    900_000,
  );

  test('say that a certificate is about to end', () => {
    const certified = async (days?: number): Promise<void> => {
      await cluster.certify('b1', days);
      await cluster.restart('b1');
    };
    return drill.breaks('a certificate is good for two days', {
      fires: ['certificate-ends', 'certificate-ends-soon'],
      mayFire: RESTART,
      breaking: () => certified(2),
      repair: () => certified(),
    });
  }, 900_000);

  test('say that one controller more must not go, and that none is left', async () => {
    await drill.breaks('a controller is killed', {
      fires: ['node-down', 'quorum-no-spare'],
      breaking: () => cluster.stop(['c3'], 'SIGKILL'),
      repair: () => cluster.startNodes(['c3']),
    });
    const all = ['c1', 'c2', 'c3'];
    await drill.breaks('two controllers of three are killed', {
      fires: ['no-active-controller'],
      mayFire: ['node-down', 'quorum-no-spare', 'brokers-missing', 'fenced-brokers'],
      breaking: () => cluster.stop(['c1', 'c2'], 'SIGKILL'),
      repair: () => cluster.startNodes(['c1', 'c2']),
    });
    await drill.breaks('all controllers are killed', {
      fires: ['no-active-controller', 'node-down', 'quorum-no-spare'],
      breaking: () => cluster.stop(all, 'SIGKILL'),
      repair: () => cluster.startNodes(all),
    });
  }, 1_800_000);

  test('say that partitions have no leader, and that one was elected that lacks records', async () => {
    let isBack = false;
    const inSync = async (): Promise<readonly number[]> =>
      (await admin.describeTopics(['risky']))[0]!.partitions[0]!.isr;
    await drill.breaks('two brokers of three are killed, and the one that had less comes back', {
      fires: ['offline-partitions', 'under-min-isr', 'unclean-election'],
      mayFire: ['node-down', 'under-replicated', 'at-min-isr', 'fenced-brokers', 'brokers-missing', 'leaders-uneven'],
      breaking: async () => {
        await cluster.stop(['b3'], 'SIGKILL');
        await eventually(60, async () => expect(await inSync()).toEqual([102]));
        await traffic.write('risky', 1);
        await cluster.stop(['b2'], 'SIGKILL');
      },
      meanwhile: async () => {
        const firing = await prometheus.firing();
        if (isBack || !firing.has('offline-partitions') || !firing.has('under-min-isr')) return;
        isBack = true;
        await cluster.startNodes(['b3']);
      },
      repair: () => cluster.startNodes(['b2']),
    });
  }, 900_000);

  test('leave no query of a dashboard that never had anything to show', async () => {
    const never = [];
    for (const { board, panel, expression } of dashboardQueries(cluster.model))
      // A day is a minute here.
      if (!(await prometheus.hadValue(expression.replaceAll('1d', '1m'))))
        never.push(`${board}, ${panel}: ${expression}`);
    expect(never).toEqual([]);
  }, 120_000);
});
