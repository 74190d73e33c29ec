import fc from 'fast-check';
import { MemoryCluster, ProcessKilled, type ClusterSnapshot, type Effect } from '../../../lib/admin/adapters/memory';
import { aclKey, type Acl } from '../../../lib/core/cluster';
import type { DesiredState, DesiredTopic } from '../../../lib/core/plan';
import { access, allow, converge, desiredOf, planOf, topic } from './harness';

const TOPICS = ['alpha', 'beta', 'gamma', 'delta'];
const PEOPLE = ['ann', 'bob', 'cyd'];

/** One edit of the file, as numbers; what it means depends on what the file was before. */
interface Edit {
  readonly topics: readonly {
    readonly state: 'declared' | 'absent' | 'deleted';
    readonly growth: number;
    readonly replicationFactor: number;
    readonly config: Readonly<Record<string, string>>;
  }[];
  readonly acls: readonly Acl[];
  readonly users: readonly ('declared' | 'deleted')[];
  readonly quotas: readonly (number | undefined)[];
  readonly messageBytes: number;
}

const option = (...values: string[]) => fc.option(fc.constantFrom(...values), { nil: undefined });

const config = fc
  .record({
    'retention.ms': option('60000', '7200000', '-1'),
    'max.message.bytes': option('1000', '2000000'),
    'compression.type': option('zstd', 'producer'),
  })
  .map(
    (options) =>
      Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as Record<string, string>,
  );

const edit: fc.Arbitrary<Edit> = fc.record({
  topics: fc.tuple(
    ...TOPICS.map(() =>
      fc.record({
        state: fc.constantFrom('declared' as const, 'declared' as const, 'absent' as const, 'deleted' as const),
        growth: fc.constantFrom(0, 0, 1, 2),
        replicationFactor: fc.constantFrom(1, 2, 3),
        config,
      }),
    ),
  ),
  acls: fc.subarray(
    PEOPLE.flatMap((person) => TOPICS.flatMap((name) => [allow(person, name), allow(person, name, 'write')])),
    { maxLength: 8 },
  ),
  users: fc.tuple(...PEOPLE.map(() => fc.constantFrom('declared' as const, 'deleted' as const))),
  quotas: fc.tuple(...PEOPLE.map(() => fc.option(fc.integer({ min: 1, max: 3 }), { nil: undefined }))),
  messageBytes: fc.constantFrom(1_500_000, 2_500_000),
});

interface Trouble {
  readonly lag: number;
  /** Of each request in turn: how it is lost, mostly not at all. */
  readonly losses: readonly (Effect | undefined)[];
  readonly killAfter: number | undefined;
  readonly putOff: number;
  readonly failOver: boolean;
}

const trouble: fc.Arbitrary<Trouble> = fc.record({
  lag: fc.constantFrom(0, 0, 1, 3),
  losses: fc.array(
    fc.oneof(
      { weight: 9, arbitrary: fc.constant(undefined) },
      { weight: 1, arbitrary: fc.constantFrom<Effect>('before', 'half', 'after') },
    ),
    { minLength: 20, maxLength: 40 },
  ),
  killAfter: fc.option(fc.integer({ min: 1, max: 60 }), { nil: undefined }),
  putOff: fc.integer({ min: 0, max: 3 }),
  failOver: fc.boolean(),
});

/** The file after an edit; partitions only ever grow, since nothing else is possible. */
function desiredAfter(made: Edit, cluster: MemoryCluster): DesiredState {
  const present = cluster.snapshot().topics;
  const topics: DesiredTopic[] = [];
  const deletedTopics: DesiredState['deletedTopics'][number][] = [];
  made.topics.forEach(({ state, growth, replicationFactor, config: options }, index) => {
    const name = TOPICS[index]!;
    const partitions = (present[name]?.replicas.length ?? 1) + growth;
    if (state === 'declared') topics.push(topic(name, { partitions, replicationFactor, config: options }));
    if (state === 'deleted') deletedTopics.push({ name, reason: 'done', path: `topics.${name}` });
  });
  const named = (wanted: 'declared' | 'deleted') => PEOPLE.filter((_, index) => made.users[index] === wanted);
  return desiredOf({
    topics,
    deletedTopics,
    access: access(made.acls, PEOPLE),
    users: {
      mechanism: 'SCRAM-SHA-512',
      iterations: 4096,
      users: named('declared').map((name) => ({ name, secret: { secret: name, key: 'password' }, path: name })),
      deleted: named('deleted').map((name) => ({ name, reason: 'left', path: name })),
    },
    quotas: {
      quotas: PEOPLE.flatMap((user, index) => {
        const rate = made.quotas[index];
        return rate === undefined ? [] : [{ entity: { user }, values: { producer_byte_rate: rate }, path: user }];
      }),
      deleted: PEOPLE.flatMap((user, index) =>
        made.quotas[index] === undefined ? [{ entity: { user }, reason: 'none', path: user }] : [],
      ),
    },
    brokerOptions: [
      { option: 'message.max.bytes', value: String(made.messageBytes), update: 'cluster-wide', path: 'kafka.config' },
    ],
  });
}

async function withForeigners(): Promise<MemoryCluster> {
  const cluster = new MemoryCluster();
  const admin = cluster.connect();
  const placement = { partitions: 2, replicationFactor: 2 };
  await admin.createTopics([{ name: 'foreign', placement, config: { 'retention.ms': '7' } }], { validateOnly: false });
  await admin.createAcls([allow('stranger', 'alpha'), allow('stranger', 'foreign')]);
  const salted = { salt: new Uint8Array(32), saltedPassword: new Uint8Array(64), iterations: 5000 };
  await admin.alterUsers([{ user: 'stranger', mechanism: 'SCRAM-SHA-512', ...salted }]);
  await admin.alterQuotas([{ entity: { user: 'stranger' }, set: { producer_byte_rate: 7 }, remove: [] }], {
    validateOnly: false,
  });
  return cluster;
}

function stir(cluster: MemoryCluster, { lag, losses, putOff, failOver }: Trouble): void {
  cluster.setLag(lag);
  // Records that nobody wrote lately: what would lose them has to be acknowledged, and is.
  for (const name of TOPICS)
    if (name in cluster.snapshot().topics)
      cluster.write(name, 0, { records: 5, timestampMs: Date.parse('2026-10-01T00:00:00Z') });
  let request = 0;
  // A lease whose answer got lost ends after some seconds; here no time passes.
  cluster.faults.loseBySchedule(({ method }) =>
    method === 'takeLease' ? undefined : losses[request++ % losses.length],
  );
  for (const name of TOPICS)
    if (putOff > 0) cluster.faults.refuseItem('createTopics', name, 'THROTTLING_QUOTA_EXCEEDED', { times: putOff });
  if (failOver) {
    cluster.failOverController();
    cluster.faults.refuse('alterConfigs', 'NOT_CONTROLLER', 2);
    cluster.faults.refuse('createAcls', 'NOT_CONTROLLER', 2);
  }
}

/** As an operator would: again after it was killed, and again where one change had to make room for another. */
async function applyUntilDone(cluster: MemoryCluster, desired: DesiredState, { killAfter }: Trouble): Promise<void> {
  if (killAfter !== undefined) cluster.killAfter(killAfter, 'after');
  for (let attempt = 0; attempt < 5; attempt++) {
    try {
      const { remaining, counts, issues } = await converge(cluster, desired);
      expect([counts.failed, issues]).toEqual([0, []]);
      if (remaining?.length === 0) return;
    } catch (error) {
      if (!(error instanceof ProcessKilled)) throw error;
    } finally {
      cluster.revive();
    }
  }
}

const mine = ({ acls }: ClusterSnapshot): string[] =>
  acls.filter(({ principal }) => PEOPLE.includes(principal.slice(5))).map(aclKey);

function expectDeclared(desired: DesiredState, snapshot: ClusterSnapshot): void {
  for (const { name, partitions, replicationFactor, config: options } of desired.topics)
    expect([name, snapshot.topics[name]?.config, snapshot.topics[name]?.replicas.map(({ length }) => length)]).toEqual([
      name,
      options,
      Array.from({ length: partitions }, () => replicationFactor),
    ]);
  for (const { name } of desired.deletedTopics) expect(snapshot.topics).not.toHaveProperty(name);
  expect(mine(snapshot).sort()).toEqual(desired.access!.acls.map(({ acl }) => aclKey(acl)).sort());
  const names = snapshot.users.map(({ user }) => user).filter((user) => user !== 'stranger');
  expect(names).toEqual(desired.users!.users.map(({ name }) => name).sort());
  const rates = snapshot.quotas.filter(({ entity }) => entity.user !== 'stranger');
  expect(rates.map(({ entity, values }) => [entity, values])).toEqual(
    desired.quotas!.quotas.map(({ entity, values }) => [entity, values]),
  );
  expect(JSON.stringify(snapshot)).not.toContain('replication.throttled');
}

/** All that no file of ours declares, topics that the file has let go of among it. */
function foreign(snapshot: ClusterSnapshot, letGo: readonly string[]): unknown {
  return {
    topics: ['foreign', ...letGo].map((name) => snapshot.topics[name]),
    acls: snapshot.acls.filter(({ principal }) => principal === 'User:stranger'),
    users: snapshot.users.filter(({ user }) => user === 'stranger'),
    quotas: snapshot.quotas.filter(({ entity }) => entity.user === 'stranger'),
  };
}

describe('any sequence of edits', () => {
  test('ends as declared, with an empty plan, and with nothing touched that is not declared', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.record({ edit, trouble }), { minLength: 2, maxLength: 4 }), async (steps) => {
        const cluster = await withForeigners();
        for (const { edit: made, trouble: troubled } of steps) {
          const desired = desiredAfter(made, cluster);
          const absent = TOPICS.filter((_, index) => made.topics[index]!.state === 'absent');
          const before = foreign(cluster.snapshot(), absent);
          stir(cluster, troubled);
          await applyUntilDone(cluster, desired, troubled);
          cluster.faults.loseBySchedule(undefined);
          cluster.setLag(0);
          expect((await planOf(cluster, desired)).changes).toEqual([]);
          expectDeclared(desired, cluster.snapshot());
          expect(foreign(cluster.snapshot(), absent)).toEqual(before);
        }
      }),
      { numRuns: Number(process.env.KDK_RUNS ?? 25) },
    );
  }, 240_000);
});
