import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { eventually } from '../host-nodes';
import { must, type Ran } from './command';
import { plug, setLink, unplug } from './network';
import type { Volume } from './volume';

/** Where tests of machines have their files; only there while npm run test:hosts runs. */
export const LAB = process.env.KDK_MACHINES!;
const ROOT_IMAGE = process.env.KDK_MACHINE_ROOT!;
const PATH = 'PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/** A machine with systemd as process 1, a network address, an SSH server and data volumes of its own: systemd-nspawn over a layer. */
export class Machine {
  /** By mount point; a volume may be exchanged while the machine is off or it is not mounted. */
  readonly volumes = new Map<string, Volume>();
  #container: ChildProcess | undefined;

  constructor(
    readonly name: string,
    readonly address: string,
  ) {}

  get hostName(): string {
    return `${this.name}.lab.example`;
  }

  /** A file of its root file system, as this machine sees it; the machine has to be on. */
  file(path: string): string {
    return join(LAB, this.name, 'root', path);
  }

  /** A root file system without a trace of a former one of the name. */
  install(volumes: Readonly<Record<string, Volume>>): this {
    const folder = join(LAB, this.name);
    rmSync(folder, { recursive: true, force: true });
    for (const part of ['root', 'upper', 'work']) mkdirSync(join(folder, part), { recursive: true });
    must('mount', ['-t', 'overlay', 'overlay', '-o', `lowerdir=${ROOT_IMAGE},upperdir=${folder}/upper,workdir=${folder}/work`, join(folder, 'root')]); // prettier-ignore
    const write = (path: string, text: string): void => writeFileSync(this.file(path), text);
    write('etc/hostname', `${this.name}\n`);
    write('etc/hosts', readFileSync('/etc/hosts', 'utf8'));
    write('etc/machine-id', '');
    this.volumes.clear();
    for (const [folderName, volume] of Object.entries(volumes)) this.volumes.set(folderName, volume);
    must('ssh-keygen', ['-q', '-A', '-f', join(folder, 'root')]);
    mkdirSync(this.file('home/kafka-ops/.ssh'), { recursive: true });
    write('home/kafka-ops/.ssh/authorized_keys', readFileSync(join(LAB, 'ssh/id_ed25519.pub'), 'utf8'));
    return this;
  }

  /** Turns it on, and returns when systemd says that all is started that starts by itself. */
  async start(): Promise<void> {
    plug(this);
    const devices = [...this.volumes].map(([mountPoint, volume]) => [volume.attach(), mountPoint] as const);
    // What is mounted when it starts; a volume without a mount point is for somebody else to mount.
    const mounted = devices.filter(([, mountPoint]) => mountPoint!.startsWith('/'));
    writeFileSync(this.file('etc/volumes'), mounted.map((pair) => `${pair.join(' ')}\n`).join(''));
    const log = openSync(join(LAB, this.name, 'console.log'), 'a');
    this.#container = spawn(
      'systemd-nspawn',
      [
        ...['--boot', '--quiet', '--register=no', '--keep-unit', '--resolv-conf=off', '--console=pipe'],
        ...[`--machine=${this.name}`, `--directory=${join(LAB, this.name, 'root')}`],
        `--network-namespace-path=/run/netns/${this.name}`,
        // As on a machine of its own, root there sets up its network.
        '--capability=CAP_NET_ADMIN',
        ...devices.map(([device]) => `--bind=${device}`),
      ],
      { stdio: ['ignore', log, log] },
    );
    closeSync(log);
    await eventually(120, () => {
      const { stdout } = this.run('systemctl is-system-running');
      if (!/^(running|degraded)$/.test(stdout.trim())) throw new Error(`${this.name} is ${stdout.trim()}`);
    });
  }

  /** Another disk in the slot of one that is not mounted: the machine sees it under the same device. */
  exchange(mountPoint: string, volume: Volume): void {
    const former = this.volumes.get(mountPoint)!;
    volume.attachInstead(former);
    this.volumes.set(mountPoint, volume);
  }

  /** In order, as the power button does. */
  async powerOff(): Promise<void> {
    await this.#ended(() => this.#container!.kill('SIGTERM'));
  }

  /** systemctl reboot, in order; what starts by itself has been started when it returns. */
  async reboot(): Promise<void> {
    await this.#ended(() => this.run('systemctl reboot'));
    await this.start();
  }

  /** The plug is pulled. */
  async kill(): Promise<void> {
    const leader = this.#leader();
    await this.#ended(() => {
      if (leader !== undefined) process.kill(leader, 'SIGKILL');
      this.#container!.kill('SIGKILL');
    });
  }

  async #ended(end: () => void): Promise<void> {
    const container = this.#container;
    if (container === undefined || container.exitCode !== null || container.signalCode !== null) return;
    const exit = once(container, 'exit');
    end();
    await exit;
    unplug(this);
  }

  /** Takes its name, address and volumes back. */
  async remove(): Promise<void> {
    await this.kill();
    spawnSync('umount', ['--lazy', join(LAB, this.name, 'root')]);
    for (const volume of this.volumes.values()) volume.detach();
    spawnSync('ssh-keygen', ['-q', '-R', this.hostName]);
  }

  /** Its cable: while it is out, nobody reaches it, and it reaches nobody. */
  connected(is: boolean): void {
    setLink(this, is);
  }

  /** Runs a shell command as root inside, past the network. */
  run(command: string, input = ''): Ran {
    const leader = this.#leader();
    if (leader === undefined) return { status: null, stdout: '', stderr: `${this.name} is off` };
    const inside = ['--target', String(leader), '--mount', '--uts', '--ipc', '--net', '--pid'];
    const { status, stdout, stderr } = spawnSync('nsenter', [...inside, 'env', '-i', PATH, 'sh', '-c', command], {
      encoding: 'utf8',
      input,
      maxBuffer: 64 * 1024 * 1024,
    });
    return { status, stdout, stderr };
  }

  /** What it prints; fails where its exit status is not 0. */
  must(command: string, input?: string): string {
    const { status, stdout, stderr } = this.run(command, input);
    if (status !== 0) throw new Error(`${this.name}: ${command} ended with ${status}: ${stdout}${stderr}`);
    return stdout;
  }

  /** The process id of a node's Java, or undefined. */
  kafka(): number | undefined {
    const pid = Number(this.run('systemctl show --property=MainPID --value kafka.service').stdout);
    return pid > 0 ? pid : undefined;
  }

  /** What the service said since a moment of `now()`. */
  journal(since: string): string {
    return this.run(`journalctl --no-pager --output=cat --unit=kafka.service --since='${since}'`).stdout;
  }

  now(): string {
    return this.must("date '+%Y-%m-%d %H:%M:%S'").trim();
  }

  /** Process 1 of the machine, as this machine numbers it. */
  #leader(): number | undefined {
    const pid = this.#container?.pid;
    if (pid === undefined) return undefined;
    try {
      const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ');
      const leader = Number(children[0]);
      return leader > 0 ? leader : undefined;
    } catch {
      return undefined; // it has ended
    }
  }
}
