import type { ConfigChange, ConfigResource, ConfigTarget } from '../../../lib/admin';
import { codes, eventually, makeTopics, plainTopic, TEST_MS, type Opened } from './contract';

const really = { validateOnly: false };
const dry = { validateOnly: true };
const target = ({ type, name }: ConfigTarget): ConfigTarget => ({ type, name });

export function configContract(opened: Opened): void {
  /** The options that are set there and nowhere above it, as a plain object. */
  async function setAt(resource: ConfigResource, broker?: number): Promise<Record<string, string | undefined>> {
    const [described] = await opened().client.describeConfigs([resource], broker === undefined ? {} : { broker });
    expect(described!.error).toBeUndefined();
    const own = described!.entries.filter(({ source }) => source === resource.type);
    return Object.fromEntries(own.map(({ option, value }) => [option, value]));
  }

  test(
    'changes the options named and keeps the others',
    async () => {
      const { client, brokers } = opened();
      const topic = { type: 'topic', name: 'contract-options' } as const;
      await makeTopics(opened(), [
        { ...plainTopic(topic.name), config: { 'retention.ms': '1000000', 'max.message.bytes': '500000' } },
      ]);
      const change = { ...topic, set: { 'cleanup.policy': 'compact', 'retention.ms': '2000000' }, remove: [] };
      expect(await client.alterConfigs([change], dry)).toEqual([{ item: topic }]);
      expect(await setAt(topic)).toEqual({ 'retention.ms': '1000000', 'max.message.bytes': '500000' });

      expect(await client.alterConfigs([change], really)).toEqual([{ item: topic }]);
      for (const broker of brokers)
        expect(
          await eventually(
            () => setAt(topic, broker),
            (set) => set['retention.ms'] === '2000000',
          ),
        ).toEqual({ 'cleanup.policy': 'compact', 'retention.ms': '2000000', 'max.message.bytes': '500000' });

      await client.alterConfigs([{ ...topic, set: {}, remove: ['retention.ms'] }], really);
      const left = await eventually(
        () => setAt(topic),
        (set) => set['retention.ms'] === undefined,
      );
      expect(left).toEqual({ 'cleanup.policy': 'compact', 'max.message.bytes': '500000' });
    },
    TEST_MS,
  );

  test(
    'describes every option of a resource, or those asked for, with where the value comes from',
    async () => {
      const { client } = opened();
      const topic = { type: 'topic', name: 'contract-described' } as const;
      await makeTopics(opened(), [{ ...plainTopic(topic.name), config: { 'segment.ms': '3600000' } }]);
      const [all, some] = await client.describeConfigs([topic, { ...topic, options: ['segment.ms', 'segment.bytes'] }]);
      expect(all!.entries.length).toBeGreaterThan(20);
      expect([...some!.entries].sort((a, b) => (a.option < b.option ? -1 : 1))).toEqual([
        { option: 'segment.bytes', value: '1073741824', source: 'default' },
        { option: 'segment.ms', value: '3600000', source: 'topic' },
      ]);
    },
    TEST_MS,
  );

  test(
    'changes the dynamic default of all brokers and the options of one broker',
    async () => {
      const { client, brokers } = opened();
      const cluster = { type: 'cluster', name: '' } as const;
      const broker = { type: 'broker', name: String(brokers[0]) } as const;
      const results = await client.alterConfigs(
        [
          { ...cluster, set: { 'log.cleaner.threads': '2' }, remove: [] },
          { ...broker, set: { 'log.retention.ms': '1234567' }, remove: [] },
        ],
        really,
      );
      expect(results).toEqual([{ item: cluster }, { item: broker }]);
      const wanted = (set: Record<string, string | undefined>): boolean => set['log.cleaner.threads'] === '2';
      expect((await eventually(() => setAt(cluster), wanted))['log.cleaner.threads']).toBe('2');
      expect(
        await eventually(
          () => setAt(broker),
          (set) => set['log.retention.ms'] === '1234567',
        ),
      ).toEqual({
        'log.retention.ms': '1234567',
      });
      const [seen] = await eventually(
        () => client.describeConfigs([{ ...broker, options: ['log.cleaner.threads'] }]),
        (described) => described[0]!.entries[0]?.source === 'cluster',
      );
      expect(seen!.entries).toEqual([{ option: 'log.cleaner.threads', value: '2', source: 'cluster' }]);

      await client.alterConfigs(
        [
          { ...cluster, set: {}, remove: ['log.cleaner.threads'] },
          { ...broker, set: {}, remove: ['log.retention.ms'] },
        ],
        really,
      );
      expect(
        await eventually(
          () => setAt(broker),
          (set) => Object.keys(set).length === 0,
        ),
      ).toEqual({});
    },
    TEST_MS,
  );

  test(
    'fails for each resource by itself, in the order asked for',
    async () => {
      const { client, brokers } = opened();
      const topic = (name: string): ConfigTarget => ({ type: 'topic', name });
      await makeTopics(
        opened(),
        ['contract-fine', 'contract-unknown', 'contract-value'].map((name) => plainTopic(name)),
      );
      const broker: ConfigTarget = { type: 'broker', name: String(brokers[0]) };
      const changes: ConfigChange[] = [
        { ...topic('contract-unknown'), set: { 'no.such.option': '1' }, remove: [] },
        { ...topic('contract-value'), set: { 'retention.ms': 'long' }, remove: [] },
        { ...broker, set: { 'log.dirs': '/elsewhere' }, remove: [] },
        { ...topic('contract-absent'), set: { 'retention.ms': '1' }, remove: [] },
        { ...topic('contract-fine'), set: { 'retention.ms': '5000000' }, remove: [] },
      ];
      for (const options of [dry, really]) {
        const results = await client.alterConfigs(changes, options);
        expect(results.map(({ item }) => item)).toEqual(changes.map(target));
        expect(codes(results)).toEqual([40, 40, 42, 3, 0]);
      }
      expect(
        await eventually(
          () => setAt(topic('contract-fine')),
          (set) => Object.keys(set).length > 0,
        ),
      ).toEqual({
        'retention.ms': '5000000',
      });
    },
    TEST_MS,
  );

  test(
    'fails for a resource that is named twice, and changes nothing of it',
    async () => {
      const { client } = opened();
      const topic = { type: 'topic', name: 'contract-twice' } as const;
      await makeTopics(opened(), [plainTopic(topic.name)]);
      const change = (value: string) => ({ ...topic, set: { 'retention.ms': value }, remove: [] });
      expect(codes(await client.alterConfigs([change('1000'), change('2000')], really))).toEqual([42, 42]);
      expect(await setAt(topic)).toEqual({});
    },
    TEST_MS,
  );

  test(
    'fails to describe a topic that is not there, beside one that is',
    async () => {
      const { client } = opened();
      await makeTopics(opened(), [plainTopic('contract-is-there')]);
      const described = await client.describeConfigs([
        { type: 'topic', name: 'contract-is-not-there' },
        { type: 'topic', name: 'contract-is-there' },
      ]);
      expect(described.map(({ name, error }) => [name, error?.name])).toEqual([
        ['contract-is-not-there', 'UNKNOWN_TOPIC_OR_PARTITION'],
        ['contract-is-there', undefined],
      ]);
    },
    TEST_MS,
  );
}
