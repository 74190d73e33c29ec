import type { KafkaClient } from '../../lib/admin';
import { kafkaRelease } from '../../lib/core/versions';
import { measured } from '../support/machines/figures';
import { formedBefore } from '../support/machines/formed';
import { HostsLab } from '../support/machines/hosts-lab';
import { VerifiedLoad } from '../support/machines/verified-load';

const OLD = kafkaRelease('4.2')!;
const NEW = kafkaRelease('4.3')!;
const lab = new HostsLab();
let admin: KafkaClient;

formedBefore(lab, { ready: (client) => (admin = client), options: { kafka: OLD.version } });

const roll = (): ReturnType<HostsLab['kdk']> => lab.kdk('roll', 'lab', '--from', 'dist', ...lab.asAdmin);

/** The Kafka of each process that runs, by the jars that it has open. */
const running = (): string[] =>
  lab.machines.map((machine) => machine.must(`ls -l /proc/${machine.kafka()}/fd | grep -o 'kafka_2.13-[0-9.]*[0-9].jar'`).trim()); // prettier-ignore

const level = async (): Promise<number> =>
  (await admin.describeFeatures()).find(({ name }) => name === 'metadata.version')!.level;

/** Renders the environment with a version and rolls it under load. */
async function change(what: string, version: string): Promise<void> {
  lab.describe({ kafka: version });
  await lab.render();
  let said = '';
  const figures = await VerifiedLoad.during(lab, admin, async () => {
    const { status, stdout, stderr } = await roll();
    if (status !== 0) throw new Error(`kdk roll ended with ${status}: ${stdout}${stderr}`);
    said = stdout;
  });
  measured(what, { ...figures, nodes: said.match(/n\d restarted in \d+ s/g) });
  expect(figures).toMatchObject({ lost: 0, failed: [], fewestInSync: 2 });
  expect(figures.acknowledged).toBeGreaterThan(1_000);
}

describe('a newer Kafka on hosts, under load', () => {
  test('is rolled in node by node, and its features wait', async () => {
    expect(running()).toEqual(Array(3).fill(`kafka_2.13-${OLD.patch}.jar`));
    await change(`upgrade from ${OLD.patch} to ${NEW.patch}`, NEW.version);
    expect(running()).toEqual(Array(3).fill(`kafka_2.13-${NEW.patch}.jar`));
    expect(await level()).toBe(OLD.metadataLevel);
  }, 900_000);

  test('is taken back while its features are not in force', async () => {
    await change(`back from ${NEW.patch} to ${OLD.patch}`, OLD.version);
    expect(running()).toEqual(Array(3).fill(`kafka_2.13-${OLD.patch}.jar`));
  }, 900_000);

  test('fails to finalise features while a node runs the older Kafka', async () => {
    const { status } = await lab.kdk('upgrade-features', '--release', NEW.version, ...lab.asAdmin);
    expect(status).not.toBe(0);
    expect(await level()).toBe(OLD.metadataLevel);
  }, 120_000);

  test('is finalised as a step of its own', async () => {
    await change(`upgrade again from ${OLD.patch} to ${NEW.patch}`, NEW.version);
    await lab.mustKdk('upgrade-features', 'lab', ...lab.asAdmin);
    expect(await level()).toBe(NEW.metadataLevel);
  }, 900_000);

  test('fails to be taken back after that, and nothing is touched', async () => {
    const before = lab.machines.map((machine) => machine.kafka());
    lab.describe({ kafka: OLD.version });
    await lab.render();
    const { status, stderr } = await roll();
    expect(status).toBe(1);
    expect(stderr).toMatch(/ROLL-DOWNGRADE.*nothing was touched/is);
    expect(lab.machines.map((machine) => machine.kafka())).toEqual(before);
    expect(running()).toEqual(Array(3).fill(`kafka_2.13-${NEW.patch}.jar`));
  }, 120_000);
});
