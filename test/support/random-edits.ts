import type { Acl, AdminPort, ConfigChange, KafkaError } from '../../lib/admin';
import { poll } from '../../lib/admin/wait';

/** One request, with things that exist, things that do not, and things that cannot be. */
export interface RandomEdit {
  readonly words: string;
  run(port: AdminPort): Promise<readonly { readonly error?: KafkaError }[]>;
}

export interface RandomEditsOptions {
  readonly seed: number;
  readonly count: number;
  readonly brokers: readonly number[];
}

const PATIENCE = { deadlineMs: 30_000, pauseMs: 20 };
const TOPICS = ['edit-a', 'edit-b', 'edit.c', 'edit_c', 'edit-d', 'edit/e'];
const VALUES: readonly (readonly [option: string, values: readonly string[]])[] = [
  ['retention.ms', ['1000', '-1', '-2', 'long']],
  ['cleanup.policy', ['compact', 'delete', 'compact,delete', 'keep']],
  ['min.insync.replicas', ['1', '2', '9', '0']],
  ['min.compaction.lag.ms', ['0', '5000']],
  ['max.compaction.lag.ms', ['4000', '9000', '0']],
  ['compression.type', ['zstd', 'lz4', 'best']],
  ['segment.bytes', ['1048576', '14', '2147483648']],
  ['remote.storage.enable', ['true', 'false']],
  ['unknown.option', ['1']],
];
const BROKER_VALUES: readonly (readonly [option: string, values: readonly string[]])[] = [
  ['log.cleaner.threads', ['1', '2', '0', 'x']],
  ['log.retention.ms', ['100000', '200000']],
  ['min.insync.replicas', ['1', '2']],
  ['log.dirs', ['/elsewhere']],
  ['leader.replication.throttled.rate', ['1000', 'x']],
];

/** The same edits for the same seed. */
export function randomEdits({ seed, count, brokers }: RandomEditsOptions): RandomEdit[] {
  const random = new Random(seed);
  const edits = [
    createTopics,
    createTopics,
    addPartitions,
    deleteTopic,
    alterTopics,
    alterTopics,
    alterBrokers,
    moveReplicas,
    alterAcls,
    alterUsers,
    alterQuotas,
    commitOffsets,
    changeGroups,
  ];
  return Array.from({ length: count }, () => random.of(edits)(random, brokers));
}

/** xorshift: the same numbers everywhere. */
class Random {
  constructor(private state: number) {}

  below(limit: number): number {
    this.state ^= this.state << 13;
    this.state ^= this.state >>> 17;
    this.state ^= this.state << 5;
    return (this.state >>> 0) % limit;
  }

  of<T>(choices: readonly T[]): T {
    return choices[this.below(choices.length)]!;
  }

  some<T>(choices: readonly T[], most = choices.length): T[] {
    const left = [...choices];
    return Array.from({ length: 1 + this.below(most) }, () => left.splice(this.below(left.length), 1)[0]!);
  }
}

const really = { validateOnly: false };
const words = (what: string, detail: unknown): string => `${what} ${JSON.stringify(detail)}`;

function replicas(random: Random, brokers: readonly number[]): number[] {
  const choices = [...brokers, ...(random.below(8) === 0 ? [99] : [])];
  return random.some(choices, brokers.length);
}

function options(random: Random, all: typeof VALUES): Record<string, string> {
  return Object.fromEntries(random.some(all, 2).map(([option, values]) => [option, random.of(values)]));
}

function createTopics(random: Random, brokers: readonly number[]): RandomEdit {
  const topics = random.some(TOPICS, 3).map((name) => {
    const factor = replicas(random, brokers);
    const assignments = Array.from({ length: 1 + random.below(3) }, () =>
      random.below(9) === 0 ? replicas(random, brokers) : random.below(2) === 0 ? factor : [...factor].reverse(),
    );
    return { name, placement: { assignments }, config: random.below(2) === 0 ? options(random, VALUES) : {} };
  });
  const validateOnly = random.below(5) === 0;
  return {
    words: words('create', topics),
    run: async (port) => {
      const results = await port.createTopics(topics, { validateOnly });
      if (!validateOnly)
        await seen(
          port,
          results.filter(({ error }) => error === undefined).map(({ topic }) => topic),
        );
      return results;
    },
  };
}

function addPartitions(random: Random, brokers: readonly number[]): RandomEdit {
  const growths = random.some(TOPICS, 2).map((topic) => {
    const placed = Array.from({ length: 1 + random.below(2) }, () => replicas(random, brokers));
    return { topic, total: 1 + random.below(5), assignments: placed };
  });
  return {
    words: words('add partitions', growths),
    run: async (port) => port.addPartitions(growths, really),
  };
}

function deleteTopic(random: Random): RandomEdit {
  const name = random.of(TOPICS);
  return {
    words: words('delete', name),
    run: async (port) => {
      const [topic] = await port.describeTopics([name]);
      const results = await port.deleteTopics([{ name, topicId: topic?.topicId ?? 'AAAAAAAAAAAAAAAAAAAAAg' }]);
      for (const { id } of (await port.describeCluster()).brokers)
        await poll(
          () => port.describeTopics([name], { broker: id }),
          (found) => found.length === 0,
          PATIENCE,
        );
      return results;
    },
  };
}

function alterTopics(random: Random): RandomEdit {
  const changes = random.some([...TOPICS, random.of(TOPICS)], 2).map((name): ConfigChange => {
    const set = options(random, VALUES);
    const remove = random.below(3) === 0 ? [random.of(VALUES)[0]] : [];
    return { type: 'topic', name, set, remove };
  });
  return { words: words('alter', changes), run: (port) => port.alterConfigs(changes, really) };
}

function alterBrokers(random: Random, brokers: readonly number[]): RandomEdit {
  const name = random.below(2) === 0 ? String(random.of(brokers)) : '';
  const remove = random.below(3) === 0 ? [random.of(BROKER_VALUES)[0]] : [];
  const change: ConfigChange = {
    type: name === '' ? 'cluster' : 'broker',
    name,
    set: options(random, BROKER_VALUES),
    remove,
  };
  return { words: words('alter', change), run: (port) => port.alterConfigs([change], really) };
}

function moveReplicas(random: Random, brokers: readonly number[]): RandomEdit {
  const moves = random.some(TOPICS, 2).map((topic) => ({ topic, partition: 0, replicas: replicas(random, brokers) }));
  const replicationFactor = random.of(['kept', 'may-change'] as const);
  return {
    words: words(`move, replication factor ${replicationFactor}`, moves),
    run: async (port) => {
      const results = await port.alterReassignments(moves, { replicationFactor });
      await poll(
        () => port.listReassignments(),
        (left) => left.length === 0,
        PATIENCE,
      );
      return results;
    },
  };
}

function alterAcls(random: Random): RandomEdit {
  const acls = Array.from({ length: 1 + random.below(3) }, (): Acl => ({
    principal: random.of(['User:ada', 'User:bob', 'eve']),
    host: '*',
    resourceType: random.of(['topic', 'group', 'cluster'] as const),
    resourceName: random.of(['edit', 'kafka-cluster', '']),
    pattern: random.of(['literal', 'prefixed'] as const),
    operation: random.of(['read', 'describe'] as const),
    permission: 'allow',
  }));
  return random.below(3) === 0
    ? {
        words: words('delete ACLs', acls),
        run: (port) => port.deleteAcls(acls.filter(({ resourceName }) => resourceName !== '')),
      }
    : { words: words('create ACLs', acls), run: (port) => port.createAcls(acls) };
}

function alterUsers(random: Random): RandomEdit {
  const changes = random.some(['edit-ada', 'edit-bob', ''], 2).map((user) => {
    const mechanism = random.of(['SCRAM-SHA-256', 'SCRAM-SHA-512'] as const);
    if (random.below(3) === 0) return { user, mechanism, deleted: true } as const;
    const iterations = random.of([4095, 4096, 8192, 16384, 16385]);
    const saltedPassword = new Uint8Array(mechanism === 'SCRAM-SHA-256' ? 32 : 64).fill(7);
    return { user, mechanism, iterations, salt: new Uint8Array(16).fill(3), saltedPassword };
  });
  return { words: words('alter users', changes), run: (port) => port.alterUsers(changes) };
}

function alterQuotas(random: Random): RandomEdit {
  const entities = [
    { user: 'ada' },
    { user: null },
    { clientId: 'app' },
    { user: 'ada', clientId: null },
    { ip: null },
    {},
  ];
  const keys = ['producer_byte_rate', 'request_percentage', 'connection_creation_rate'] as const;
  const changes = random.some(entities, 2).map((entity) => ({
    entity,
    set: { [random.of(keys)]: random.of([0, 1, 1.5, 1000]) },
    remove: random.below(2) === 0 ? [] : ([random.of(['consumer_byte_rate', 'controller_mutation_rate'])] as never[]),
  }));
  const validateOnly = random.below(4) === 0;
  return { words: words('alter quotas', changes), run: (port) => port.alterQuotas(changes, { validateOnly }) };
}

function commitOffsets(random: Random): RandomEdit {
  const partition = random.below(4);
  const offsets = random.some(TOPICS.slice(0, 5), 2).map((topic) => ({ topic, partition, offset: random.below(9) }));
  const group = random.of(['edit-group', 'edit-other']);
  return {
    words: words(`commit of ${group}`, offsets),
    run: async (port) => {
      // A broker may know less of a topic than the controller, and what it does not know it does not let be committed.
      await settled(port, offsets);
      return port.commitOffsets(group, offsets);
    },
  };
}

function changeGroups(random: Random): RandomEdit {
  const groups = random.some(['edit-group', 'edit-other', 'edit-none']);
  return { words: words('delete groups', groups), run: (port) => port.deleteGroups(groups) };
}

async function seen(port: AdminPort, topics: readonly string[]): Promise<void> {
  for (const { id } of (await port.describeCluster()).brokers)
    await poll(
      () => port.describeTopics(topics, { broker: id }),
      (found) => found.length === topics.length,
      PATIENCE,
    );
}

/** All brokers have the same partitions of these topics. */
async function settled(port: AdminPort, of: readonly { readonly topic: string }[]): Promise<void> {
  const { brokers } = await port.describeCluster();
  await poll(
    async () => {
      const topics = of.map(({ topic }) => topic);
      const views = await Promise.all(brokers.map(({ id }) => port.describeTopics(topics, { broker: id })));
      return new Set(
        views.map((view) =>
          view
            .map(({ name, partitions }) => `${name} ${partitions.length}`)
            .sort()
            .join(),
        ),
      );
    },
    (views) => views.size === 1,
    PATIENCE,
  );
}
