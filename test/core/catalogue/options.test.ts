import { explainOption, OPTION_TABLES } from '../../../lib/core/catalogue';
import { BROKER_DEFAULTS } from '../../../lib/core/model/broker-defaults';
import { KAFKA_RELEASES, KAFKA_VERSIONS } from '../../../lib/core/versions';

const { broker, topic, worker } = OPTION_TABLES;

describe('the option catalogue', () => {
  it('was read from the releases that the kit knows', () => {
    const releases = Object.fromEntries(KAFKA_RELEASES.map(({ version, patch }) => [version, patch]));
    for (const table of Object.values(OPTION_TABLES)) expect(table.data.releases).toEqual(releases);
  });

  it.each([
    ['3.9', 314, 36],
    ['4.0', 289, 33],
    ['4.1', 316, 33],
    ['4.2', 320, 33],
    ['4.3', 340, 33],
  ])('knows the documented options of Kafka %s', (version, brokerOptions, topicOptions) => {
    expect(broker.names(version)).toHaveLength(brokerOptions);
    expect(topic.names(version)).toHaveLength(topicOptions);
  });

  it('holds every option that the kit sets by default, in each version where it sets it', () => {
    for (const release of KAFKA_RELEASES) {
      const facts = { release, brokerCount: 3, racks: ['a', 'b'], replicationFactor: 3, minInSyncReplicas: 2 };
      for (const { option, value } of BROKER_DEFAULTS) {
        const set = value({ ...facts, managedBy: release.selfManaged ? 'self' : 'service' }) !== undefined;
        if (set) expect([release.version, option, broker.option(option, release.version)?.name]).toContain(option);
      }
    }
  });

  it.each([
    ['cordoned.log.dirs', [undefined, undefined, undefined, undefined, '']],
    ['controller.quorum.auto.join.enable', [undefined, undefined, undefined, 'false', 'false']],
    ['inter.broker.protocol.version', ['3.9-IV0', undefined, undefined, undefined, undefined]],
    ['num.recovery.threads.per.data.dir', ['1', '2', '2', '2', '2']],
    ['group.coordinator.append.linger.ms', ['10', '5', '5', '-1', '-1']],
    ['sasl.oauthbearer.expected.audience', [undefined, undefined, undefined, '', '']],
  ])('knows the default of %s in each version', (name, defaults) => {
    expect(KAFKA_VERSIONS.map((version) => broker.option(name, version)?.defaultValue)).toEqual(defaults);
  });

  it('knows when an option came and went', () => {
    expect(OPTION_TABLES.broker.life('cordoned.log.dirs')).toMatchObject({ since: '4.3' });
    expect(OPTION_TABLES.broker.life('zookeeper.connect')).toMatchObject({ since: '3.9', removedIn: '4.0' });
    expect(OPTION_TABLES.topic.life('message.format.version')).toMatchObject({ removedIn: '4.0' });
    expect(OPTION_TABLES.broker.life('constructor')).toBeUndefined();
  });

  it.each([
    ['log.retention.ms', 'cluster-wide'],
    ['ssl.keystore.location', 'per-broker'],
    ['num.partitions', 'read-only'],
  ])('knows how %s is changed', (name, update) => {
    expect(broker.option(name, '4.3')?.update).toBe(update);
  });

  it('knows which broker option gives a topic option its default', () => {
    expect(topic.option('retention.ms', '4.3')?.brokerOption).toBe('log.retention.ms');
    expect(topic.option('max.message.bytes', '4.3')?.brokerOption).toBe('message.max.bytes');
    expect(topic.option('remote.storage.enable', '4.3')?.brokerOption).toBeUndefined();
  });

  it('knows the options of Connect workers', () => {
    expect(worker.option('exactly.once.source.support', '4.3')?.defaultValue).toBe('disabled');
    expect(worker.option('group.id', '4.3')?.required).toBe(true);
  });

  it('holds documentation without markup', () => {
    for (const table of Object.values(OPTION_TABLES)) {
      for (const [name, { documentation }] of Object.entries(table.data.options)) {
        expect([name, /<\/?(code|p|a|ul|li|br)\b|&(lt|gt|quot|amp);/.test(documentation)]).toEqual([name, false]);
      }
    }
  });
});

describe('the explanation of an option', () => {
  it('says what it is, what is allowed and what it takes to change it', () => {
    const { documentation, ...rest } = explainOption('broker', 'compression.gzip.level', '4.3')!;
    expect(documentation).toMatch(/^The compression level to use/);
    expect(rest).toEqual({
      name: 'compression.gzip.level',
      type: 'int',
      defaultValue: '-1',
      allowed: 'at least 1, at most 9, or -1',
      update: 'changes at run time, for one broker or for all',
      since: '3.9 or older',
    });
  });

  it('says where a topic gets its default from', () => {
    expect(explainOption('topic', 'retention.ms', '4.1')).toMatchObject({
      defaultValue: '604800000, unless the broker says otherwise with log.retention.ms',
      update: 'changes at run time',
    });
  });

  it('is absent where the version does not have the option', () => {
    expect(explainOption('broker', 'cordoned.log.dirs', '4.2')).toBeUndefined();
    expect(explainOption('broker', 'cordoned.log.dirs', '4.3')?.since).toBe('4.3');
  });
});
