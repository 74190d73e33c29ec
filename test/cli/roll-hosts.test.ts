import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { finaliseFeatures } from '../../lib/cli/commands/membership';
import { render } from '../../lib/cli/commands/render';
import { rollNodes } from '../../lib/cli/commands/roll';
import type { MemoryCluster } from '../../lib/admin/adapters/memory';
import type { RollCommandOptions } from '../../lib/cli/roll-options';
import { HostsInMemory, type HostInMemory } from '../support/hosts-in-memory';
import { TemporaryProject } from '../support/kdk';
import { memoryContext, SHOP, shopCluster, type MemoryContext } from '../support/memory-reach';

const project = new TemporaryProject({
  'shop.yaml': SHOP,
  'older.yaml': SHOP.replace("version: '4.3'", "version: '4.2'"),
});
afterAll(() => project.remove());

interface Case {
  readonly memory: MemoryCluster;
  readonly hosts: HostsInMemory;
  readonly context: MemoryContext;
}

async function three(more: Partial<HostInMemory> = {}): Promise<Case> {
  const memory = shopCluster();
  const orders = { name: 'orders', placement: { partitions: 6, replicationFactor: 3 }, config: {} };
  await memory.connect().createTopics([orders], { validateOnly: false });
  const hosts = new HostsInMemory('real');
  for (const node of [1, 2, 3]) hosts.add(`b${node}`, { node, ...more });
  const context = memoryContext(memory);
  return { memory, hosts, context: { ...context, reach: { ...context.reach!, shell: () => hosts.shell() } } };
}

const roll = ({ context }: Case, more: RollCommandOptions = {}, file = 'shop.yaml'): ReturnType<typeof rollNodes> =>
  rollNodes(project.path(file), { bootstrap: 'b1:9092', ...more }, context);

describe('kdk roll for hosts', () => {
  test('says what it would copy and restart, and touches nothing', async () => {
    const hosts = await three({ started: { Kafka: '4.2.0' } });
    const { lines, status } = await roll(hosts, { dryRun: true });
    expect(status ?? 0).toBe(0);
    expect(hosts.context.told[0]).toMatch(/^would copy to b1: .* more$/);
    expect(lines.filter((line) => line.startsWith('would restart'))).toHaveLength(3);
    expect(lines.join('\n')).toMatch(/would restart b\d: .*Kafka 4\.2\.0 -> 4\.3\.1/);
    expect(hosts.hosts.events).toEqual([]);
  });

  test('copies and checks everywhere before it installs anywhere, and installs everywhere before it restarts', async () => {
    const hosts = await three({ started: { Kafka: '4.2.0' } });
    const { lines, status } = await roll(hosts);
    expect(status).toBe(0);
    const steps = hosts.hosts.events.map((event) => event.split(' ')[0]);
    expect(steps).toEqual(['copy', 'check', 'install', 'restart'].flatMap((step) => [step, step, step]));
    expect(lines.at(-1)).toBe('3 nodes restarted');
    expect((await roll(hosts)).lines).toEqual(['every node runs with what it is to run with']);
  }, 60_000);

  test('installs and restarts nothing with --install-only', async () => {
    const hosts = await three({ started: { Kafka: '4.2.0' } });
    const { lines } = await roll(hosts, { installOnly: true });
    expect(lines).toEqual(['3 hosts installed; no node that runs was restarted']);
    expect(hosts.hosts.events).not.toContain('restart b1');
  });

  test('installs and starts all nodes where none runs, and waits for the cluster', async () => {
    const hosts = await three({ isInstalled: false, service: 'inactive' });
    expect((await roll(hosts, { dryRun: true })).lines.at(-1)).toMatch(/^no node of shop runs on 3 hosts/);
    expect(hosts.hosts.events).toEqual([]);
    expect((await roll(hosts)).lines).toEqual([
      '3 nodes started, and the cluster answers',
      'record that it is formed: kdk lock shop --formed, and roll again',
    ]);
    expect([...hosts.hosts.hosts.values()].map(({ service }) => service)).toEqual(['active', 'active', 'active']);
  });

  test('starts a node that is down beside others that run', async () => {
    const hosts = await three();
    Object.assign(hosts.hosts.hosts.get('b2')!, { service: 'failed', said: ['out of memory'] });
    const { lines } = await roll(hosts, { nodes: ['b2'], dryRun: true });
    expect(hosts.context.told.slice(1)).toEqual(['would start b2, which does not run (failed)', '  it said last: out of memory']); // prettier-ignore
    expect(lines.at(-1)).toBe('1 node to restart, 0 as they are to be');
    expect((await roll(hosts, { nodes: ['b2'] })).status).toBe(0);
    expect(hosts.hosts.events).toEqual(['copy b2', 'check b2', 'install b2']);
  });

  test('fails where it is interrupted, before anything is restarted', async () => {
    const hosts = await three({ started: { Kafka: '4.2.0' } });
    hosts.context.abort();
    await expect(roll(hosts)).rejects.toMatchObject({ code: 'INTERRUPTED' });
    expect(hosts.hosts.events.filter((event) => /^(install|restart)/.test(event))).toEqual([]);
  });

  test('fails with what each host has against it, and installs nowhere', async () => {
    const hosts = await three({ started: { Kafka: '4.2.0' } });
    hosts.hosts.hosts.get('b2')!.checkSays =
      'install: the certificate has ended, got 2026-01-01; a valid one is needed.';
    await expect(roll(hosts)).rejects.toMatchObject({
      code: 'HOST-INSTALL',
      message: 'install.sh stops on b2, got the certificate has ended, got 2026-01-01; a valid one is needed.',
    });
    expect(hosts.hosts.events.filter((event) => /^(install|restart)/.test(event))).toEqual([]);
  });

  test('fails for a Kafka that the cluster is too new for, before a file is copied', async () => {
    const hosts = await three();
    await expect(roll(hosts, {}, 'older.yaml')).rejects.toMatchObject({
      code: 'ROLL-DOWNGRADE',
      message: 'Kafka 4.2.0 cannot run in this cluster, got metadata.version 4.3-IV0 in force; 4.2-IV1 is the highest that it knows. Nothing was touched.', // prettier-ignore
      hint: expect.stringContaining('cannot be lowered'),
    });
    expect(hosts.hosts.events).toEqual([]);
  });

  test('takes a rendered folder with its packages, and certificates from another', async () => {
    const out = project.path('dist');
    render(project.path('shop.yaml'), { out });
    mkdirSync(join(out, 'b1/packages'));
    writeFileSync(join(out, 'b1/packages/kdk-1.0.0-arm64.tgz'), 'for another machine');
    writeFileSync(join(out, 'b1/packages/kafka_2.13-4.3.1.tgz'), 'Kafka');
    for (const host of ['b1', 'b2', 'b3']) {
      mkdirSync(project.path(`certificates/hosts/${host}`), { recursive: true });
      writeFileSync(project.path(`certificates/hosts/${host}/node.pem`), host);
    }
    writeFileSync(project.path('certificates/ca.crt'), 'authority');
    const hosts = await three();
    const options = { from: out, certificates: project.path('certificates'), dryRun: true };
    const { result } = await roll(hosts, options);
    const [{ copied }] = (result as { hosts: [{ copied: string[] }] }).hosts;
    expect(copied).toEqual(
      expect.arrayContaining(['packages/kafka_2.13-4.3.1.tgz', 'node.pem', 'ca.crt', 'install.sh']),
    );
    expect(copied).not.toContain('packages/kdk-1.0.0-arm64.tgz');
  });

  test('fails for a folder that is not that of the environment', async () => {
    await expect(roll(await three(), { from: project.path('nowhere') })).rejects.toMatchObject({
      code: 'HOST-FOLDERS',
      message: expect.stringContaining('b1 has no folder there, b2 has no folder there, b3 has no folder there'),
    });
  });
});

describe('kdk upgrade-features for hosts', () => {
  const raise = ({ context }: Case): ReturnType<typeof finaliseFeatures> =>
    finaliseFeatures(project.path('shop.yaml'), { bootstrap: 'b1:9092', planOnly: true }, context);

  test('asks the hosts, and goes on where all run what they are to run', async () => {
    expect((await raise(await three())).lines).toEqual(['all features of Kafka 4.3 are in force']);
  });

  test('fails while a node runs an older Kafka, or would start with one', async () => {
    const hosts = await three();
    hosts.hosts.hosts.get('b1')!.started = { Kafka: '4.2.0' };
    Object.assign(hosts.hosts.hosts.get('b3')!, { service: 'failed', installed: { Kafka: '4.2.0' } });
    await expect(raise(hosts)).rejects.toMatchObject({
      code: 'FEATURES-BINARIES',
      message: expect.stringContaining('got b1 that runs Kafka 4.2.0, b3 that would start with Kafka 4.2.0;'),
    });
  });
});
