import { copyFileSync, appendFileSync } from 'node:fs';
import { join } from 'node:path';
import type { KafkaClient } from '../../lib/admin';
import { measured } from '../support/machines/figures';
import { formedBefore } from '../support/machines/formed';
import { HostsLab } from '../support/machines/hosts-lab';
import type { LabOptions } from '../support/machines/lab-environment';
import { PRODUCER, VerifiedLoad } from '../support/machines/verified-load';

const PASSWORDS = { internal: { authentication: 'scram-sha-512', port: 9092 } };
const CERTIFICATES = { secure: { authentication: 'mtls', port: 9094 } };
const lab = new HostsLab();
let admin: KafkaClient;

formedBefore(lab, { ready: (client) => (admin = client) });

/** Rolls the environment in while a client writes by a door. */
async function rollIn(what: string, environment: LabOptions, settings?: string): Promise<void> {
  lab.describe(environment);
  let said = '';
  const work = async (): Promise<void> => void (said = await lab.mustKdk('roll', 'lab', ...lab.asAdmin));
  const figures = await VerifiedLoad.during(lab, admin, work, settings);
  measured(what, { ...figures, nodes: said.match(/n\d restarted in \d+ s/g) });
  expect(figures).toMatchObject({ lost: 0, failed: [], fewestInSync: 2 });
  expect(said).toContain('3 nodes restarted');
  await lab.mustKdk('lock', 'lab');
}

describe('clients that move from passwords to certificates', () => {
  test('fails where the old door is closed before another one is open', async () => {
    lab.describe({ listeners: CERTIFICATES, door: 'secure' });
    const { status, stderr } = await lab.kdk('roll', 'lab', ...lab.asAdmin);
    expect(status).toBe(1);
    expect(stderr).toMatch(/LOCK-FIXED listeners\.internal/);
  }, 60_000);

  test('a first roll opens the new door beside the old one, by which they go on', async () => {
    await rollIn('a second listener', { listeners: { ...PASSWORDS, ...CERTIFICATES } });
  }, 900_000);

  test('a second roll closes the old one when they have moved', async () => {
    lab.describe({ listeners: { ...PASSWORDS, ...CERTIFICATES }, door: 'secure' });
    await lab.issueCertificates();
    await lab.apply();
    const settings = join(lab.folder, 'moved.properties');
    copyFileSync(join(lab.certificates, 'clients/checkout/client.properties'), settings);
    appendFileSync(settings, PRODUCER);
    const acknowledge = [
      { code: 'LOCK-FIXED', path: 'listeners.internal', from: 'SASL_SSL scram-sha-512 9092', to: 'none', reason: 'clients have moved' }, // prettier-ignore
    ];
    await rollIn('the first listener closed', { listeners: CERTIFICATES, door: 'secure', acknowledge }, settings);
    await expect(lab.logIn('checkout')).rejects.toThrow(/ECONNREFUSED/);
  }, 900_000);
});
