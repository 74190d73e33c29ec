import { controlHosts, lookAtHosts, type NodeHost } from '../../../lib/admin/hosts';
import type { NodeControl } from '../../../lib/core/roll';
import { modelOfText } from '../../support/environments';
import { HostsInMemory, type HostInMemory } from '../../support/hosts-in-memory';
import { SHOP } from '../../support/memory-reach';

const model = modelOfText(SHOP);
const hosts: NodeHost[] = ['b1', 'b2', 'b3'].map((name, at) => ({ name, address: `${name}.example`, nodeId: at + 1 }));
const node = { id: 2, name: 'b2', roles: ['broker', 'controller'] };

function three(more: Partial<HostInMemory> = {}): { memory: HostsInMemory; b2: HostInMemory; control: NodeControl } {
  const memory = new HostsInMemory();
  for (const { name, nodeId } of hosts) memory.add(name, { node: nodeId, cluster: model.clusterId });
  Object.assign(memory.hosts.get('b2')!, more);
  const control = controlHosts(memory.shell(), { model, hosts, clock: memory.clock });
  return { memory, b2: memory.hosts.get('b2')!, control };
}

describe('a node on its host', () => {
  test('is due for what has changed since it was started', async () => {
    const { control } = three({ installed: { Kafka: '4.3.1', certificate: 'new' }, started: { Kafka: '4.2.0', certificate: 'old' } }); // prettier-ignore
    expect(await control.look(node)).toEqual({
      running: true,
      log: 'journalctl -u kafka on b2',
      due: 'Kafka 4.2.0 -> 4.3.1, certificate changed',
    });
  });

  test('that does not run comes with its last words', async () => {
    const { control } = three({ service: 'failing', said: ['format: /data/kafka is on the root file system'] });
    expect(await control.look(node)).toMatchObject({ running: false, lastWords: [expect.stringContaining('format:')] });
  });

  test('is restarted once, and back when its service is another run', async () => {
    const { control, memory, b2 } = three();
    await control.restart(node);
    expect([memory.events, b2.invocation]).toEqual([['restart b2'], 2]);
  });

  test('is restarted once where the network is cut before and after the order', async () => {
    const { control, memory, b2 } = three();
    const shell = memory.shell();
    let calls = 0;
    let isCut = false;
    const cutting = controlHosts(
      {
        run: async (host, command) => {
          calls++;
          if (calls === 2) b2.cuts = 5;
          const answer = await shell.run(host, command);
          // The order arrives, and the answer does not.
          if (command.script.includes('--no-block') && memory.events.length === 1 && !isCut) {
            isCut = true;
            b2.cuts = 7;
            return shell.run(host, command);
          }
          return answer;
        },
      },
      { model, hosts, clock: memory.clock },
    );
    await cutting.restart(node);
    expect([memory.events, b2.invocation]).toEqual([['restart b2'], 2]);
    expect(await control.look(node)).toMatchObject({ running: true });
  });

  test('fails where the host stays out of reach after the order, and the next look finds the truth', async () => {
    const { memory, b2 } = three();
    const shell = memory.shell();
    const control = controlHosts(
      {
        run: async (host, command) => {
          const answer = await shell.run(host, command);
          if (command.script.includes('--no-block')) b2.cuts = -1;
          return answer;
        },
      },
      { model, hosts, clock: memory.clock },
    );
    await expect(control.restart(node)).rejects.toMatchObject({ code: 'ROLL-HOST-LOST', status: 3 });
    b2.cuts = 0;
    expect(await control.look(node)).toEqual({ running: true, log: 'journalctl -u kafka on b2' });
  });

  test('fails with its last words where it does not start', async () => {
    const { control } = three({ nextStart: 'failing', said: ['format: /data/1/kafka belongs to another node'] });
    await expect(control.restart(node)).rejects.toMatchObject({
      code: 'ROLL-NOT-STARTED',
      message: expect.stringMatching(/b2 did not start, got service failing; .* It said last: format: .*another node/),
    });
  });

  test('fails where it starts with something else than lies there', async () => {
    const { control } = three({ started: { Kafka: '4.2.0' }, isStubborn: true });
    await expect(control.restart(node)).rejects.toMatchObject({
      code: 'ROLL-STILL-DUE',
      message: expect.stringContaining('got Kafka 4.2.0 -> 4.3.1;'),
    });
  });

  test('fails where its service stays down without anything happening', async () => {
    const { control, memory } = three({ nextStart: 'inactive' });
    const before = memory.nowMs;
    await expect(control.restart(node)).rejects.toMatchObject({ code: 'ROLL-NOT-STARTED' });
    expect(memory.nowMs - before).toBeLessThan(60_000);
  });
});

describe('looking at all hosts', () => {
  const look = async (memory: HostsInMemory): Promise<number> =>
    (await lookAtHosts(memory.shell(), hosts, { clusterId: model.clusterId, progress: () => {}, clock: memory.clock }))
      .length;

  test('finds nothing wrong with three that are well, or have no node yet', async () => {
    expect(await look(three({ isInstalled: false }).memory)).toBe(3);
  });

  test.each<[string, string, Partial<HostInMemory>]>([
    ['a host that cannot be reached', 'HOST-UNREACHABLE', { cuts: -1 }],
    ['a login that is not root', 'HOST-NOT-ROOT', { uid: '1000' }],
    ['a host without systemd', 'HOST-NO-SYSTEMD', { systemd: false }],
    ['a host without the tools', 'HOST-TOOLS', { missingTools: ['flock'] }],
    ['the host of another node', 'HOST-OTHER', { node: 3 }],
    ['the host of another cluster', 'HOST-OTHER', { cluster: 'another-cluster-00001A' }],
    ['a clock that is off', 'HOST-CLOCK', { clockAhead: 90 }],
    ['two names of one machine', 'HOST-TWICE', { bootId: 'boot-b1' }],
  ])('fails for %s', async (_, code, more) => {
    await expect(look(three(more).memory)).rejects.toMatchObject({
      code,
      message: expect.stringMatching(/, got .*; .*\.$/),
      hint: expect.stringMatching(/\.$/),
    });
  });

  test('fails with everything that is wrong, in the order of the hosts', async () => {
    const { memory } = three({ uid: '1000' });
    memory.hosts.get('b3')!.cuts = -1;
    memory.hosts.get('b1')!.systemd = false;
    await expect(look(memory)).rejects.toMatchObject({
      code: 'HOST-NO-SYSTEMD',
      message: expect.stringMatching(
        /^3 things are wrong on hosts.* b1 is not run by .* on b2 do not run .* b3 cannot/,
      ),
    });
  });
});
