import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { EnvironmentModel } from '../../../lib/core/model';
import type { KafkaHome } from '../../../lib/local/kafka-home';
import { HostNode, layoutBelow } from '../host-nodes';
import type { FakeResources } from '../ministack/fake-resources';
import type { Ministack } from '../ministack/ministack';

export interface DeployedNodesOptions {
  readonly model: EnvironmentModel;
  readonly root: string;
  readonly kafka: KafkaHome;
  readonly aws: Ministack;
  readonly region: string;
  readonly resources: FakeResources;
  /** Names of the private zone, for `private-names.cjs` and for Java. */
  readonly namesFile: string;
}

const PATIENCE_MS = 120_000;

/** What the instances of a deployment would become: each node as a process, on the address of its interface, once its certificate is there. */
export class DeployedNodes {
  readonly nodes: HostNode[] = [];
  /** The place of each node, as instances read it. */
  readonly places = new Map<string, Readonly<Record<string, string>>>();

  private stopped = false;

  constructor(private readonly options: DeployedNodesOptions) {}

  /** Waits for what the deployment makes of each node, and starts it. */
  async boot(): Promise<void> {
    const { model } = this.options;
    for (const { name } of model.nodes) this.places.set(name, await this.place(name));
    const addresses = model.nodes.map((node) => `${this.addressOf(node.name)} ${node.host}`);
    // Java knows no other names then.
    writeFileSync(this.options.namesFile, ['127.0.0.1 localhost', ...addresses, ''].join('\n'));
    await Promise.all(model.nodes.map(({ name }) => this.start(name)));
  }

  async stop(): Promise<void> {
    this.stopped = true;
    await Promise.all(this.nodes.map((node) => node.stop('SIGKILL')));
  }

  /** Names of the files that the instance of a node fetches. */
  async filesOf(name: string): Promise<string> {
    const [, bucket, key] = /^s3:\/\/([^/]+)\/(.+)$/.exec(this.places.get(name)!['files']!)!;
    const { Body } = await new S3Client({ ...this.client(), forcePathStyle: true }).send(
      new GetObjectCommand({ Bucket: bucket!, Key: key! }),
    );
    return Body!.transformToString('latin1');
  }

  async secret(id: string): Promise<Readonly<Record<string, string>>> {
    const secrets = new SecretsManagerClient(this.client());
    const { SecretString } = await secrets.send(new GetSecretValueCommand({ SecretId: id }));
    return JSON.parse(SecretString!) as Record<string, string>;
  }

  addressOf(name: string): string {
    const { interface: id } = this.places.get(name)!;
    return String(this.options.resources.resources.get(id!)!.attributes['PrimaryPrivateIpAddress']);
  }

  private client(): {
    region: string;
    endpoint: string;
    credentials: { accessKeyId: string; secretAccessKey: string };
  } {
    const { region, aws } = this.options;
    return { region, endpoint: aws.url, credentials: { accessKeyId: 'ministack', secretAccessKey: 'ministack' } };
  }

  /** What instances of a node read first. */
  place(name: string): Promise<Record<string, string>> {
    const parameter = new GetParameterCommand({ Name: `/kafka/${this.options.model.name}/${name}` });
    return this.patiently(async () => {
      const { Parameter } = await new SSMClient(this.client()).send(parameter);
      const lines = Parameter!.Value!.trim().split('\n');
      return Object.fromEntries(lines.map((line) => line.split(/=(.*)/s, 2) as [string, string]));
    });
  }

  private async start(name: string): Promise<void> {
    const { model, root, kafka, namesFile } = this.options;
    const node = { ...model.nodes.find((one) => one.name === name)!, bindHost: this.addressOf(name) };
    const certificate = await this.patiently(() => this.secret(this.places.get(name)!['secret']!));
    mkdirSync(join(root, name), { recursive: true });
    writeFileSync(join(root, 'ca.crt'), certificate['ca.crt']!);
    writeFileSync(join(root, name, 'node.pem'), certificate['node.pem']!);
    const layout = layoutBelow(root, node, kafka.path, kafka.jmxExporterJar);
    const host = new HostNode({ ...node, logDirs: [join(root, name, 'data')] }, layout).write(model);
    appendFileSync(join(layout.configDir, 'jvm.options'), `-Djdk.net.hosts.file=${namesFile}\n`);
    const { status, stderr } = host.format();
    if (status !== 0) throw new Error(stderr);
    host.start();
    this.nodes.push(host);
  }

  /** As boot.sh waits for its place and its certificate. */
  private async patiently<T>(attempt: () => Promise<T>): Promise<T> {
    for (const end = Date.now() + PATIENCE_MS; ; await sleep(300)) {
      try {
        return await attempt();
      } catch (error) {
        if (this.stopped || Date.now() > end) throw error;
      }
    }
  }
}
