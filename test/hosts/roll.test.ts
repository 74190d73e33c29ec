import type { KafkaClient } from '../../lib/admin';
import { eventually } from '../support/host-nodes';
import { measured } from '../support/machines/figures';
import { formedBefore } from '../support/machines/formed';
import { HostsLab } from '../support/machines/hosts-lab';
import { RunningKdk } from '../support/machines/running-kdk';
import { VerifiedLoad, type Figures } from '../support/machines/verified-load';

const lab = new HostsLab();
const { machines } = lab;
let admin: KafkaClient;

formedBefore(lab, { ready: (client) => (admin = client) });

const pids = (): (number | undefined)[] => machines.map((machine) => machine.kafka());

/** Which have another process than before, as many as there are by now. */
const restarted = (before: readonly (number | undefined)[]): number[] =>
  pids().flatMap((pid, index) => (pid !== undefined && pid !== before[index] ? [index] : []));

/** A setting that a node takes up at its start. */
const describeRequests = (requests: number): void =>
  lab.describe({ config: { 'queued.max.requests': String(requests) } });

const roll = (...args: string[]): RunningKdk => new RunningKdk(lab.folder, ['roll', 'lab', ...lab.asAdmin, ...args]);

/** `kdk roll` succeeds, and says on standard output what it did. */
async function rolls(...args: string[]): Promise<string> {
  const { status, stdout, stderr } = await roll(...args).ended;
  if (status !== 0) throw new Error(`kdk roll ended with ${status}: ${stdout}${stderr}`);
  return stdout;
}

function expectNothingLost(what: string, figures: Figures): void {
  measured(what, figures);
  expect(figures).toMatchObject({ lost: 0, failed: [], fewestInSync: 2 });
  expect(figures.acknowledged).toBeGreaterThan(1_000);
}

describe('kdk roll over SSH', () => {
  test('says first what it would do, and touches nothing', async () => {
    const before = pids();
    describeRequests(321);
    const said = await rolls('--dry-run');
    expect(said).toMatch(/would restart n1: .*server\.properties/);
    expect(said).toContain('3 nodes to restart');
    expect(pids()).toEqual(before);
  }, 120_000);

  test('restarts every node for a changed setting, loses nothing, and never falls below min ISR', async () => {
    const before = pids();
    let said = '';
    const figures = await VerifiedLoad.during(lab, admin, async () => {
      const startedMs = Date.now();
      said = await rolls();
      said += `\nthe whole roll ${Math.round((Date.now() - startedMs) / 1000)} s`;
    });
    measured('roll', said.match(/n\d restarted in \d+ s|the whole roll \d+ s/g) ?? []);
    expectNothingLost('load during the roll', figures);
    expect(restarted(before)).toEqual([0, 1, 2]);
    for (const machine of machines)
      expect(machine.must('cat /etc/kafka/server.properties')).toContain('queued.max.requests=321');
  }, 900_000);

  test('has nothing to do the second time', async () => {
    const before = pids();
    expect(await rolls()).toContain('every node runs with what it is to run with');
    expect(pids()).toEqual(before);
  }, 120_000);

  test('fails with the reason when the network of a node is cut, touches no other, and finishes the second time', async () => {
    const before = pids();
    describeRequests(322);
    const figures = await VerifiedLoad.during(lab, admin, async () => {
      const first = roll();
      const [cut] = await eventually(300, () => {
        const done = restarted(before);
        if (done.length === 0) throw new Error('no node was restarted yet');
        return done;
      });
      machines[cut!]!.connected(false);
      const { status, stderr } = await first.ended;
      expect(status).not.toBe(0);
      expect(stderr).toContain(machines[cut!]!.name);
      expect(stderr).toMatch(/reach/);
      expect(restarted(before)).toEqual([cut]);
      machines[cut!]!.connected(true);
      await lab.whole(admin);
      expect(await rolls()).toContain('2 nodes restarted');
    });
    expectNothingLost('network cut during the roll', figures);
    expect(restarted(before)).toEqual([0, 1, 2]);
  }, 1_200_000);

  test('killed half-way it leaves nothing half done, and finishes the second time', async () => {
    const before = pids();
    describeRequests(323);
    const figures = await VerifiedLoad.during(lab, admin, async () => {
      const first = roll();
      await eventually(300, () => expect(restarted(before).length).toBeGreaterThan(0));
      await first.kill();
      await lab.whole(admin);
      const done = restarted(before).length;
      expect(done).toBeLessThan(3);
      expect(await rolls()).toContain(`${3 - done} node${done === 2 ? '' : 's'} restarted`);
    });
    expectNothingLost('kdk roll killed', figures);
    expect(restarted(before)).toEqual([0, 1, 2]);
  }, 1_200_000);

  test('brings renewed certificates to the nodes without a failed request', async () => {
    const before = pids();
    await lab.renewCertificates();
    const figures = await VerifiedLoad.during(lab, admin, () => rolls('--certificates', lab.certificates));
    expectNothingLost('certificates renewed', figures);
    expect(restarted(before)).toEqual([0, 1, 2]);
  }, 900_000);

  test('fails before anything is touched where a host cannot be reached', async () => {
    const before = pids();
    describeRequests(324);
    machines[2]!.must('systemctl stop ssh.service ssh.socket');
    const { status, stderr } = await roll().ended;
    machines[2]!.must('systemctl start ssh.service');
    expect(status).toBe(3);
    expect(stderr).toMatch(/n3.*(reach|refused)/i);
    expect(pids()).toEqual(before);
  }, 300_000);

  test('fails before anything is restarted where a disk is full', async () => {
    const before = pids();
    const folder = '/var/lib/kafka-deployment-kit';
    machines[1]!.must(`mkdir -p ${folder} && mount -t tmpfs -o size=64k tmpfs ${folder}`);
    const { status, stderr } = await roll().ended;
    machines[1]!.must(`umount ${folder}`);
    expect(status).not.toBe(0);
    expect(stderr).toMatch(/n2.*(full|space)/i);
    expect(pids()).toEqual(before);
  }, 300_000);
});
