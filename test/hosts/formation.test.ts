import type { KafkaClient } from '../../lib/admin';
import { HostsLab } from '../support/machines/hosts-lab';

const lab = new HostsLab();
let admin: KafkaClient;

beforeAll(async () => {
  await lab.open();
  await lab.mustKdk('lock', 'lab');
  await lab.render();
  for (const machine of lab.machines) lab.deliver(machine);
}, 600_000);

afterAll(async () => {
  await admin?.close();
  await lab.close();
}, 120_000);

describe('hosts that were rendered, copied and installed', () => {
  test('form a cluster whatever the order of install.sh', async () => {
    for (const machine of [...lab.machines].reverse()) expect(lab.install(machine)).toContain('install: started');
    admin = await lab.admin();
    await lab.whole(admin);
    const { voters } = await admin.describeQuorum();
    expect(voters.map(({ id }) => id).sort()).toEqual([1, 2, 3]);
    expect(await admin.describeFeatures()).toContainEqual({ name: 'kraft.version', level: 1 });
  }, 600_000);

  test('install.sh a second time writes nothing and restarts nothing', () => {
    const before = lab.machines.map((machine) => machine.kafka());
    for (const machine of lab.machines) expect(lab.install(machine)).toEqual(['install: nothing to do']);
    expect(lab.machines.map((machine) => machine.kafka())).toEqual(before);
  }, 120_000);

  test('a user with a password writes what its ACLs allow, and another reads it', async () => {
    await lab.apply();
    const checkout = await lab.logIn('checkout');
    const records = [{ key: 'k', value: 'first', timestampMs: Date.now() }];
    const written = await checkout.produce({ topic: 'orders', partition: 0, records, acks: 'all' });
    expect(written).toMatchObject({ baseOffset: 0 });
    const billing = await lab.logIn('billing');
    const [read] = await billing.fetch('orders', new Map([[0, 0]]));
    expect(read!.records.map(({ value }) => value)).toEqual(['first']);
    const refused = await billing.produce({ topic: 'orders', partition: 0, records, acks: 'all' });
    expect(refused).toMatchObject({ error: { message: expect.stringMatching(/authoriz/i) } });
    await Promise.all([checkout.close(), billing.close()]);
  }, 180_000);

  test('fails to log in with a wrong password', async () => {
    await expect(lab.logIn('checkout', 'guessed')).rejects.toThrow(/authenticat|credentials/i);
  }, 60_000);

  test('the service that runs is hardened, an exposure of 2.0 or less', () => {
    for (const machine of lab.machines) {
      const report = machine.must('systemd-analyze security --no-pager --threshold=20 kafka.service');
      expect(report).toMatch(/Overall exposure level for kafka\.service: [01]\.\d/);
    }
  });

  test('no password and no private key is in the journal, in a command line or in the folder that came', () => {
    for (const machine of lab.machines) {
      const [pid, folder] = [machine.kafka(), '/home/kafka-ops/lab'];
      const said = machine.must(`journalctl --no-pager; tr '\\0' ' ' </proc/${pid}/cmdline; cat /proc/${pid}/environ`);
      expect(said).not.toMatch(/secret of|PRIVATE KEY/);
      expect(machine.run(`grep -rl 'secret of' ${folder} /etc/kafka`).stdout).toBe('');
    }
  });
});
