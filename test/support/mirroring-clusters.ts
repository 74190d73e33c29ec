import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectAdmin, connectRest, type KafkaClient } from '../../lib/admin';
import type { ConnectWorkersPort } from '../../lib/admin/port';
import { mirrorWorkers } from '../../lib/core/config';
import type { EnvironmentModel } from '../../lib/core/model';
import { connectorsOnly, desiredState } from '../../lib/core/plan';
import { kafkaHome, type KafkaHome } from '../../lib/local/kafka-home';
import { startBareNodes, type BareNodes } from './bare-nodes';
import { startConnectWorker, type ConnectWorker } from './connect-workers';
import { modelOfText } from './environments';
import { freePorts } from './free-ports';
import { kubernetesText } from './manifests';
import { logInWhenKnown, scramUser } from './scram-user';

export interface MirroringOptions {
  /** More of the mirror, in YAML's flow style. @default nothing */
  readonly mirror?: string;
  /** Where the exporter of the source is read. @default it has none */
  readonly sourceMetricsPort?: number;
}

const common = {
  pools: '{ nodes: { roles: [broker, controller], replicas: 1, volumes: [{ size: 1GiB }] } }',
  listeners: '{ internal: { authentication: scram-sha-512, encryption: none } }',
};
const SOURCE = kubernetesText({
  ...common,
  more: `topics: { orders: { partitions: 1, replicationFactor: 1 } }
principals:
  reader: { listener: internal, acls: [
    { topics: [orders], operations: [read, describe, describe-configs] }, { groups: [billing], operations: [describe] }] }
`,
}).replace('name: small', 'name: dc1');
const SECURED = {
  'sasl.enabled.mechanisms': 'SCRAM-SHA-512',
  'listener.name.clients.scram-sha-512.sasl.jaas.config':
    'org.apache.kafka.common.security.scram.ScramLoginModule required;',
  'offsets.topic.replication.factor': '1',
  'transaction.state.log.replication.factor': '1',
  'transaction.state.log.min.isr': '1',
  'group.initial.rebalance.delay.ms': '0',
  'authorizer.class.name': 'org.apache.kafka.metadata.authorizer.StandardAuthorizer',
  'super.users': 'User:ANONYMOUS',
};

/**
 * Two clusters and a worker that copies `orders`, and where the group `billing` is, from `dc1` to `small`: with the rights of both
 * environments and no others, reading at the source, and what workers need on the side that receives.
 */
export class MirroringClusters {
  readonly dc1 = modelOfText(SOURCE);
  /** The environment that receives. */
  readonly model: EnvironmentModel;
  private readonly clusters: BareNodes[] = [];
  private readonly root = realpathSync(mkdtempSync(join(tmpdir(), 'kdk-mirrors-')));
  private metricsPort: number | undefined;
  home!: KafkaHome;
  worker!: ConnectWorker;

  constructor(private readonly options: MirroringOptions = {}) {
    const { mirror } = options;
    const target = kubernetesText({
      ...common,
      more: `mirrors: { dc1: { source: { environment: dc1, principal: reader }, topics: [orders], groups: [billing]${mirror === undefined ? '' : `, ${mirror}`} } }\n`,
    });
    this.model = modelOfText(target, { files: { 'dc1.yaml': SOURCE } });
  }

  get source(): string {
    return this.clusters[0]!.servers()[0]!;
  }

  get target(): string {
    return this.clusters[1]!.servers()[0]!;
  }

  /** Starts both and gives each its users, rights and topics; nothing is copied yet. */
  async start(): Promise<void> {
    this.home = await kafkaHome({ version: this.model.kafka.patch, metrics: true, progress: () => undefined });
    for (const name of ['source', 'target'] as const)
      this.clusters.push(
        await startBareNodes(this.home, join(this.root, name), {
          listeners: { CLIENTS: 'SASL_PLAINTEXT' },
          properties: SECURED,
          ...(name === 'source' ? { metricsPort: this.options.sourceMetricsPort } : {}),
        }),
      );
    await Promise.all([this.prepare(this.dc1, this.source), this.prepare(this.model, this.target)]);
    const secrets: Record<string, string> = { 'small-mirror': 'small-mirror', 'source-dc1': 'reader' };
    for (const [folder, user] of Object.entries(secrets)) {
      mkdirSync(join(this.root, 'secrets', folder), { recursive: true });
      writeFileSync(join(this.root, 'secrets', folder, 'password'), `the password of ${user}`);
    }
  }

  /** A worker with the connectors of the mirror. Its exporter stays where it was. */
  async startWorker(): Promise<void> {
    const workers = mirrorWorkers(this.model)!;
    this.metricsPort ??= await freePorts(1);
    this.worker = await startConnectWorker({
      ...{ model: workers, home: this.home, folder: this.root, metricsPort: this.metricsPort },
      bootstrapServers: this.clusters[1]!.servers('CLIENTS'),
    });
    const rest = this.rest();
    const places = {
      '/etc/kafka/connect-secrets': this.worker.secretsDir,
      'dc1-internal-bootstrap.kafka.svc.cluster.local:9092': this.clusters[0]!.servers('CLIENTS')[0]!,
      'small-internal-bootstrap.kafka.svc.cluster.local:9092': this.clusters[1]!.servers('CLIENTS')[0]!,
    };
    for (const { name, config, state } of connectorsOnly(desiredState(workers))!.connectors!) {
      let text = JSON.stringify(config);
      for (const [rendered, here] of Object.entries(places)) text = text.replaceAll(rendered, here);
      await rest.put({ name, config: JSON.parse(text) as Record<string, string>, state });
    }
    await rest.close();
  }

  /** The REST interface of the worker. */
  rest(): ConnectWorkersPort {
    return connectRest({ urls: [this.worker.url], basicAuth: this.worker.basicAuth });
  }

  /** An administrator of one side. */
  admin(side: 'source' | 'target'): Promise<KafkaClient> {
    return connectAdmin({ bootstrapServers: [this[side]] });
  }

  async remove(): Promise<void> {
    await this.worker?.stop();
    await Promise.all(this.clusters.map((cluster) => cluster.stop()));
    rmSync(this.root, { recursive: true, force: true });
  }

  private async prepare(model: EnvironmentModel, server: string): Promise<void> {
    const { access, users, topics } = desiredState(model);
    const admin = await Promise.race([
      logInWhenKnown({ bootstrapServers: [server] }, 60_000),
      ...this.clusters.map(({ ended }) => ended),
    ]);
    const made = [
      ...(await admin.alterUsers(users!.users.map(({ name }) => scramUser(name, `the password of ${name}`)))),
      ...(await admin.createAcls(access!.acls.map(({ acl }) => acl))),
      ...(await admin.createTopics(
        topics.map(({ name }) => ({ name, placement: { partitions: 1, replicationFactor: 1 }, config: {} })),
        { validateOnly: false },
      )),
    ];
    expect(made.filter(({ error }) => error !== undefined)).toEqual([]);
    await admin.close();
  }
}
