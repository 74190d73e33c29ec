import type { Issue } from '../../issue';
import { formatBytes } from '../../units';
import { addedBrokers, type Change, type ReplicaMove } from '../change';
import type { DesiredState } from '../desired';
import { finding, listSome, proposed, type Differences } from '../diff/differences';
import type { Evidence, ObservedState } from '../observed';
import { counted } from '../topics/about';
import { bytesCopied, copyTime } from '../topics/copy-cost';
import { TopicContext } from '../topics/topic-context';
import { planOfSpread, type PlanOfSpread } from './plan-of-spread';

const PATH = 'reconcile.spread';

/** Topics whose sizes say how long spreading takes. */
export function spreadTopics(desired: DesiredState, observed: ObservedState): readonly string[] {
  const moves = planOfSpread(desired, observed)?.moves ?? [];
  return [...new Set(moves.map(({ topic }) => topic))];
}

/** Replicas that go to brokers that were added, a change a topic; all say what the whole of it costs, and so are told as one. */
export function spreadChanges(desired: DesiredState, observed: ObservedState, evidence: Evidence): Differences {
  const plan = planOfSpread(desired, observed);
  if (plan === undefined) return { changes: [], findings: [] };
  if (plan.silent.length > 0) return { changes: [], findings: [waits(plan)] };
  const context = new TopicContext(desired, observed, evidence);
  const byTopic = new Map<string, ReplicaMove[]>();
  for (const { topic, ...move } of plan.moves) {
    const same = byTopic.get(topic);
    if (same === undefined) byTopic.set(topic, [move]);
    else same.push(move);
  }
  const topics = [...byTopic].map(([name, moves]) => {
    const topic = observed.topics.get(name)!;
    const size = context.sizeOf(topic);
    return { topic, moves, size, bytes: bytesCopied(size, moves) };
  });
  const brokers = observed.cluster.brokers.length;
  const summary = summaryOf(plan, brokers);
  const cost = costOf();
  return {
    changes: topics.map(({ topic, moves, bytes }): Change =>
      proposed({
        id: `move-replicas ${topic.name} spread`,
        code: 'TOPIC-SPREAD',
        path: PATH,
        subject: `topic ${topic.name}`,
        summary: `${summary}, ${cost}`,
        from: String(brokers - plan.added.length),
        to: String(brokers),
        grade: 'safe',
        reason: `Brokers that were added hold less than their share. ${counted(moves.length, 'partition')} of the topic ${moves.length === 1 ? 'changes' : 'change'} brokers or their order${bytes === undefined ? '' : `, ${formatBytes(bytes)} are copied`}.`,
        operation: {
          kind: 'move-replicas',
          topic: topic.name,
          topicId: topic.topicId,
          replicationFactor: 'kept',
          moves,
          ...(bytes === undefined ? {} : { bytes }),
        },
      }),
    ),
    findings: [],
  };

  function costOf(): string {
    const { replicationThrottleBytesPerSecond: throttle } = desired.reconcile;
    const rate = `${formatBytes(throttle)}/s on each broker`;
    const sized = topics.flatMap(({ size, moves }) => (size === undefined ? [] : [{ size, moves }]));
    if (sized.length < topics.length) return `how many bytes is not known, at most ${rate}`;
    const bytes = topics.reduce((sum, each) => sum + each.bytes!, 0);
    return `${formatBytes(bytes)} are copied, which takes about ${copyTime(sized, throttle)} at ${rate}`;
  }
}

function summaryOf({ added, moves }: PlanOfSpread, brokers: number): string {
  const replicas = moves.reduce((sum, move) => sum + addedBrokers(move).length, 0);
  const what = `${counted(replicas, 'replica')} of ${counted(moves.length, 'partition')}`;
  return `spread over ${counted(brokers, 'broker')}, new ${listSome(added.map(String), 5)}: ${what} in all`;
}

function waits({ added, silent }: PlanOfSpread): Issue {
  return finding(
    'SPREAD-WAITS',
    PATH,
    `replicas are not spread over ${listSome(added.map(String), 5)} yet, got no answer from broker ${listSome(silent.map(String), 5)}; all brokers that hold replicas must answer.`,
    'Bring it back, and plan again.',
  );
}
