import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { connectAdmin, type KafkaClient } from '../../../lib/admin';
import { REPLICATION_PORT } from '../../../lib/core/model/targets/target';
import { commandConfig } from '../../../lib/cli/command-config';
import { eventually } from '../host-nodes';
import { kdk, type Ran } from '../kdk';
import { must } from './command';
import { labEnvironment, MOUNTS, nodesOf, SSH_USER, type LabOptions, type Shape } from './lab-environment';
import { LAB, Machine } from './machine';
import { Volume } from './volume';

/** Machines of the operator, the environment that describes them, and what the operator has in hand: certificates, secrets, packages. */
export class HostsLab {
  readonly folder = join(LAB, 'operator');
  readonly machines: readonly Machine[];
  readonly bootstrap: string;
  readonly clientBootstrap: string;
  /** Of the private authority, as kdk certificates writes them. */
  readonly certificates = join(LAB, 'certificates');
  readonly #adminProperties = join(this.certificates, 'admin/admin.properties');
  readonly secrets = join(this.folder, 'secrets');
  #disks = 0;

  constructor(private readonly shape: Shape = 'combined') {
    const nodes = nodesOf(shape);
    this.machines = nodes.map(({ id }) => new Machine(`n${id}`, `192.0.2.1${id}`));
    const brokers = this.machines.filter((_, index) => nodes[index]!.roles.includes('broker'));
    this.bootstrap = brokers.map(({ hostName }) => `${hostName}:${REPLICATION_PORT}`).join(',');
    this.clientBootstrap = brokers.map(({ hostName }) => `${hostName}:9092`).join(',');
  }

  /** Machines that are on and have nothing yet of Kafka but Java and their empty volumes. */
  async open(options: LabOptions = {}): Promise<this> {
    rmSync(this.folder, { recursive: true, force: true });
    mkdirSync(join(this.folder, 'environments'), { recursive: true });
    this.#sshSettings();
    for (const name of ['checkout', 'billing']) this.#secret(name);
    this.describe(options);
    await this.#certify();
    for (const machine of this.machines) machine.install(this.newVolumes());
    await Promise.all(this.machines.map((machine) => machine.start()));
    return this;
  }

  /** A cluster that was formed, recorded as formed, and has the topics and users of its environment. */
  async form(options: LabOptions = {}): Promise<this> {
    await this.open(options);
    await this.mustKdk('lock', 'lab');
    await this.installAll();
    const admin = await this.admin();
    await this.whole(admin);
    await this.apply();
    await admin.close();
    await this.mustKdk('lock', 'lab', '--formed');
    await this.installAll();
    return this;
  }

  /** Renders, copies and installs. */
  async installAll(): Promise<void> {
    await this.render();
    for (const machine of this.machines) {
      this.deliver(machine);
      this.install(machine);
    }
  }

  async close(): Promise<void> {
    await Promise.all(this.machines.map((machine) => machine.remove()));
  }

  newVolumes(): Record<string, Volume> {
    return Object.fromEntries(MOUNTS.map((at) => [at, this.newVolume()]));
  }

  newVolume(): Volume {
    return Volume.make(LAB, `disk-${++this.#disks}`);
  }

  /** Writes the environment and renders it: a folder for each host. */
  describe(options: LabOptions): void {
    writeFileSync(this.#path('environments/lab.yaml'), labEnvironment(this.shape, options));
  }

  kdk(...args: string[]): Promise<Ran> {
    return kdk(this.folder, args);
  }

  /** Fails where the command does not succeed; gives what it prints. */
  async mustKdk(...args: string[]): Promise<string> {
    const { status, stdout, stderr } = await this.kdk(...args);
    if (status !== 0) throw new Error(`kdk ${args.join(' ')} ended with ${status}: ${stdout}${stderr}`);
    return stdout;
  }

  /** How every command of the administrator reaches the cluster. */
  get asAdmin(): string[] {
    return ['--bootstrap', this.bootstrap, '--command-config', this.#adminProperties];
  }

  /** The folders of the hosts, with the packages and certificates that belong beside install.sh. */
  async render(): Promise<void> {
    await this.mustKdk('render', 'lab', '--out', 'dist');
    await this.mustKdk('packages', 'lab', '--out', 'dist', '--only', 'kafka');
    for (const { name } of this.machines) {
      const files = [join(this.certificates, 'hosts', name, 'node.pem'), join(this.certificates, 'ca.crt')];
      must('cp', [...files, this.#path('dist', name)]);
    }
  }

  /** Copies the folder of a host to it, as an operator does. */
  deliver({ name, hostName }: Machine): void {
    const target = `${SSH_USER}@${hostName}`;
    must('sh', ['-c', `tar -C dist/${name} -c . | ssh ${target} 'rm -rf lab && mkdir lab && tar -x -C lab'`], {
      cwd: this.folder,
    });
  }

  /** install.sh over SSH; what it says, without its warnings and that a machine in a container may not change the kernel of all. */
  install({ hostName }: Machine): string[] {
    const said = must('ssh', [`${SSH_USER}@${hostName}`, 'sudo lab/install.sh 2>&1'])
      .trim()
      .split('\n');
    return said.filter((line) => !/^sysctl: |kernel settings|^install: warning: /.test(line));
  }

  ssh({ hostName }: Machine, command: string): string {
    return must('ssh', [`${SSH_USER}@${hostName}`, command]);
  }

  get authorityCertificate(): string {
    return readFileSync(join(this.certificates, 'ca.crt'), 'utf8');
  }

  /** The administrator's connection, as soon as a node answers. */
  admin(): Promise<KafkaClient> {
    const settings = commandConfig(this.#adminProperties);
    return eventually(180, () =>
      connectAdmin({ ...settings, bootstrapServers: this.bootstrap.split(','), timeoutMs: 10_000 }),
    );
  }

  /** A connection of a principal on the listener of clients. */
  logIn(username: string, password = `secret of ${username}`): Promise<KafkaClient> {
    return connectAdmin({
      bootstrapServers: this.clientBootstrap.split(','),
      tls: { ca: this.authorityCertificate },
      sasl: { mechanism: 'SCRAM-SHA-512', username, password },
      timeoutMs: 10_000,
    });
  }

  /** Topics, users, passwords and ACLs of the environment. */
  async apply(): Promise<void> {
    await this.mustKdk('apply', 'lab', ...this.asAdmin, '--secrets', this.secrets);
  }

  /** Until every partition has all its replicas in sync and every controller follows. */
  async whole(admin: KafkaClient, seconds = 300): Promise<void> {
    await eventually(seconds, async () => {
      const [{ brokers }, topics, { leaderId, voters }] = await Promise.all([
        admin.describeCluster(),
        admin.describeTopics('all'),
        admin.describeQuorum(),
      ]);
      const behind = topics.flatMap(({ name, partitions }) =>
        partitions
          .filter(({ isr, replicas }) => isr.length < replicas.length)
          .map(({ partition }) => `${name}-${partition}`),
      );
      const lagging = voters.filter(({ id, behindMs = Infinity }) => id !== leaderId && behindMs > 2_000);
      if (brokers.length !== 3 || behind.length > 0 || voters.length !== 3 || lagging.length > 0)
        throw new Error(
          `${brokers.length} brokers, behind: ${behind.join(' ')}, ${voters.length} voters, lagging: ${lagging.map(({ id }) => id).join(' ')}`,
        );
    });
  }

  /** New keys and certificates of all. */
  async renewCertificates(): Promise<void> {
    await this.mustKdk('certificates', 'issue', 'lab', '--dir', this.certificates, '--all');
  }

  /** What is missing: of principals that were given a certificate. */
  async issueCertificates(): Promise<void> {
    await this.mustKdk('certificates', 'issue', 'lab', '--dir', this.certificates);
  }

  async #certify(): Promise<void> {
    rmSync(this.certificates, { recursive: true, force: true });
    await this.mustKdk('certificates', 'init', 'lab', '--dir', this.certificates);
    await this.issueCertificates();
  }

  #secret(name: string): void {
    this.#write(`secrets/${name}/password`, `secret of ${name}`);
  }

  #sshSettings(): void {
    const folder = join(LAB, 'ssh');
    if (!existsSync(join(folder, 'id_ed25519'))) must('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', join(folder, 'id_ed25519')]); // prettier-ignore
    writeFileSync(join(folder, 'config'), 'Host *.lab.example\n  StrictHostKeyChecking accept-new\n  LogLevel ERROR\n');
  }

  #write(path: string, text: string): void {
    mkdirSync(join(this.#path(path), '..'), { recursive: true });
    writeFileSync(this.#path(path), text);
  }

  #path(...parts: string[]): string {
    return join(this.folder, ...parts);
  }
}
