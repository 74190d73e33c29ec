import type { ChangeCode } from '../change-code';

const change = (code: string, grades: ChangeCode['grades'], what: string, why: string): ChangeCode => ({
  code,
  grades,
  what,
  why,
});
const noticed = (code: string, what: string, why: string): ChangeCode => ({ code, grades: [], what, why });

/** Codes of changes of topics, and of what is noticed about them. */
export const TOPIC_CODES: readonly ChangeCode[] = [
  change('TOPIC-CREATE', ['safe'], 'A topic is made that is not there.', 'Nothing else changes.'),
  change(
    'TOPIC-PARTITIONS-GROW',
    ['ordering', 'safe'],
    'Partitions are added.',
    'Keys go to other partitions, so their order is lost across the change. It is safe where the topic is empty.',
  ),
  change(
    'TOPIC-PARTITIONS-GROW-COMPACTED',
    ['ordering', 'safe'],
    'Partitions are added to a compacted topic.',
    'Keys go to other partitions, and their old records stay behind where no newer one replaces them. It is safe where the topic is empty.',
  ),
  change(
    'TOPIC-REPLICATION-RAISE',
    ['safe'],
    'Partitions get more replicas.',
    'Records are copied between brokers, throttled; nothing is lost if it is interrupted.',
  ),
  change(
    'TOPIC-REPLICATION-CUT',
    ['availability', 'safe'],
    'Partitions give replicas up.',
    'Fewer brokers have each record. It is safe for partitions that the plan itself adds.',
  ),
  change(
    'TOPIC-SPREAD',
    ['safe'],
    'Replicas and leaders are spread over brokers that were added, where the file says `reconcile.spread: onNewBrokers`.',
    'Records are copied between brokers, throttled and in waves; no more moves than it takes, and nothing is lost if it is interrupted.',
  ),
  noticed(
    'SPREAD-WAITS',
    'Brokers were added, and nothing is spread over them while another broker does not answer.',
    'Where its replicas are to be cannot be told from those of a broker that is gone for good.',
  ),
  change('TOPIC-OPTION', ['safe'], 'An option of a topic is set.', 'No record goes and no client is refused.'),
  change(
    'TOPIC-OPTION-PIN',
    ['safe'],
    'A declared value is set on the topic that so far only the default of the brokers gives.',
    'The value stays. Without its own it changes with the default.',
  ),
  noticed(
    'TOPIC-OPTION-UNPINNED',
    'Values of topics are as declared only by the default of the brokers, or are set on topics to what that is.',
    'They are told and left so where the file says `reconcile.unpinned: report`, as the file of a cluster that was imported does.',
  ),
  change(
    'TOPIC-OPTION-UNDECLARED',
    ['safe'],
    'An option that a topic has and the file does not declare is taken off.',
    'The default of the brokers counts. Where that costs something, the change has the code of what it costs.',
  ),
  change(
    'TOPIC-RETENTION-CUT',
    ['data-loss', 'safe'],
    'Records are kept for less time, or in less space.',
    'Those beyond the new limit go at once. It is safe where the topic is empty.',
  ),
  change(
    'TOPIC-LOCAL-RETENTION-CUT',
    ['availability'],
    'Brokers keep less of a topic that is in remote storage too.',
    'A segment leaves a broker only when the remote storage has it (KIP-405); whoever reads it waits for that.',
  ),
  change(
    'TOPIC-CLEANUP-DELETE',
    ['data-loss', 'safe'],
    'Retention begins to remove records of a topic.',
    'The newest record of a key goes too when it is old. It is safe where the topic is empty.',
  ),
  change(
    'TOPIC-CLEANUP-COMPACT',
    ['data-loss', 'availability'],
    'A topic becomes compacted.',
    'Older records of a key go, and records without a key are refused.',
  ),
  change(
    'TOPIC-TOMBSTONES-CUT',
    ['data-loss'],
    'Markers of deleted keys are kept for less time.',
    'A reader that takes longer from the beginning never learns that those keys were deleted.',
  ),
  change(
    'TOPIC-COMPACTION-LAG-CUT',
    ['data-loss'],
    'Older records of a key may be compacted away sooner.',
    'A reader that is farther behind misses them.',
  ),
  change(
    'TOPIC-MIN-ISR-RAISE',
    ['safe', 'availability'],
    'More brokers must have a record before it is acknowledged.',
    'Producers with acks=all stop where fewer are in sync: some partition has fewer today, or the min ISR is all of its replicas.',
  ),
  change(
    'TOPIC-MIN-ISR-CUT',
    ['data-loss'],
    'Fewer brokers must have a record before it is acknowledged.',
    'Fewer failures lose a record that a producer holds to be safe.',
  ),
  change(
    'TOPIC-MESSAGE-SIZE-CUT',
    ['availability'],
    'The largest batch that a topic takes gets smaller.',
    'Producers of larger ones are refused.',
  ),
  change(
    'TOPIC-UNCLEAN-ELECTION',
    ['data-loss'],
    'A replica that is behind may become the leader.',
    'The acknowledged records that it lacks are gone.',
  ),
  change(
    'TOPIC-TIMESTAMP',
    ['availability'],
    'Timestamps are of another kind, or fewer are allowed.',
    'Producers of others are refused; retention and searches by time go by timestamps.',
  ),
  change(
    'TOPIC-DOWNCONVERSION-OFF',
    ['availability'],
    'Records are no longer converted to older formats (before Kafka 4.0).',
    'Consumers that ask for one are refused.',
  ),
  change(
    'TOPIC-TIERING-OFF',
    ['irreversible'],
    'A topic leaves the remote storage.',
    'Kafka does it only with remote.log.delete.on.disable, which deletes all that is in the remote storage (KIP-950).',
  ),
  change(
    'TOPIC-DELETE',
    ['data-loss'],
    'A topic with a tombstone is deleted.',
    'Its records go. It is not done while somebody writes to it or a group reads it.',
  ),
  change(
    'THROTTLE-LEFT',
    ['safe'],
    'A replication throttle of this file is cleared that is left on a broker or a topic while nothing moves.',
    'With it a broker that comes back catches up slowly or never.',
  ),
  noticed(
    'THROTTLE-KEPT',
    'A replication throttle is set that is not of this file: another rate, or all replicas of a topic.',
    'An operator may be sparing a network on which a broker catches up, so it stays until somebody removes it.',
  ),
  noticed(
    'TOPIC-PARTITIONS-SHRINK',
    'A file asks for fewer partitions than a topic has.',
    'Kafka cannot take partitions away, and the kit never deletes a topic to make it anew.',
  ),
  noticed(
    'TOPIC-REPLICATION-BROKERS',
    'A replication factor is above the number of brokers that are up.',
    'Every replica is on a broker of its own.',
  ),
  noticed(
    'TOPIC-ELSEWHERE',
    'A topic that CloudFormation makes is not as declared.',
    'Who makes a topic also changes it; two would undo the work of each other.',
  ),
  noticed(
    'PLAN-MIN-ISR',
    'A min ISR is above the replication factor.',
    'Kafka takes it without a word, and accepts no record with acks=all any more.',
  ),
  noticed(
    'PLAN-SCOPE',
    'A file declares a topic, or its tombstone, outside of what it owns.',
    'Two files that declare the same topic would undo the work of each other.',
  ),
  noticed(
    'PLAN-INTERNAL-TOPIC',
    'A file declares a topic of Kafka itself.',
    'Offsets, transactions or the quorum depend on it.',
  ),
  noticed(
    'PLAN-NAME-COLLISION',
    'The name of a new topic differs from that of another on the cluster only in dots and underscores.',
    'In the names of metrics both are the same, so Kafka refuses the second (INVALID_TOPIC_EXCEPTION).',
  ),
  noticed(
    'PLAN-IN-PROGRESS',
    'Replicas of a declared topic are being moved.',
    'They are left to finish; what differs then is planned the next time.',
  ),
  noticed(
    'PLAN-RACKS',
    'Replicas of a partition share a rack though other racks have room.',
    'The loss of that rack takes several copies at once. Nothing is moved for that alone.',
  ),
  noticed(
    'PLAN-UNDECLARED',
    'The cluster has topics in the scope of the file that the file does not declare.',
    'They may be forgotten, or belong to nobody. Nothing that is undeclared is ever deleted.',
  ),
];
