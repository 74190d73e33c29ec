import type { KafkaClient } from '../../lib/admin';
import { eventually } from '../support/host-nodes';
import { measured } from '../support/machines/figures';
import { formedBefore } from '../support/machines/formed';
import { HostsLab } from '../support/machines/hosts-lab';
import type { Machine } from '../support/machines/machine';
import { VerifiedLoad } from '../support/machines/verified-load';

const lab = new HostsLab();
const [n1, n2, n3] = lab.machines as [Machine, Machine, Machine];
let admin: KafkaClient;

formedBefore(lab, { ready: (client) => (admin = client) });

/** Nothing that was acknowledged is lost and nothing was given up while this is done and until the cluster is whole again. */
async function safely(what: string, work: () => unknown): Promise<void> {
  const figures = await VerifiedLoad.during(lab, admin, async () => {
    await work();
    await lab.whole(admin);
  });
  measured(what, figures);
  expect(figures).toMatchObject({ lost: 0, failed: [] });
  expect(figures.acknowledged).toBeGreaterThan(1_000);
}

/** The service of a node says this, again and again, instead of running. */
async function refuses(machine: Machine, why: RegExp): Promise<void> {
  const since = machine.now();
  machine.run('systemctl start kafka.service');
  await eventually(60, () => expect(machine.journal(since)).toMatch(why));
  machine.must('systemctl stop kafka.service');
}

const directories = async (): Promise<(string | undefined)[]> =>
  [...(await admin.describeQuorum()).voters].sort((a, b) => a.id - b.id).map(({ directoryId }) => directoryId);

describe('hosts to which something happens while records are written', () => {
  test('a machine that is rebooted comes back by itself', async () => {
    await safely('reboot', () => n2.reboot());
    expect(n2.kafka()).toBeDefined();
  }, 600_000);

  test('a machine that loses its power comes back by itself', async () => {
    await safely('power cut', async () => {
      await n1.kill();
      await n1.start();
    });
  }, 600_000);

  test('a node that is killed is started again by systemd', async () => {
    const pid = n1.kafka()!;
    await safely('kill -9', async () => {
      n1.must(`kill -9 ${pid}`);
      await eventually(120, () => expect([undefined, pid]).not.toContain(n1.kafka()));
    });
  }, 600_000);

  test('fails to start on a folder whose volume is not mounted, says so, and the others go on', async () => {
    await safely('unmounted volume', async () => {
      n3.must('systemctl stop kafka.service && umount /data/2');
      await refuses(n3, /nothing is mounted on \/data\/2, and \/data\/2\/kafka was on the volume there/);
      n3.must('/usr/local/sbin/mount-volumes && systemctl start kafka.service');
    });
  }, 600_000);

  test('fails to start on a volume of another node, says so, and the others go on', async () => {
    await safely('foreign volume', async () => {
      const own = n3.volumes.get('/data/2')!;
      const foreign = lab.newVolume();
      const meta = n1.must('cat /data/2/kafka/meta.properties');
      n3.must('systemctl stop kafka.service && umount /data/2');
      n3.exchange('/data/2', foreign);
      n3.must('/usr/local/sbin/mount-volumes && install -d -o kafka -g kafka /data/2/kafka && cat >/data/2/kafka/meta.properties', meta); // prettier-ignore
      await refuses(n3, /\/data\/2\/kafka belongs to another node, got node\.id 1; this is node 3/);
      expect(n3.must('ls /data/2/kafka')).toBe('meta.properties\n');
      n3.must('umount /data/2');
      n3.exchange('/data/2', own);
      n3.must('/usr/local/sbin/mount-volumes && systemctl start kafka.service');
    });
  }, 600_000);

  test('a data disk that died is replaced by an empty one, and its replicas are copied back', async () => {
    await safely('empty data disk', () => replaceDisk(n3, '/data/2'));
    expect(n3.must('ls /data/2/kafka')).toContain('meta.properties');
  }, 600_000);

  test('a controller whose disk died joins the quorum again under a fresh directory id', async () => {
    const before = await directories();
    await safely('empty controller disk', () => replaceDisk(n2, '/data/1'));
    const after = await directories();
    expect([after[0], after[2]]).toEqual([before[0], before[2]]);
    expect(after[1]).not.toBe(before[1]);
  }, 600_000);

  test('a host is replaced by a new one with the old disks', async () => {
    const before = await directories();
    await safely('host replaced, old disks', async () => {
      const volumes = Object.fromEntries(n1.volumes);
      await n1.remove();
      await n1.install(volumes).start();
      lab.deliver(n1);
      lab.install(n1);
    });
    expect(await directories()).toEqual(before);
  }, 600_000);

  test('a host is replaced by a new one with empty disks', async () => {
    const before = await directories();
    await safely('host replaced, empty disks', async () => {
      await n1.remove();
      await n1.install(lab.newVolumes()).start();
      lab.deliver(n1);
      lab.install(n1);
    });
    expect((await directories())[0]).not.toBe(before[0]);
  }, 600_000);
});

/** What RUNBOOK.md says of a disk that died. */
function replaceDisk(machine: Machine, mountPoint: string): void {
  machine.must(`systemctl stop kafka.service && umount ${mountPoint}`);
  machine.exchange(mountPoint, lab.newVolume());
  machine.must('/usr/local/sbin/mount-volumes');
  lab.install(machine);
  machine.must('systemctl is-active kafka.service');
}
