import type { KafkaClient } from '../../lib/admin';
import { measured } from '../support/machines/figures';
import { formedBefore } from '../support/machines/formed';
import { HostsLab } from '../support/machines/hosts-lab';
import { VerifiedLoad } from '../support/machines/verified-load';

const lab = new HostsLab('dedicated');
const controllers = lab.machines.slice(0, 3);
let admin: KafkaClient;

formedBefore(lab, { ready: (client) => (admin = client), timeoutMs: 1_200_000 });

const activeController = async (): Promise<string> => `n${(await admin.describeQuorum()).leaderId}`;

describe('three controllers and three brokers on hosts of their own', () => {
  test('form one quorum, and brokers that hold no vote', async () => {
    const [{ brokers }, { voters }] = await Promise.all([admin.describeCluster(), admin.describeQuorum()]);
    expect(brokers.map(({ id }) => id).sort()).toEqual([4, 5, 6]);
    expect(voters.map(({ id }) => id).sort()).toEqual([1, 2, 3]);
  }, 60_000);

  test('a controller whose disk died joins the quorum again while brokers go on', async () => {
    const active = await activeController();
    const machine = controllers.find(({ name }) => name !== active)!;
    const figures = await VerifiedLoad.during(lab, admin, async () => {
      machine.must('systemctl stop kafka.service && umount /data/1');
      machine.exchange('/data/1', lab.newVolume());
      machine.must('/usr/local/sbin/mount-volumes');
      lab.install(machine);
      await lab.whole(admin);
    });
    measured('empty disk of a controller alone', figures);
    expect(figures).toMatchObject({ lost: 0, failed: [], fewestInSync: 3 });
  }, 600_000);

  test('are rolled brokers first, the active controller last, and nothing is lost', async () => {
    const active = await activeController();
    let said = '';
    const figures = await VerifiedLoad.during(lab, admin, async () => {
      said = await lab.mustKdk('roll', 'lab', '--all', ...lab.asAdmin);
    });
    const nodes = said.match(/n\d restarted in \d+ s/g) ?? [];
    measured('roll of brokers and controllers', { ...figures, nodes });
    expect(figures).toMatchObject({ lost: 0, failed: [], fewestInSync: 2 });
    const order = nodes.map((line) => line.split(' ')[0]);
    expect(order.slice(0, 3)).toEqual(['n4', 'n5', 'n6']);
    expect(order.slice(3).sort()).toEqual(['n1', 'n2', 'n3']);
    expect(order.at(-1)).toBe(active);
  }, 1_200_000);
});
