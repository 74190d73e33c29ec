import type { Path } from '../issue';
import { topicFieldPath, type EnvironmentModel, type TopicModel } from '../model';
import { replicationDefaults } from '../model/topics';
import { plural } from './hint';
import type { Rule } from './rule';

/** Replication against brokers and racks, and min ISR against replication. */
export const REPLICATION_RULES: readonly Rule[] = [
  {
    code: 'TOPIC-REPLICATION-FACTOR',
    level: 'error',
    what: 'The replication factor of a topic is at most the number of brokers.',
    why: 'Kafka refuses to create the topic (INVALID_REPLICATION_FACTOR): every replica is on a broker of its own.',
    source: 'Kafka protocol error 38, seen on 4.3.1',
    check(model, report) {
      for (const { path, replicationFactor } of replicated(model)) {
        if (model.brokerCount === 0 || replicationFactor <= model.brokerCount) continue;
        report({
          path: path('replicationFactor'),
          message: `the replication factor is above the number of brokers, got ${replicationFactor} for ${model.brokerCount}; at most ${model.brokerCount} is allowed.`,
          hint: 'Lower it, or add brokers.',
        });
      }
    },
  },
  {
    code: 'TOPIC-MIN-ISR',
    level: 'error',
    what: 'The min ISR of a topic is below its replication factor.',
    why: 'At the replication factor one broker that is down stops every producer with acks=all; above it no record is ever accepted. Kafka takes both without a word.',
    source: 'min.insync.replicas 4 on a topic with three replicas is accepted, seen on 4.3.1',
    check(model, report) {
      for (const { path, replicationFactor, minInSyncReplicas } of replicated(model)) {
        const most = Math.max(1, replicationFactor - 1);
        if (minInSyncReplicas <= most) continue;
        const effect =
          minInSyncReplicas > replicationFactor
            ? 'no record with acks=all is ever accepted'
            : 'one broker that is down stops every producer with acks=all';
        report({
          path: path('minInSyncReplicas'),
          message: `the min ISR leaves no room (${effect}), got ${minInSyncReplicas} with replication factor ${replicationFactor}; at most ${most} is allowed.`,
          hint: `Lower it to ${Math.min(2, most)}.`,
        });
      }
    },
  },
  {
    code: 'TOPIC-REPLICATION-FACTOR-ONE',
    level: 'warning',
    what: 'Topics have more than one replica where there is more than one broker; a laptop is left out.',
    why: 'The disk of one broker is then the only copy: losing it loses the records, and restarting the broker stops the topic.',
    source: 'Apache Kafka documentation, Replication',
    check(model, report) {
      if (model.target === 'local' || model.brokerCount < 2) return;
      for (const { path, replicationFactor } of replicated(model)) {
        if (replicationFactor > 1) continue;
        report({
          path: path('replicationFactor'),
          message: `there is one copy of the records, got replication factor 1 on ${model.brokerCount} brokers; 3 survives the loss of a broker.`,
          hint: `Raise it to ${Math.min(3, model.brokerCount)}.`,
        });
      }
    },
  },
  {
    code: 'TOPIC-MIN-ISR-ONE',
    level: 'warning',
    what: 'Topics with three replicas or more have a min ISR of at least 2; a laptop is left out.',
    why: 'With min ISR 1 a record is acknowledged that a single broker holds; losing that broker loses it.',
    source: 'Apache Kafka documentation, min.insync.replicas',
    check(model, report) {
      if (model.target === 'local') return;
      for (const { path, replicationFactor, minInSyncReplicas } of replicated(model)) {
        if (replicationFactor < 3 || minInSyncReplicas > 1) continue;
        report({
          path: path('minInSyncReplicas'),
          message: `records are acknowledged that one broker holds, got min ISR 1 with replication factor ${replicationFactor}; 2 is safe.`,
          hint: 'Raise it to 2.',
        });
      }
    },
  },
  {
    code: 'TOPIC-RACKS',
    level: 'warning',
    what: 'With a rack lost, as many replicas stay as the min ISR asks for.',
    why: 'Replicas are spread over the racks in turn. With fewer racks than replicas one rack holds several, and with it gone producers with acks=all stop.',
    source: 'KIP-36, rack-aware placement',
    check(model, report) {
      const racks = model.racks.length;
      if (racks < 2 || model.capacity.survive !== 'rack') return;
      for (const { path, replicationFactor, minInSyncReplicas } of replicated(model)) {
        if (replicationFactor < 2 || replicationFactor > model.brokerCount || minInSyncReplicas >= replicationFactor) {
          continue;
        }
        const left = replicationFactor - Math.ceil(replicationFactor / racks);
        if (left >= minInSyncReplicas) continue;
        report({
          path: path('replicationFactor'),
          message: `the loss of one rack stops producers with acks=all, got ${left} of ${replicationFactor} replicas left on ${racks} racks with min ISR ${minInSyncReplicas}; at least ${minInSyncReplicas} must be left.`,
          hint: `Use ${replicationFactor} racks or more, another replication factor, or say capacity.survive: node.`,
        });
      }
    },
  },
  {
    code: 'BROKERS-RACKS',
    level: 'warning',
    what: 'Every rack has the same number of brokers.',
    why: 'Replicas are spread over racks evenly, so the brokers of the smaller rack carry more of them and fill up first.',
    source: 'KIP-36, rack-aware placement',
    check(model, report) {
      if (model.managedBy !== 'self' || model.racks.length < 2) return;
      const counts = new Map(model.racks.map((rack) => [rack, 0]));
      for (const { roles, rack } of model.nodes) {
        if (!roles.includes('broker') || rack === undefined || !counts.has(rack)) continue;
        counts.set(rack, counts.get(rack)! + 1);
      }
      const numbers = [...counts.values()];
      if (Math.max(...numbers) === Math.min(...numbers) || Math.max(...numbers) === 0) return;
      report({
        path: ['racks'],
        message: `the racks differ in brokers, got ${[...counts].map(([rack, count]) => `${count} in ${rack}`).join(', ')}; the same number in each is even.`,
        hint: `Use ${Math.ceil(model.brokerCount / model.racks.length) * model.racks.length} brokers.`,
      });
    },
  },
  {
    code: 'INTERNAL-REPLICATION-FACTOR',
    level: 'error',
    what: "The replication factor of Kafka's own topics is at most the number of brokers.",
    why: 'Kafka makes these topics when they are first used; where it cannot, consumers find no coordinator and transactions never begin.',
    source: 'Apache Kafka documentation, offsets.topic.replication.factor',
    check(model, report) {
      for (const { replication } of INTERNAL_TOPICS) {
        const value = written(model, replication);
        if (value === undefined || model.brokerCount === 0 || value <= model.brokerCount) continue;
        report({
          path: ['kafka', 'config', replication],
          message: `the replication factor is above the number of brokers, got ${value} for ${model.brokerCount}; at most ${model.brokerCount} is allowed.`,
          hint: "Remove it: the kit's default fits the number of brokers.",
        });
      }
    },
  },
  {
    code: 'INTERNAL-MIN-ISR',
    level: 'error',
    what: "The min ISR of Kafka's own topics is below their replication factor.",
    why: 'One broker that is down would stop every transaction or every share group.',
    source: 'Apache Kafka documentation, transaction.state.log.min.isr',
    check(model, report) {
      for (const { replication, minIsr } of INTERNAL_TOPICS) {
        if (minIsr === undefined) continue;
        const option = [minIsr, replication].find((name) => written(model, name) !== undefined);
        const copies = wholeNumber(model, replication);
        const least = wholeNumber(model, minIsr);
        if (option === undefined || copies === undefined || least === undefined) continue;
        if (copies > model.brokerCount || least <= Math.max(1, copies - 1)) continue;
        report({
          path: ['kafka', 'config', option],
          message: `the min ISR leaves no room, got ${minIsr} ${least} with ${replication} ${copies}; at most ${Math.max(1, copies - 1)} is allowed.`,
          hint: 'Lower the min ISR, or raise the replication factor.',
        });
      }
    },
  },
  {
    code: 'UNCLEAN-LEADER-ELECTION',
    level: 'warning',
    what: 'Unclean leader election stays off.',
    why: 'A replica that was behind becomes leader and the records it never had are gone, though they were acknowledged.',
    source: 'Apache Kafka documentation, unclean.leader.election.enable',
    check(model, report) {
      const option = 'unclean.leader.election.enable';
      const places: [Path, unknown][] = [
        [['kafka', 'config', option], model.spec.kafka.config?.[option]],
        [['topicDefaults', 'config', option], model.spec.topicDefaults?.config?.[option]],
        ...Object.entries(model.spec.topics ?? {}).map(([name, topic]): [Path, unknown] => [
          ['topics', name, 'config', option],
          topic.config?.[option],
        ]),
      ];
      for (const [path, value] of places) {
        if (String(value) !== 'true') continue;
        report({
          path,
          message:
            'acknowledged records may be lost when a leader fails, got true; false waits for a replica that has them all.',
          hint: 'Remove it.',
        });
      }
    },
  },
  {
    code: 'SURVIVE-RACK',
    level: 'error',
    what: 'An environment that is to survive the loss of a rack has two racks or more.',
    why: 'With one rack, or none, everything is in the rack that is lost.',
    source: 'KIP-36, rack-aware placement',
    check(model, report) {
      if (model.spec.capacity?.survive !== 'rack' || model.racks.length >= 2) return;
      report({
        path: ['capacity', 'survive'],
        message: `the loss of a rack cannot be survived, got ${plural(model.racks.length, 'rack')}; at least 2 are needed.`,
        hint: 'Name the racks under racks, or say survive: node.',
      });
    },
  },
];

interface Replicated extends Pick<TopicModel, 'replicationFactor' | 'minInSyncReplicas'> {
  /** Where to change `field`; a min ISR that was inherited is wrong because of the replication factor that was written. */
  readonly path: (field: Field) => Path;
}

type Field = 'replicationFactor' | 'minInSyncReplicas';

/** The topics, and first what topics made by other means get: `topicDefaults` becomes broker options too. */
function* replicated(model: EnvironmentModel): Iterable<Replicated> {
  const { topics, topicDefaults } = model.spec;
  if (topicDefaults?.replicationFactor !== undefined || topicDefaults?.minInSyncReplicas !== undefined) {
    yield {
      ...replicationDefaults(model.brokerCount, topicDefaults),
      path: (field) => ['topicDefaults', topicDefaults[field] === undefined ? otherField(field) : field],
    };
  }
  for (const { name, replicationFactor, minInSyncReplicas } of model.topics) {
    yield {
      replicationFactor,
      minInSyncReplicas,
      path: (field) => {
        const own = field === 'minInSyncReplicas' && topics?.[name]?.[field] === undefined;
        const blamed = own && topics?.[name]?.replicationFactor !== undefined ? 'replicationFactor' : field;
        return topicFieldPath(model.spec, name, blamed);
      },
    };
  }
}

function otherField(field: Field): Field {
  return field === 'replicationFactor' ? 'minInSyncReplicas' : 'replicationFactor';
}

const INTERNAL_TOPICS: readonly { readonly replication: string; readonly minIsr?: string }[] = [
  { replication: 'default.replication.factor', minIsr: 'min.insync.replicas' },
  { replication: 'offsets.topic.replication.factor' },
  { replication: 'transaction.state.log.replication.factor', minIsr: 'transaction.state.log.min.isr' },
  {
    replication: 'share.coordinator.state.topic.replication.factor',
    minIsr: 'share.coordinator.state.topic.min.isr',
  },
];

/** The whole number that a broker option has; undefined where it has none, which the option rules say. */
function wholeNumber(model: EnvironmentModel, option: string): number | undefined {
  const text = model.brokerConfig.get(option)?.value ?? '';
  return /^\d{1,9}$/.test(text) ? Number(text) : undefined;
}

/** The same, only where the environment says so. */
function written(model: EnvironmentModel, option: string): number | undefined {
  return model.brokerConfig.get(option)?.source === 'environment' ? wholeNumber(model, option) : undefined;
}
