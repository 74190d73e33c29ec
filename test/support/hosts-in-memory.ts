import { connectionFailure } from '../../lib/admin/adapters/ssh/failures';
import type { SshShell } from '../../lib/admin/adapters/ssh';
import type { HostAddress, HostAnswer, HostCommand } from '../../lib/admin/hosts';

/** What one host is, as far as scripts ask. */
export interface HostInMemory {
  cluster: string;
  node: number;
  environment: string;
  service: string;
  invocation: number;
  started: Record<string, string>;
  installed: Record<string, string>;
  clockAhead: number;
  bootId: string;
  said: string[];
  /** Before `install.sh` there is no state script. */
  isInstalled: boolean;
  /** Connections that fail before the next one succeeds; -1: all. */
  cuts: number;
  uid: string;
  systemd: boolean;
  missingTools: string[];
  checkSays?: string;
  /** What systemd makes of the next start. @default active */
  nextStart: string;
  /** Starts with what it ran with before. @default false */
  isStubborn: boolean;
}

/** Hosts that know what the scripts of `lib/admin/hosts` ask and order, and what time it is. */
export class HostsInMemory {
  readonly hosts = new Map<string, HostInMemory>();
  /** What happened, in order: `copy b1`, `check b1`, `install b1`, `restart b1`. */
  readonly events: string[] = [];
  nowMs = 1_795_746_052_000;
  readonly clock = {
    now: () => this.nowMs,
    sleep: (ms: number): Promise<void> => {
      this.nowMs += ms;
      return Promise.resolve();
    },
  };

  constructor(readonly wallClock: 'own' | 'real' = 'own') {}

  add(name: string, more: Partial<HostInMemory>): HostInMemory {
    const kafka = { Kafka: '4.3.1' };
    const host: HostInMemory = {
      ...{ cluster: 'memory-cluster-000001A', node: 1, environment: 'shop', service: 'active', invocation: 1 },
      ...{ started: { ...kafka }, installed: { ...kafka }, clockAhead: 0, bootId: `boot-${name}`, said: [] },
      ...{
        isInstalled: true,
        cuts: 0,
        uid: '0',
        systemd: true,
        missingTools: [],
        nextStart: 'active',
        isStubborn: false,
      },
      ...more,
    };
    this.hosts.set(name, host);
    return host;
  }

  shell(): SshShell {
    return { run: (host, command) => Promise.resolve().then(() => this.answer(host, command)), close: async () => {} };
  }

  private answer(address: HostAddress, { script, args = [], input }: HostCommand): HostAnswer {
    const host = this.hosts.get(address.name);
    if (host === undefined || host.cuts !== 0) {
      if (host !== undefined && host.cuts > 0) host.cuts--;
      throw connectionFailure(address, `ssh: connect to host ${address.address} port 22: Connection timed out`);
    }
    if (script.includes('boot_id')) return ok(probeLines(address.name, host, this.now()));
    if (script.includes('sha256sum {} +')) return ok('');
    if (script.includes('tar -xf')) {
      if (typeof input === 'object') input.resume();
      return this.note(`copy ${address.name}`);
    }
    if (script.includes('install.sh')) return this.install(address.name, host, args[1]);
    if (script.includes('--no-block restart')) return this.restart(address.name, host, args[0] ?? '');
    throw new Error(`nobody knows this script: ${script}`);
  }

  private install(name: string, host: HostInMemory, only: string | undefined): HostAnswer {
    this.note(`${only === undefined ? 'install' : 'check'} ${name}`);
    if (only !== undefined)
      return host.checkSays === undefined ? ok('') : { status: 1, stdout: '', stderr: host.checkSays };
    host.isInstalled = true;
    if (host.service !== 'active') this.start(host);
    return ok('install: wrote /etc/kafka/server.properties\n');
  }

  private restart(name: string, host: HostInMemory, run: string): HostAnswer {
    if (run !== '' && run !== String(host.invocation)) return ok('');
    this.start(host);
    return this.note(`restart ${name}`);
  }

  private start(host: HostInMemory): void {
    host.invocation++;
    host.service = host.nextStart;
    if (!host.isStubborn) host.started = { ...host.installed };
  }

  private note(event: string): HostAnswer {
    this.events.push(event);
    return ok('');
  }

  private now(): number {
    return this.wallClock === 'own' ? this.nowMs : Date.now();
  }
}

const ok = (stdout: string): HostAnswer => ({ status: 0, stdout, stderr: '' });

function probeLines(name: string, host: HostInMemory, nowMs: number): string {
  const clock = Math.floor(nowMs / 1000) + host.clockAhead;
  const differ = Object.entries(host.installed).filter(([what, value]) => host.started[what] !== value);
  const state = [
    ...['state=there', `environment=${host.environment}`, `name=${name}`, `node=${host.node}`],
    ...[`cluster=${host.cluster}`, `service=${host.service}`, `invocation=${host.invocation}`],
    ...Object.entries(host.installed).map(([what, value]) => `has=${value} ${what}`),
    ...(host.service === 'active' ? Object.entries(host.started) : []).map(([what, value]) => `with=${value} ${what}`),
    ...(host.service === 'active' ? differ : []).map(([what, value]) =>
      what === 'Kafka' ? `due=Kafka ${host.started[what]} -> ${value}` : `due=${what} changed`,
    ),
    ...host.said.map((line) => `said=${line}`),
    `clock=${clock}`,
  ];
  return [
    ...[`clock=${clock}`, `uid=${host.uid}`, 'machine=x86_64', `boot=${host.bootId}`],
    ...(host.systemd ? [] : ['systemd=missing']),
    ...host.missingTools.map((tool) => `missing=${tool}`),
    ...(host.isInstalled ? state : []),
    '',
  ].join('\n');
}
