import { Failure } from '../../core/issue';
import { parseHostState, type ClockReading, type HostState } from '../../core/roll';
import { SYSTEM_CLOCK, type Clock } from '../wait';
import type { HostAddress, HostShell } from './shell';

/** A node of the environment and where its host is reached. */
export interface NodeHost extends HostAddress {
  readonly nodeId: number;
}

/** Where things are on a host. */
export interface HostPaths {
  /** The state script that install.sh puts there. */
  readonly state: string;
  /** Folders that were copied there, one of each environment. */
  readonly staging: string;
}

export const HOST_PATHS: HostPaths = {
  state: '/etc/kafka/bin/state.sh',
  staging: '/var/lib/kafka-deployment-kit',
};

export interface HostLook {
  readonly host: NodeHost;
  /** Absent where the node was never installed there, or by a kit that had no state script. */
  readonly state?: HostState;
  /** Of this run of the machine: two hosts with the same are one. */
  readonly bootId: string;
  /** In Node.js's word, of which packages have one in their name; absent for another kind of machine. */
  readonly arch?: 'x64' | 'arm64';
  readonly clock: ClockReading;
}

export interface ProbeOptions {
  readonly clusterId: string;
  /** @default those of install.sh */
  readonly paths?: HostPaths;
  /** @default the machine's */
  readonly clock?: Clock;
}

const PROBE = `echo "clock=$(date +%s)"
echo "uid=$(id -u)"
echo "machine=$(uname -m)"
echo "boot=$(cat /proc/sys/kernel/random/boot_id)"
[ -d /run/systemd/system ] || echo systemd=missing
for tool in awk flock sha256sum tar; do command -v "$tool" >/dev/null || echo "missing=$tool"; done
[ -x "$1" ] || exit 0
echo state=there
exec "$1"`;

const ARCHITECTURES: Readonly<Record<string, 'x64' | 'arm64'>> = { x86_64: 'x64', aarch64: 'arm64' };

/** Looks at a host once; fails where it is not as a roll needs it. */
export async function probe(shell: HostShell, host: NodeHost, options: ProbeOptions): Promise<HostLook> {
  const { clock = SYSTEM_CLOCK, paths = HOST_PATHS, clusterId } = options;
  const askedAt = clock.now() / 1000;
  const { status, stdout, stderr } = await shell.run(host, { script: PROBE, args: [paths.state] });
  const answeredAt = clock.now() / 1000;
  const of = (name: string): readonly string[] =>
    stdout.split('\n').flatMap((line) => (line.startsWith(`${name}=`) ? [line.slice(name.length + 1)] : []));
  requireFit(host, { uid: of('uid')[0] ?? '', systemd: of('systemd')[0], missing: of('missing') });
  const installed = of('state').includes('there');
  const state = installed ? parseHostState(stdout) : undefined;
  if (installed && (state === undefined || status !== 0)) throw unreadable(host, { path: paths.state, stderr });
  if (state !== undefined && (state.clusterId !== clusterId || state.nodeId !== host.nodeId)) throw other(host, state);
  const arch = ARCHITECTURES[of('machine')[0] ?? ''];
  return {
    host,
    ...(arch === undefined ? {} : { arch }),
    ...(state === undefined ? {} : { state }),
    bootId: of('boot')[0] ?? '',
    clock: { host: host.name, askedAt, answeredAt, said: Number(of('clock')[0]) },
  };
}

interface Fitness {
  readonly uid: string;
  readonly systemd: string | undefined;
  readonly missing: readonly string[];
}

function requireFit({ name }: NodeHost, { uid, systemd, missing }: Fitness): void {
  if (uid !== '0')
    throw new Failure(
      'HOST-NOT-ROOT',
      `commands on ${name} do not run as root, got user id ${uid === '' ? 'none' : uid}; installing and restarting need root.`,
      'Set targets.hosts.ssh.become to sudo, or log in as root.',
    );
  if (systemd !== undefined)
    throw new Failure(
      'HOST-NO-SYSTEMD',
      `${name} is not run by systemd, got no /run/systemd/system; the node is a service of systemd.`,
      'Use a host that systemd runs.',
    );
  if (missing.length > 0)
    throw new Failure(
      'HOST-TOOLS',
      `${name} lacks what scripts there call, got no ${missing.join(', no ')}; all of awk, flock, sha256sum and tar are needed.`,
      'Install them: gawk or mawk, util-linux, coreutils, tar.',
    );
}

function unreadable({ name }: NodeHost, { path, stderr }: { readonly path: string; readonly stderr: string }): Failure {
  const said = stderr.trim().split('\n').at(-1) ?? '';
  return new Failure(
    'HOST-STATE',
    `${name} does not say how its node is, got ${said === '' ? 'no state' : said.replace(/\.$/, '')} from ${path}; its lines are needed.`,
    `Run sudo ${path} there, and install.sh again where a file is broken.`,
  );
}

function other({ name, address, nodeId }: NodeHost, state: HostState): Failure {
  return new Failure(
    'HOST-OTHER',
    `the host at ${address} is not ${name}, got node ${state.nodeId} (${state.name}) of ${state.environment}, cluster ${state.clusterId}; node ${nodeId} of this environment is expected there.`,
    'Correct the address in targets.hosts.inventory or its HostName in ssh_config. Nothing was changed there.',
  );
}
