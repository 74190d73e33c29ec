import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createAuthority, issueCertificate } from '../../lib/admin/adapters/x509';
import { wantedCertificates } from '../../lib/admin/certificates';
import { bootstrapServers, clientFiles, type ClientFiles } from '../../lib/core/config';
import type { EnvironmentModel } from '../../lib/core/model';
import { runExporter } from '../../lib/cli/commands/exporter';
import { kafkaHome } from '../../lib/local/kafka-home';
import { askedMetrics } from '../support/asked-metrics';
import { toldNames } from '../support/metric-names';
import { modelOfText } from '../support/environments';
import { freePorts } from '../support/free-ports';
import { eventually, HostNode, layoutBelow, onLoopback, writeFiles } from '../support/host-nodes';

const ENVIRONMENT = `
name: secured
target: hosts
kafka: { version: '4.3' }
nodePools:
  controllers: { roles: [controller], replicas: 3, heap: 256MiB }
  brokers: { roles: [broker], replicas: 2, heap: 384MiB }
listeners:
  internal: { authentication: scram-sha-512 }
  partners: { authentication: mtls }
topics:
  orders: { partitions: 3 }
principals:
  checkout: { listener: internal, produce: { topics: [orders] } }
  billing: { listener: internal, consume: { topics: [orders], groups: [billing] } }
targets:
  hosts:
    inventory:
      c1: { address: c1.example, nodePool: controllers, nodeId: 1, logDirs: [/data/1/kafka] }
      c2: { address: c2.example, nodePool: controllers, nodeId: 2, logDirs: [/data/1/kafka] }
      c3: { address: c3.example, nodePool: controllers, nodeId: 3, logDirs: [/data/1/kafka] }
      b1: { address: b1.example, nodePool: brokers, nodeId: 101, logDirs: [/data/1/kafka, /data/2/kafka] }
      b2: { address: b2.example, nodePool: brokers, nodeId: 102, logDirs: [/data/1/kafka, /data/2/kafka] }
`;

describe('a cluster on hosts with certificates, SCRAM users and ACLs', () => {
  // A blank in the path: every script has to quote.
  const root = mkdtempSync(join(tmpdir(), 'secured hosts-'));
  const files: ClientFiles = { secretsDir: join(root, 'secrets'), truststore: join(root, 'ca.crt') };
  let model: EnvironmentModel;
  let home: string;
  let nodes: HostNode[] = [];

  /** The product's own authority, as kdk certificates uses it. */
  const certify = async (): Promise<void> => {
    const now = new Date();
    const authority = await createAuthority({ commonName: 'secured Kafka authority', days: 2, now });
    writeFileSync(files.truststore!, authority.certificate);
    for (const wanted of wantedCertificates(model)) {
      const { key, certificate } = await issueCertificate(authority, { ...wanted, days: 1, now });
      // A node has its own beside its files, as install.sh puts it there.
      const folder = join(root, wanted.place.replace('hosts/', ''));
      mkdirSync(folder, { recursive: true });
      writeFileSync(join(folder, wanted.file), key + certificate);
    }
  };

  const tool = (name: string, args: string[], input?: string): { status: number | null; output: string } => {
    const { status, stdout, stderr } = spawnSync(join(home, 'bin', `kafka-${name}.sh`), args, {
      encoding: 'utf8',
      timeout: 60_000,
      ...(input === undefined ? {} : { input }),
    });
    return { status, output: `${stdout}${stderr}` };
  };

  const asAdmin = (name: string, ...args: string[]): string => {
    const { status, output } = tool(name, [
      ...['--bootstrap-server', bootstrapServers(model, 'REPLICATION')],
      ...['--command-config', join(root, 'admin.properties'), ...args],
    ]);
    if (status !== 0) throw new Error(output);
    return output;
  };

  beforeAll(async () => {
    model = await onLoopback(modelOfText(ENVIRONMENT), root);
    const kafka = await kafkaHome({ version: model.kafka.patch, metrics: true, progress: () => {} });
    home = kafka.path;
    await certify();
    nodes = model.nodes.map((node) =>
      new HostNode(node, layoutBelow(root, node, home, kafka.jmxExporterJar)).write(model),
    );
    writeFileSync(
      join(root, 'admin.properties'),
      `security.protocol=SSL\nssl.keystore.type=PEM\nssl.keystore.location=${root}/admin/admin.pem\nssl.truststore.type=PEM\nssl.truststore.location=${root}/ca.crt\n`,
    );
    writeFileSync(
      join(root, 'nobody.properties'),
      `security.protocol=SSL\nssl.truststore.type=PEM\nssl.truststore.location=${root}/ca.crt\n`,
    );
    for (const node of nodes) {
      expect(node.format()).toMatchObject({ stderr: '', status: 0 });
      node.start();
    }
    for (const principal of model.principals) {
      mkdirSync(join(files.secretsDir, principal.name), { recursive: true });
      writeFileSync(join(files.secretsDir, principal.name, 'password'), `secret of ${principal.name}`);
      writeFiles(root, clientFiles(model, principal, bootstrapServers(model, principal.listener), files));
    }
    await eventually(120, () => {
      for (const node of nodes) expect(node.log('server.log')).toContain('Kafka Server started');
    });
  }, 300_000);

  afterAll(async () => {
    await Promise.all(nodes.map((node) => node.stop('SIGKILL')));
    rmSync(root, { recursive: true, force: true });
  });

  test('the administrator reaches the quorum by certificate and sees every controller vote at its advertised address', () => {
    const status = asAdmin('metadata-quorum', 'describe', '--status');
    for (const node of model.nodes.filter(({ roles }) => roles.includes('controller')))
      expect(status).toContain(`CONTROLLER://127.0.0.1:${node.ports['CONTROLLER']}`);
    expect(status).toMatch(/ClusterId: +\S+/);
    expect(status).toContain(model.clusterId);
  }, 60_000);

  test('fails to connect between nodes without a certificate', () => {
    const refused = tool('broker-api-versions', [
      ...['--bootstrap-server', bootstrapServers(model, 'REPLICATION')],
      ...['--command-config', join(root, 'nobody.properties')],
    ]);
    expect(refused.status).not.toBe(0);
    expect(refused.output).toMatch(/SSL|Ssl/);
  }, 90_000);

  test('a SCRAM user does what its ACLs allow, with the rendered client files, and nothing else', async () => {
    asAdmin('topics', '--create', '--topic', 'orders', '--partitions', '3');
    for (const { name } of model.principals)
      asAdmin('configs', '--alter', '--entity-type', 'users', '--entity-name', name, '--add-config', `SCRAM-SHA-512=[password=secret of ${name}]`); // prettier-ignore
    asAdmin('acls', '--add', '--allow-principal', 'User:checkout', '--operation', 'Write', '--operation', 'Describe', '--topic', 'orders'); // prettier-ignore
    asAdmin('acls', '--add', '--allow-principal', 'User:billing', '--operation', 'Read', '--topic', 'orders', '--group', 'billing'); // prettier-ignore
    // Quotas that nobody reaches, and a topic that is kept once only: Kafka and kdk exporter tell of these where there are any.
    asAdmin('configs', '--alter', '--entity-type', 'users', '--entity-default', '--add-config', 'producer_byte_rate=99999999,consumer_byte_rate=99999999,request_percentage=999'); // prettier-ignore
    asAdmin('topics', '--create', '--topic', 'once', '--partitions', '1', '--replication-factor', '1');
    const bootstrap = ['--bootstrap-server', bootstrapServers(model, 'internal'), '--topic', 'orders'];
    await eventually(30, () => {
      const produced = tool('console-producer', [...bootstrap, '--command-config', join(root, 'checkout/producer.properties')], 'one\n'); // prettier-ignore
      expect(produced.output).not.toContain('ERROR');
      expect(produced.status).toBe(0);
    });
    const consume = (config: string): { status: number | null; output: string } =>
      tool('console-consumer', [...bootstrap, '--command-config', join(root, config), '--group', 'billing', '--from-beginning', '--max-messages', '1', '--timeout-ms', '20000']); // prettier-ignore
    expect(consume('billing/consumer.properties').output).toContain('one');
    expect(consume('checkout/client.properties').output).toMatch(/AuthorizationException/);
    expect(nodes.map((node) => node.log('kafka-authorizer.log')).join('')).toMatch(/User:checkout is Denied/);
  }, 240_000);

  test('the metrics of every node are a few hundred series with the names that dashboards use', async () => {
    for (const node of nodes) {
      const text = await (await fetch(`http://127.0.0.1:${node.model.metricsPort}/metrics`)).text();
      const series = text.split('\n').filter((line) => /^kafka_/.test(line));
      expect(series.length).toBeGreaterThan(50);
      expect(series.length).toBeLessThan(600);
      expect(text).toContain('kafka_server_raft_metrics_current_leader');
      if (node.model.roles.includes('controller'))
        expect(text).toContain('kafka_controller_kafkacontroller_activecontrollercount');
      else {
        expect(text).toMatch(/^kafka_server_kafkaserver_brokerstate 3\.0$/m);
        expect(text).toMatch(/^kafka_server_replicamanager_underreplicatedpartitions /m);
        expect(text).toMatch(/^kafka_server_brokertopicmetrics_bytesin_total /m);
      }
    }
  }, 60_000);

  test('every metric that an alert or a panel asks for is one that the nodes, or kdk exporter, expose', async () => {
    const stop = new AbortController();
    const port = await freePorts(1);
    const ran = runExporter(
      undefined,
      {
        bootstrap: bootstrapServers(model, 'REPLICATION'),
        commandConfig: join(root, 'admin.properties'),
        listen: `127.0.0.1:${port}`,
      },
      { progress: () => {}, tell: () => {}, signal: stop.signal, version: '0' },
    );
    const told = await eventually(60, async () => {
      const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
      expect(text).toContain('kafka_exporter_up 1');
      return text;
    });
    stop.abort();
    expect(await ran).toMatchObject({ result: { looks: 1 } });
    expect(told).toMatch(/^kafka_group_lag_records\{group="billing",topic="orders"\} \d+$/m);
    const texts = nodes.map(async ({ model: { metricsPort } }) =>
      (await fetch(`http://127.0.0.1:${metricsPort}/metrics`)).text(),
    );
    const exposed = toldNames([told, ...(await Promise.all(texts))].join('\n'));
    const asked = askedMetrics(model);
    expect(asked.length).toBeGreaterThan(60);
    expect(asked.filter((name) => !exposed.has(name))).toEqual([]);
  }, 60_000);

  test('SIGTERM is a controlled shutdown that ends every process, brokers first', async () => {
    const [brokers, controllers] = [true, false].map((wanted) => nodes.filter(({ model: { roles } }) => roles.includes('broker') === wanted)); // prettier-ignore
    expect(await Promise.all(brokers!.map((node) => node.stop()))).toEqual([143, 143]);
    expect(await Promise.all(controllers!.map((node) => node.stop()))).toEqual([143, 143, 143]);
  }, 120_000);
});
