import type { AdminPort, KafkaError } from '../../lib/admin';
import { MemoryCluster } from '../../lib/admin/adapters/memory';
import { poll } from '../../lib/admin/wait';
import { AUTHORIZED, startAskedCluster, type AskedCluster } from '../support/clusters-to-ask';
import { stateOf, type ClusterState } from '../support/edited-state';
import { randomEdits } from '../support/random-edits';

const VERSION = '4.3';
const EDITS = 250;
const PATIENCE = { deadlineMs: 30_000, pauseMs: 50 };

describe('the cluster in memory beside real Kafka', () => {
  let real: AskedCluster;
  let memory: AdminPort;

  beforeAll(async () => {
    real = await startAskedCluster(VERSION, { count: 3, properties: AUTHORIZED });
    const brokers = real.nodes.ids.map((id) => ({ id }));
    memory = new MemoryCluster({ kafka: VERSION, brokers }).connect();
  }, 600_000);

  afterAll(() => real?.stop(), 60_000);

  it('answers random edits with the same errors, and ends as it does', async () => {
    const brokers = real.nodes.ids;
    const differences: string[] = [];
    for (const [number, edit] of randomEdits({ seed: 7, count: EDITS, brokers }).entries()) {
      const expected = (await edit.run(real.client)).map(code).join();
      const answered = (await edit.run(memory)).map(code).join();
      if (answered !== expected)
        differences.push(`${number}: ${edit.words}: ${answered} in memory, ${expected} of Kafka`);
    }
    expect(differences).toEqual([]);
    const wanted = await stateOf(memory);
    const found = await poll(
      () => stateOf(real.client),
      (state: ClusterState) => JSON.stringify(state) === JSON.stringify(wanted),
      PATIENCE,
    );
    expect(wanted).toEqual(found);
  }, 300_000);

  it('has the options of topics and brokers, with the values that nobody set', async () => {
    const options = async (port: AdminPort, type: 'topic' | 'broker', name: string) => {
      const [described] = await port.describeConfigs([{ type, name }]);
      return new Map(described!.entries.map(({ option, ...entry }) => [option, entry]));
    };
    const fresh = { name: 'likeness', placement: { partitions: 1, replicationFactor: 1 }, config: {} };
    for (const port of [real.client, memory]) {
      await port.createTopics([fresh], { validateOnly: false });
      await poll(
        () => port.describeConfigs([{ type: 'topic', name: fresh.name }]),
        ([described]) => described!.error === undefined,
        PATIENCE,
      );
    }
    expect(await options(memory, 'topic', fresh.name)).toEqual(await options(real.client, 'topic', fresh.name));

    const broker = String(real.nodes.ids[0]);
    const found = await options(real.client, 'broker', broker);
    const inMemory = await options(memory, 'broker', broker);
    const isDefault = ([, { source }]: [string, { source: string }]) => source === 'default';
    const defaults = new Map([...found].filter(isDefault));
    expect(new Map([...inMemory].filter(([option]) => defaults.has(option)))).toEqual(defaults);
  }, 60_000);
});

function code({ error }: { readonly error?: KafkaError }): number {
  return error?.code ?? 0;
}
