import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectAdmin, type KafkaClient } from '../../../lib/admin';
import { createAuthority, issueCertificate, type CertificatePair } from '../../../lib/admin/adapters/x509';
import { wantedCertificates } from '../../../lib/admin/certificates';
import { bootstrapServers } from '../../../lib/core/config';
import type { EnvironmentModel } from '../../../lib/core/model';
import { kafkaHome, type KafkaHome } from '../../../lib/local/kafka-home';
import { startConnectWorker, type ConnectWorker } from '../connect-workers';
import { modelOfFile, modelOfText } from '../environments';
import { freePorts } from '../free-ports';
import { eventually, HostNode, layoutBelow, onLoopback } from '../host-nodes';

/** Longer than any alert about certificates looks ahead. */
const DAYS = 60;
const BROKER_DISK = 'disk';

const ENVIRONMENT = `
name: watched
target: hosts
# Leaders go back to their brokers as much sooner as alerts fire.
kafka: { version: '4.3', config: { leader.imbalance.check.interval.seconds: 10 } }
nodePools:
  controllers: { roles: [controller], replicas: 3, heap: 256MiB }
  brokers: { roles: [broker], replicas: 3, heap: 320MiB }
listeners:
  internal: { authentication: none }
topicDefaults: { partitions: 6, replicationFactor: 3, minInSyncReplicas: 2 }
topics:
  orders: { load: { produce: 100KiB/s } }
monitoring: { lag: { billing: { maxTimeLag: 5m } } }
targets:
  hosts:
    inventory:
      c1: { address: c1.example, nodePool: controllers, nodeId: 1, logDirs: [/data/1/kafka] }
      c2: { address: c2.example, nodePool: controllers, nodeId: 2, logDirs: [/data/1/kafka] }
      c3: { address: c3.example, nodePool: controllers, nodeId: 3, logDirs: [/data/1/kafka] }
      b1: { address: b1.example, nodePool: brokers, nodeId: 101, logDirs: [/data/1/kafka] }
      b2: { address: b2.example, nodePool: brokers, nodeId: 102, logDirs: [/data/1/kafka] }
      b3: { address: b3.example, nodePool: brokers, nodeId: 103, logDirs: [/data/1/kafka, /data/2/kafka] }
`;

/** Three controllers and three brokers as rendered for hosts, with certificates, exporters, and disks that can be filled. */
export class WatchedCluster {
  private constructor(
    readonly root: string,
    readonly model: EnvironmentModel,
    readonly home: KafkaHome,
    private readonly authority: CertificatePair,
    private readonly nodes: ReadonlyMap<string, HostNode>,
  ) {}

  /** Needs root: the disks are file systems in memory, so that no other disk of the machine is looked at. */
  static async start(): Promise<WatchedCluster> {
    const declared = modelOfText(ENVIRONMENT);
    const root = mkdtempSync(join(tmpdir(), 'watched cluster-'));
    mountMemory(root, '3g');
    const placed = await onLoopback(declared, root);
    const small = join(root, 'b3', BROKER_DISK);
    mkdirSync(small, { recursive: true });
    mountMemory(small, '192m');
    const model: EnvironmentModel = {
      ...placed,
      // As if workers ran there: they are watched in the same way on every target.
      connect: { ...modelOfFile('staging').connect!, metricsPort: await freePorts(1) },
      nodes: placed.nodes.map((node) =>
        node.logDirs.length === 1 ? node : { ...node, logDirs: [node.logDirs[0]!, join(small, 'kafka')] },
      ),
    };
    const home = await kafkaHome({ version: model.kafka.patch, metrics: true, progress: () => {} });
    const authority = await createAuthority({ commonName: 'watched authority', days: 2 * DAYS, now: new Date() });
    writeFileSync(join(root, 'ca.crt'), authority.certificate);
    const nodes = model.nodes.map((node) => {
      const host = new HostNode(node, layoutBelow(root, node, home.path, home.jmxExporterJar));
      return [node.name, host.write(model)] as const;
    });
    const cluster = new WatchedCluster(root, model, home, authority, new Map(nodes));
    try {
      await cluster.form();
      return cluster;
    } catch (error) {
      await cluster.remove();
      throw error;
    }
  }

  private async form(): Promise<void> {
    for (const [name, node] of this.nodes) {
      await this.certify(name);
      const { status, stderr } = node.format();
      if (status !== 0) throw new Error(`${name}: ${stderr}`);
    }
    await this.startNodes([...this.nodes.keys()]);
  }

  /** Gives a node a certificate for so many days; it shows it after its next start. */
  async certify(name: string, days = DAYS): Promise<void> {
    const wanted = wantedCertificates(this.model).find(({ place }) => place === `hosts/${name}`)!;
    const { key, certificate } = await issueCertificate(this.authority, { ...wanted, days, now: new Date() });
    writeFileSync(join(this.root, name, wanted.file), key + certificate);
  }

  connect(): Promise<KafkaClient> {
    return connectAdmin({
      bootstrapServers: bootstrapServers(this.model, 'internal').split(','),
      tls: { ca: this.authority.certificate },
      timeoutMs: 5_000,
    });
  }

  startWorker(): Promise<ConnectWorker> {
    const folder = join(this.root, 'worker');
    mkdirSync(folder, { recursive: true });
    return startConnectWorker({
      ...{ model: this.model, home: this.home, folder, truststore: join(this.root, 'ca.crt') },
      bootstrapServers: bootstrapServers(this.model, 'internal').split(','),
      metricsPort: this.model.connect!.metricsPort!,
    });
  }

  async startNodes(names: readonly string[]): Promise<void> {
    const before = names.map((name) => [name, this.starts(name)] as const);
    for (const name of names) this.nodes.get(name)!.start();
    await eventually(300, () => {
      const late = before.filter(([name, starts]) => this.starts(name) <= starts).map(([name]) => name);
      if (late.length > 0) throw new Error(`${late.join(', ')} did not start`);
    });
  }

  async stop(names: readonly string[], signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
    await Promise.all(names.map((name) => this.nodes.get(name)!.stop(signal)));
  }

  async restart(name: string): Promise<void> {
    await this.stop([name], 'SIGTERM');
    await this.startNodes([name]);
  }

  /** Writes to the small disk of b3, beside Kafka's files, until so many bytes are free; 0 until nothing is. */
  fill(freeMiB: number): void {
    const filler = join(this.root, 'b3', BROKER_DISK, 'filler');
    const free = Number(execFileSync('df', ['--output=avail', '-BM', filler.replace('/filler', '')], { encoding: 'utf8' }).split('\n')[1]!.replace('M', '')); // prettier-ignore
    execFileSync('sh', ['-c', 'head -c "$1" /dev/zero >>"$2" || true', 'sh', `${Math.max(1, free - freeMiB + (freeMiB === 0 ? 8 : 0))}M`, filler], { stdio: 'ignore' }); // prettier-ignore
  }

  unfill(): void {
    rmSync(join(this.root, 'b3', BROKER_DISK, 'filler'), { force: true });
  }

  log(name: string): string {
    return this.nodes.get(name)!.log('server.log');
  }

  async remove(): Promise<void> {
    await Promise.all([...this.nodes.values()].map((node) => node.stop('SIGKILL')));
    for (const folder of [join(this.root, 'b3', BROKER_DISK), this.root])
      execFileSync('umount', ['--lazy', folder], { stdio: 'ignore' });
    rmSync(this.root, { recursive: true, force: true });
  }

  private starts(name: string): number {
    try {
      return this.log(name).split('Kafka Server started').length - 1;
    } catch {
      return 0;
    }
  }
}

function mountMemory(folder: string, size: string): void {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', folder], { stdio: 'pipe' });
  } catch (error) {
    throw new Error(`a file system in memory is needed at ${folder}, which root mounts: ${String(error)}`, {
      cause: error,
    });
  }
}
