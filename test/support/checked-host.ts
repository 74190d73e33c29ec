import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  createAuthority,
  issueCertificate,
  type CertificatePair,
  type CertificateRequest,
} from '../../lib/admin/adapters/x509';
import type { EnvironmentModel, NodeModel } from '../../lib/core/model';
import { renderHost, SYSTEM_LAYOUT, type HostLayout } from '../../lib/host';
import { modelOfText } from './environments';
import { writeFiles } from './host-nodes';

const ENVIRONMENT = `name: lone
target: hosts
kafka: { version: '4.3' }
nodePools:
  nodes: { roles: [broker, controller], replicas: 1, heap: 256MiB }
listeners:
  internal: { authentication: scram-sha-512 }
targets:
  hosts:
    inventory:
      n1: { address: 127.0.0.1, nodePool: nodes, nodeId: 1, logDirs: [/data/1/kafka] }
`;

export interface Checked {
  readonly status: number | null;
  readonly problems: readonly string[];
  readonly warnings: readonly string[];
}

/** A host that has all that it needs, with every place of the machine below a folder of its own; tests then take something away. */
export class CheckedHost {
  static readonly environment = modelOfText(ENVIRONMENT);
  static readonly kafka = `kafka_2.13-${CheckedHost.environment.kafka.patch}`;
  readonly root = mkdtempSync(join(tmpdir(), 'host check-'));

  private constructor(private readonly authority: CertificatePair) {}

  static async make(
    { authority, pair }: { readonly authority: CertificatePair; readonly pair: CertificatePair },
    change: Partial<NodeModel> = {},
    kafka: Partial<EnvironmentModel['kafka']> = {},
  ): Promise<CheckedHost> {
    const host = new CheckedHost(authority);
    const { environment } = CheckedHost;
    const node = { ...environment.nodes[0]!, logDirs: [host.at('data/kafka')], ports: {}, ...change };
    const model = { ...environment, kafka: { ...environment.kafka, ...kafka }, nodes: [node] };
    writeFiles(host.at('folder'), renderHost(model, node, host.layout));
    for (const path of [`${CheckedHost.kafka}/libs`, 'data/kafka', 'state', 'folder/packages', 'bin'])
      mkdirSync(host.at(path), { recursive: true });
    host.write('data/kafka/on-root-file-system', '');
    host.write(`${CheckedHost.kafka}/libs/${CheckedHost.kafka}.jar`, '');
    host.pack(CheckedHost.kafka);
    host.write('folder/packages/jmx_prometheus_javaagent.jar', 'agent');
    host.sums();
    host.java('17.0.15');
    host.write('folder/ca.crt', authority.certificate);
    host.write('folder/node.pem', pair.key + pair.certificate);
    return host;
  }

  private get layout(): HostLayout {
    return {
      ...SYSTEM_LAYOUT,
      kafkaHome: this.at('opt/kafka'),
      configDir: this.at('etc'),
      logDir: this.at('log'),
      stateDir: this.at('state'),
      tls: { keystore: this.at('etc/node.pem'), truststore: this.at('etc/ca.crt') },
      jmxExporterJar: this.at('opt/agent.jar'),
    };
  }

  /** An authority and what it issues, made once: tests change what they are about. */
  static async certificates(): Promise<{ readonly authority: CertificatePair; readonly pair: CertificatePair }> {
    const authority = await createAuthority({ commonName: 'lone', days: 1000, now: new Date() });
    return { authority, pair: await issueCertificate(authority, certificateRequest({})) };
  }

  at(...path: string[]): string {
    return join(this.root, ...path);
  }

  write(path: string, content: string | Buffer): void {
    mkdirSync(join(this.at(path), '..'), { recursive: true });
    writeFileSync(this.at(path), content);
  }

  remove(...path: string[]): void {
    rmSync(this.at(...path), { recursive: true, force: true });
  }

  /** Packs a folder as the archive of Kafka. */
  pack(folder: string): void {
    execFileSync('tar', ['-czf', this.at('folder/packages', `${CheckedHost.kafka}.tgz`), '-C', this.root, folder]);
  }

  sums(): void {
    const names = readdirSync(this.at('folder/packages')).filter((name) => name !== 'packages.sha256');
    const text = execFileSync('sha256sum', names, { cwd: this.at('folder/packages'), encoding: 'utf8' });
    this.write('folder/packages/packages.sha256', text);
  }

  /** Says its version as Java does, without the second that a virtual machine takes. */
  java(version: string): void {
    writeFileSync(this.at('bin/java'), `#!/bin/sh\necho 'openjdk version "${version}" 2025-04-15' >&2\n`, {
      mode: 0o755,
    });
  }

  async certificate(change: Partial<CertificateRequest>, signer = this.authority): Promise<void> {
    const { key, certificate } = await issueCertificate(signer, certificateRequest(change));
    this.write('folder/node.pem', key + certificate);
  }

  run(
    script: string,
    args: readonly string[],
    path = process.env.PATH!,
  ): { status: number | null; stdout: string; stderr: string } {
    // prettier-ignore
    const env = { ...process.env, PATH: `${this.at('bin')}:${path}` };
    return spawnSync(this.at('folder', script), args, { encoding: 'utf8', env });
  }

  check(path?: string): Checked {
    const { status, stderr } = this.run('install.sh', ['--check'], path);
    const said = stderr.split('\n').filter((line) => line !== '');
    const isWarning = (line: string): boolean => line.startsWith('install: warning: ');
    return { status, problems: said.filter((line) => !isWarning(line)), warnings: said.filter(isWarning) };
  }

  /** All files with their modes, times and sizes. */
  tree(): string {
    return execFileSync('find', [this.root, '-printf', '%p %m %T@ %s\n'], { encoding: 'utf8' });
  }
}

function certificateRequest(change: Partial<CertificateRequest>): CertificateRequest {
  const names = { commonName: 'node:lone', dnsNames: [], ipAddresses: ['127.0.0.1'] };
  return { ...names, days: 100, now: new Date(), use: 'node', ...change };
}
