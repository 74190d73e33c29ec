import { aclKey, quotaEntityKey } from '../../core/cluster';
import { sameValue, type Change } from '../../core/plan';
import type { AdminPort, ConfigTarget, TopicDescription } from '../port';
import { alterations, targetKey } from './alterations';
import { ofKind } from './operations';
import { quotaChanges } from './quota-changes';

/** What brokers must show of changes of one kind. */
export interface Expectation {
  /** In the plural: `topics`. */
  readonly what: string;
  readonly keys: readonly string[];
  /** A key for people. */
  readonly name: (key: string) => string;
  /** How many to ask for at a time; for all, where one answer holds them all anyway. */
  readonly keysALook: number;
  /** Those of the keys that the broker does not show as they should be, in their order. */
  readonly unseen: (admin: AdminPort, broker: number, keys: readonly string[]) => Promise<readonly string[]>;
}

const KEYS_A_LOOK = 500;

/** Of changes that were made, one expectation a kind; connectors are waited for by who changes them. */
export function expectationsOf(changes: readonly Change[]): readonly Expectation[] {
  return [topics(changes), options(changes), acls(changes), users(changes), quotas(changes)].filter(
    ({ keys }) => keys.length > 0,
  );
}

type TopicState = (topic: TopicDescription | undefined) => boolean;

function topics(changes: readonly Change[]): Expectation {
  const states = new Map<string, TopicState[]>();
  const expect = (topic: string, state: TopicState): void =>
    void states.set(topic, [...(states.get(topic) ?? []), state]);
  for (const { operation } of changes) {
    if (operation.kind === 'create-topic') expect(operation.topic, complete(operation.partitions));
    else if (operation.kind === 'add-partitions') expect(operation.topic, complete(operation.to));
    else if (operation.kind === 'delete-topic')
      expect(operation.topic, (topic) => topic?.topicId !== operation.topicId);
    else if (operation.kind === 'move-replicas')
      expect(operation.topic, (topic) =>
        operation.moves.every(
          ({ partition, to }) =>
            topic?.partitions.find((each) => each.partition === partition)?.replicas.join() === to.join(),
        ),
      );
  }
  return {
    what: 'topics',
    keys: [...states.keys()],
    name: String,
    keysALook: KEYS_A_LOOK,
    unseen: async (admin, broker, keys) => {
      const seen = new Map((await admin.describeTopics(keys, { broker })).map((topic) => [topic.name, topic]));
      return keys.filter((key) => !states.get(key)!.every((state) => state(seen.get(key))));
    },
  };
}

/** All partitions are there, each with a leader. */
const complete =
  (partitions: number): TopicState =>
  (topic) =>
    topic?.partitions.length === partitions && topic.partitions.every(({ leader }) => leader >= 0);

function options(changes: readonly Change[]): Expectation {
  const altered = new Map(
    alterations(ofKind(changes, 'set-topic-option', 'set-broker-option', 'clear-throttle'))
      // Only the broker itself knows its own options, and it has answered for them.
      .filter(({ value }) => value.type !== 'broker')
      .map(({ key, value }) => [key, value]),
  );
  return {
    what: 'topics with options',
    keys: [...altered.keys()],
    name: String,
    keysALook: KEYS_A_LOOK,
    unseen: async (admin, broker, keys) => {
      const asked = keys.map((key) => {
        const { type, name, set, remove } = altered.get(key)!;
        return { type, name, options: [...Object.keys(set), ...remove] };
      });
      const described = await admin.describeConfigs(asked, { broker });
      const seen = new Map(described.map((each) => [targetKey(each), each]));
      return keys.filter((key) => {
        const [change, shown] = [altered.get(key)!, seen.get(key)];
        if (shown === undefined || shown.error !== undefined) return true;
        const entries = new Map(shown.entries.map((entry) => [entry.option, entry]));
        const isSet = ([option, value]: [string, string]): boolean =>
          sameValue(value, entries.get(option)?.value ?? '');
        return !(
          Object.entries(change.set).every(isSet) &&
          change.remove.every((option) => entries.get(option)?.source !== sourceOf(change))
        );
      });
    },
  };
}

const sourceOf = ({ type }: ConfigTarget): string => type;

function acls(changes: readonly Change[]): Expectation {
  const wanted = new Map(
    ofKind(changes, 'create-acl', 'delete-acl').map(({ operation: { kind, acl } }) => [
      aclKey(acl),
      kind === 'create-acl',
    ]),
  );
  return {
    what: 'ACLs',
    keys: [...wanted.keys()],
    name: (key) => (JSON.parse(key) as string[]).join(' '),
    keysALook: Infinity,
    unseen: async (admin, broker, keys) => {
      const seen = new Set((await admin.describeAcls({ broker })).map(aclKey));
      return keys.filter((key) => seen.has(key) !== wanted.get(key));
    },
  };
}

function users(changes: readonly Change[]): Expectation {
  const key = (user: string, mechanism: string): string => JSON.stringify([user, mechanism]);
  const wanted = new Map(
    ofKind(changes, 'set-user', 'delete-user').map(({ operation }) => [
      key(operation.user, operation.mechanism),
      operation.kind === 'set-user' ? operation.iterations : undefined,
    ]),
  );
  return {
    what: 'users',
    keys: [...wanted.keys()],
    name: (each) => (JSON.parse(each) as string[])[0]!,
    keysALook: Infinity,
    unseen: async (admin, broker, keys) => {
      const found = await admin.describeUsers({ broker });
      const seen = new Map(found.map(({ user, mechanism, iterations }) => [key(user, mechanism), iterations]));
      return keys.filter((each) => seen.get(each) !== wanted.get(each));
    },
  };
}

function quotas(changes: readonly Change[]): Expectation {
  const wanted = new Map(quotaChanges(ofKind(changes, 'set-quota')).map(({ key, value }) => [key, value]));
  return {
    what: 'quotas',
    keys: [...wanted.keys()],
    name: (key) => JSON.stringify(wanted.get(key)!.entity),
    keysALook: Infinity,
    unseen: async (admin, broker, keys) => {
      const found = await admin.describeQuotas({ broker });
      const seen = new Map(found.map(({ entity, values }) => [quotaEntityKey(entity), values]));
      return keys.filter((key) => {
        const { set, remove } = wanted.get(key)!;
        const values: Readonly<Record<string, number | undefined>> = seen.get(key) ?? {};
        return !(
          Object.entries(set).every(([name, value]) => values[name] === value) &&
          remove.every((name) => values[name] === undefined)
        );
      });
    },
  };
}
