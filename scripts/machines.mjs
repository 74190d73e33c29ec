// What `npm run test:hosts` needs before its first test: root, Debian's tools, the root file system of machines, and Kafka in two versions.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from './compile.mjs';
import { fail } from './project.mjs';

/** Programs and the package of Debian that each comes in. */
const TOOLS = {
  debootstrap: 'debootstrap',
  'systemd-nspawn': 'systemd-container',
  ssh: 'openssh-client',
  openssl: 'openssl',
  ip: 'iproute2',
  iptables: 'iptables',
  losetup: 'mount',
  'mkfs.ext4': 'e2fsprogs',
};
/** To be raised when scripts/machine-root.sh changes. */
const ROOT_VERSION = 2;
const cache = join(homedir(), '.cache/kafka-deployment-kit');
const machineRoot = join(cache, `machine-bookworm-${ROOT_VERSION}`);

/** Fails with what to install where something is missing. */
export function requireMachines() {
  if (process.platform !== 'linux' || process.getuid() !== 0)
    fail('machines need root on Linux, got another user; run npm run test:hosts as root.');
  const missing = Object.keys(TOOLS).filter((tool) => spawnSync('sh', ['-c', `command -v ${tool}`]).status !== 0);
  if (missing.length > 0)
    fail(
      `machines need tools that are not here, got no ${missing.join(', ')}; on Debian: apt-get install ${[...new Set(missing.map((tool) => TOOLS[tool]))].join(' ')}`,
    );
}

/** Assembles what needs the internet, since the tests have none: they run in a network of their own. */
export async function prepareMachines() {
  if (!existsSync(machineRoot)) {
    console.error('making the root file system of machines (debootstrap, minutes)');
    mkdirSync(cache, { recursive: true });
    rmSync(`${machineRoot}.new`, { recursive: true, force: true });
    const { status } = spawnSync(join(root, 'scripts/machine-root.sh'), [machineRoot], { stdio: ['ignore', 2, 2] });
    if (status !== 0) fail('debootstrap failed; see its messages above.');
  }
  const require = createRequire(import.meta.url);
  const { kafkaHome } = require(join(root, 'dist/lib/local/kafka-home'));
  const { kafkaRelease } = require(join(root, 'dist/lib/core/versions'));
  for (const release of ['4.2', '4.3'])
    await kafkaHome({ version: kafkaRelease(release).patch, metrics: true, progress: () => undefined });
}

/** Runs a command where machines may be started, and tidies up after it whatever happened. */
export async function insideNamespaces(run, command, options) {
  const folder = mkdtempSync(join(tmpdir(), 'kdk-machines-'));
  const namespaces = ['--mount', '--net', '--pid', '--fork', '--kill-child', '--mount-proc'];
  try {
    return await run('unshare', [...namespaces, join(root, 'scripts/machine-namespaces.sh'), folder, ...command], {
      ...options,
      env: { ...options.env, KDK_MACHINES: folder, KDK_MACHINE_ROOT: machineRoot },
    });
  } finally {
    detach(folder);
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Loop devices belong to no namespace: those over images of this run are given back. */
function detach(folder) {
  const { stdout = '' } = spawnSync('losetup', ['--list', '--noheadings', '--output', 'NAME,BACK-FILE'], {
    encoding: 'utf8',
  });
  for (const line of stdout.split('\n').filter((text) => text.includes(folder)))
    spawnSync('losetup', ['--detach', line.trim().split(/\s+/)[0]]);
}
