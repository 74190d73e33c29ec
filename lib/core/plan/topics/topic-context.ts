import type { PartitionDescription, Reassignment, TopicDescription } from '../../cluster';
import { formatPath } from '../../issue';
import type { DesiredState, DesiredTopic } from '../desired';
import type { Evidence, ObservedState, TopicSize } from '../observed';
import { BrokerLoad } from '../placement';
import { DefaultValues } from './default-values';

/** A partition as it is, or as it will be when the move is done that is under way. */
export interface SettledPartition extends PartitionDescription {
  readonly moving: boolean;
}

/** What all parts of the planner for topics look at, each part of it made when it is first asked for. */
export class TopicContext {
  readonly defaults: DefaultValues;
  private broughtLoad?: BrokerLoad;
  /** One topic is planned after the other, by several parts. */
  private lastSettled?: { readonly topic: TopicDescription; readonly partitions: readonly SettledPartition[] };
  private readonly moves = new Map<string, Map<number, Reassignment>>();

  constructor(
    readonly desired: DesiredState,
    readonly observed: ObservedState,
    readonly evidence: Evidence,
  ) {
    this.defaults = new DefaultValues(desired, observed);
    for (const move of observed.reassignments) {
      const ofTopic = this.moves.get(move.topic) ?? new Map<number, Reassignment>();
      this.moves.set(move.topic, ofTopic.set(move.partition, move));
    }
  }

  /** What the brokers that are up hold; planning a topic adds to it, so that the next one goes elsewhere. */
  get load(): BrokerLoad {
    this.broughtLoad ??= new BrokerLoad(this.observed.cluster.brokers, this.allReplicas());
    return this.broughtLoad;
  }

  isMoving(topic: string): boolean {
    return this.moves.has(topic);
  }

  /** Brokers have only a part of it; their disks never tell that it is empty. */
  isTiered({ name }: TopicDescription): boolean {
    const entries = this.observed.topicConfigs.get(name) ?? [];
    return entries.some(({ option, value }) => option === 'remote.storage.enable' && value?.toLowerCase() === 'true');
  }

  /** On the disks of brokers. Undefined too where some partition was not seen, since its broker did not answer: a topic is never taken for empty for that. */
  sizeOf({ name, partitions }: TopicDescription): TopicSize | undefined {
    const size = this.evidence.sizes.get(name);
    return partitions.every(({ partition }) => size?.partitions.has(partition)) ? size : undefined;
  }

  /** By partition number. */
  settled(topic: TopicDescription): readonly SettledPartition[] {
    if (this.lastSettled?.topic !== topic) this.lastSettled = { topic, partitions: this.settle(topic) };
    return this.lastSettled.partitions;
  }

  private settle({ name, partitions }: TopicDescription): SettledPartition[] {
    const moves = this.moves.get(name);
    const settled = partitions.map(({ partition, leader, replicas, isr, offline }) => {
      const move = moves?.get(partition);
      const staying = move === undefined ? replicas : replicas.filter((broker) => !move.removing.includes(broker));
      return { partition, leader, replicas: staying, isr, offline, moving: move !== undefined };
    });
    return settled.sort((a, b) => a.partition - b.partition);
  }

  private *allReplicas(): Generator<readonly number[]> {
    for (const topic of this.observed.topics.values())
      if (!this.isMoving(topic.name)) for (const { replicas } of topic.partitions) yield replicas;
      else for (const { replicas } of this.settled(topic)) yield replicas;
  }
}

/** Where a value of a topic is written: the topic itself where no key says it. */
export function pathOf({ name, paths }: DesiredTopic, aspect: string): string {
  return paths[aspect] ?? formatPath(['topics', name]);
}
