import { MemoryCluster } from '../../lib/admin/adapters/memory';
import { Refused } from '../../lib/admin/failures';
import type { KafkaClient } from '../../lib/admin';
import type { FeatureDescription, QuorumDescription } from '../../lib/admin/port';
import { evacuateBrokers, finaliseFeatures, takeOutControllers, unregister } from '../../lib/cli/commands/membership';
import type { Context } from '../../lib/cli/outcome';
import { kdk, STACK_TRACE, TemporaryProject } from '../support/kdk';
import { memoryContext, SHOP } from '../support/memory-reach';

const FOUR = ['a', 'b', 'c', 'a'].map((rack, index) => ({ id: index + 1, rack }));
const reach = { bootstrap: 'b1:9092' };

/** What Kafka does about members, which the cluster in memory does not know. */
class Members {
  readonly forgotten: number[] = [];
  readonly out: string[] = [];
  level = 27;

  constructor(private readonly memory: MemoryCluster) {}

  context(): Context {
    const { memory, forgotten, out } = this;
    const base = memoryContext(memory);
    const connect = (): Promise<KafkaClient> => {
      const client = memory.connect();
      const quorum = client.describeQuorum.bind(client);
      return Promise.resolve(
        Object.assign(client, {
          unregisterBroker: (id: number): Promise<void> => {
            if (id > 4 || forgotten.includes(id))
              return Promise.reject(
                new Refused('unregister', { name: 'BROKER_ID_NOT_REGISTERED', code: 102, message: 'gone' } as never),
              );
            forgotten.push(id);
            return Promise.resolve();
          },
          removeVoter: ({ id, directoryId }: { id: number; directoryId: string }): Promise<void> => {
            out.push(`${id} ${directoryId}`);
            return Promise.resolve();
          },
          // Controller 3 was shut down.
          describeQuorum: async (): Promise<QuorumDescription> => {
            const { voters, ...rest } = await quorum();
            const still = voters.filter(({ id }) => !out.some((gone) => gone.startsWith(`${id} `)));
            return {
              ...rest,
              leaderId: 1,
              voters: still.map((one) => (one.id === 3 ? { ...one, behindMs: 60_000 } : one)),
            };
          },
          describeFeatures: (): Promise<readonly FeatureDescription[]> =>
            Promise.resolve([{ name: 'metadata.version', level: this.level }]),
          upgradeFeatures: (features: readonly FeatureDescription[], { validateOnly }: { validateOnly: boolean }) => {
            const metadata = features.find(({ name }) => name === 'metadata.version');
            if (!validateOnly && metadata !== undefined) this.level = metadata.level;
            return Promise.resolve();
          },
        }) as unknown as KafkaClient,
      );
    };
    return { ...base, reach: { ...base.reach!, connect } };
  }
}

describe('what takes members out of a cluster', () => {
  let memory: MemoryCluster;
  let members: Members;
  beforeEach(async () => {
    memory = new MemoryCluster({ brokers: FOUR });
    members = new Members(memory);
    await memory
      .connect()
      .createTopics([{ name: 'orders', placement: { partitions: 24, replicationFactor: 3 }, config: {} }], {
        validateOnly: false,
      });
    memory.mutations.length = 0;
  });
  const onLeaving = async (): Promise<number> => {
    const [topic] = await memory.connect().describeTopics(['orders']);
    return topic!.partitions.filter(({ replicas }) => replicas.includes(4)).length;
  };

  test('evacuate says what would move and moves nothing, then moves it, and has nothing to do again', async () => {
    const held = await onLeaving();
    expect(held).toBeGreaterThan(0);
    const plan = await evacuateBrokers(undefined, { ...reach, brokers: '4', planOnly: true }, members.context());
    expect(plan.lines).toEqual([`${held} replicas on 4, ${held} partitions to move`]);
    expect(memory.mutations).toEqual([]);
    const done = await evacuateBrokers(undefined, { ...reach, brokers: '4' }, members.context());
    // With those of the topic of offsets, which the lease of the first run has made.
    expect(done).toMatchObject({
      status: 0,
      lines: [expect.stringMatching(/^\d+ partitions moved, 0 replicas left$/)],
    });
    expect(await onLeaving()).toBe(0);
    const again = await evacuateBrokers(undefined, { ...reach, brokers: '4' }, members.context());
    expect(again).toMatchObject({ status: 0, lines: ['0 partitions moved, 0 replicas left'] });
  });

  test('evacuate empties a whole rack, of which the cluster says who is in it', async () => {
    const plan = (racks: string, more = {}): ReturnType<typeof evacuateBrokers> =>
      evacuateBrokers(undefined, { ...reach, racks, planOnly: true, ...more }, members.context());
    expect((await plan('b')).lines).toEqual([expect.stringMatching(/ replicas on 2, /)]);
    await expect(plan('d,b')).rejects.toMatchObject({
      code: 'RACK-UNKNOWN',
      message: 'no broker that answers is in such a rack, got d; a, b, c are allowed.',
    });
    await expect(plan('b', { brokers: '1' })).rejects.toMatchObject({ code: 'USAGE', status: 2 });
    await expect(plan('b,')).rejects.toMatchObject({ code: 'USAGE', status: 2 });
  });

  test('evacuate that was killed half-way is done by the next one, and leaves no throttle', async () => {
    memory.killAfter(14, 'half');
    await expect(evacuateBrokers(undefined, { ...reach, brokers: '4' }, members.context())).rejects.toThrow();
    memory.revive();
    const next = await evacuateBrokers(undefined, { ...reach, brokers: '4' }, members.context());
    expect(next).toMatchObject({ status: 0, lines: [expect.stringMatching(/, 0 replicas left$/)] });
    expect(await onLeaving()).toBe(0);
    const brokers = await memory.connect().describeConfigs([{ type: 'broker', name: '1' }] as never);
    expect(JSON.stringify(brokers)).not.toContain('replication.throttled.rate":"');
  });

  test('evacuate warns of a broker that nobody knows, which may be a slip of the pen', async () => {
    const ran = await evacuateBrokers(undefined, { ...reach, brokers: '4,44', planOnly: true }, members.context());
    expect(ran.issues).toEqual([
      expect.objectContaining({
        code: 'BROKER-UNKNOWN',
        level: 'warning',
        message: expect.stringContaining('got 44;'),
      }),
    ]);
  });

  test('evacuate fails where fewer brokers than replicas would stay, and moves nothing', async () => {
    await expect(evacuateBrokers(undefined, { ...reach, brokers: '3,4' }, members.context())).rejects.toMatchObject({
      code: 'EVACUATION-IMPOSSIBLE',
    });
    expect(memory.mutations).toEqual([]);
  });

  test('unregister fails for a broker that is up or holds replicas, forgets one that is gone, and says what was not there', async () => {
    const forget = (): ReturnType<typeof unregister> =>
      unregister(undefined, { ...reach, brokers: '4,9' }, members.context());
    await expect(forget()).rejects.toMatchObject({ code: 'BROKER-ALIVE' });
    memory.stopBroker(4);
    await expect(forget()).rejects.toMatchObject({ code: 'BROKER-NOT-EMPTY' });
    memory.startBroker(4);
    await evacuateBrokers(undefined, { ...reach, brokers: '4' }, members.context());
    memory.stopBroker(4);
    expect((await forget()).lines).toEqual(['broker 4: unregistered', 'broker 9: not registered']);
    expect((await forget()).lines).toEqual(['broker 4: not registered', 'broker 9: not registered']);
    expect(members.forgotten).toEqual([4]);
  });

  test('remove-controllers takes out one that is down once, and fails for one that runs', async () => {
    const take = (controllers: string): ReturnType<typeof takeOutControllers> =>
      takeOutControllers(undefined, { ...reach, controllers, wait: '1s' }, members.context());
    expect((await take('3')).lines).toEqual(['controller 3: taken out']);
    expect((await take('3')).lines).toEqual(['controller 3: no voter']);
    await expect(take('2')).rejects.toMatchObject({ code: 'CONTROLLER-ALIVE' });
    expect(members.out).toHaveLength(1);
  });

  test('upgrade-features says what would rise, raises it once, and fails on the way back', async () => {
    const raise = (release: string, planOnly = false): ReturnType<typeof finaliseFeatures> =>
      finaliseFeatures(undefined, { ...reach, release, planOnly }, members.context());
    expect((await raise('4.3', true)).lines).toContain('metadata.version would rise from 27 to 30');
    expect(members.level).toBe(27);
    await expect(raise('4.9')).rejects.toMatchObject({ code: 'USAGE' });
    members.level = 30;
    await expect(raise('4.2')).rejects.toMatchObject({ code: 'FEATURES-HIGHER' });
  });
});

describe('the command line of what takes members out', () => {
  const project = new TemporaryProject({ 'environments/shop.yaml': SHOP });
  afterAll(() => project.remove());

  test.each<[readonly string[], number, RegExp]>([
    [['evacuate', '--brokers', 'b4', '--bootstrap', 'b1:9092'], 2, /no ids of nodes, got --brokers "b4"; numbers/],
    [['evacuate', '--bootstrap', 'b1:9092'], 2, /no ids of nodes, got --brokers ""/],
    [['evacuate', 'shpo', '--brokers', '4'], 2, /shop/],
    [
      ['evacuate', '--brokers', '4', '--throttle', 'fast', '--bootstrap', 'b1:9092'],
      2,
      /not a rate, got --throttle "fast"/,
    ],
    [['unregister', '--brokers', '1.5', '--bootstrap', 'b1:9092'], 2, /no ids of nodes/],
    [['unregister', '--broker', '4', '--bootstrap', 'b1:9092'], 2, /--brokers/],
    [['remove-controllers', '--controllers', '-1', '--bootstrap', 'b1:9092'], 2, /no ids of nodes|argument/],
    [
      ['upgrade-features', '--release', '5.0', '--bootstrap', 'b1:9092'],
      2,
      /not known, got --release "5.0"; known are/,
    ],
    [['unregister', '--brokers', '4', '--bootstrap', '127.0.0.1:1'], 3, /127\.0\.0\.1:1/],
  ])('fails with %j', async (args, status, message) => {
    const ran = await kdk(project.folder, args);
    expect(ran.stderr).toMatch(message);
    expect(ran.stderr).not.toMatch(STACK_TRACE);
    expect(ran.status).toBe(status);
  });
});
