import { counted } from './about';
import { safe, type OptionDelta, type OptionEffect } from './option-delta';
import type { SettledPartition } from './topic-context';

/** Raised it may stop producers, lowered it weakens what an acknowledgement means. */
export function minIsrEffect(delta: OptionDelta): OptionEffect {
  const [from, to] = [Number(delta.from ?? 1), Number(delta.to ?? 1)];
  return to < from ? cut(to) : raised(delta, to);
}

function cut(to: number): OptionEffect {
  return {
    code: 'TOPIC-MIN-ISR-CUT',
    grade: 'data-loss',
    reason: `A record is acknowledged when as few as ${counted(to, 'broker')} ${to === 1 ? 'has' : 'have'} it, so fewer failures lose it.`,
  };
}

function raised({ topic, replicationFactor, partitions, coming }: OptionDelta, to: number): OptionEffect {
  const code = 'TOPIC-MIN-ISR-RAISE';
  if (to > replicationFactor) {
    const message = `the min ISR of ${topic} is above its replication factor, got ${to} with ${replicationFactor}; no record with acks=all would be accepted.`;
    const hint = `Lower it to ${Math.max(1, replicationFactor - 1)}, or raise the replication factor.`;
    return { ...safe(''), refused: { code: 'PLAN-MIN-ISR', message, hint } };
  }
  const inSync = (partition: SettledPartition): number =>
    partition.isr.filter((broker) => partition.replicas.includes(broker)).length + coming(partition);
  const short = partitions.filter((partition) => inSync(partition) < to);
  const settling = short.length > 0 && short.every(({ moving }) => moving);
  const effect: OptionEffect =
    short.length > 0
      ? {
          code,
          grade: settling ? 'safe' : 'availability',
          reason: `Producers with acks=all stop on ${counted(short.length, 'partition')} that ${short.length === 1 ? 'has' : 'have'} fewer replicas in sync today.`,
        }
      : to === replicationFactor && to > 1
        ? { code, grade: 'availability', reason: 'One broker that is down stops every producer with acks=all.' }
        : {
            code,
            grade: 'safe',
            reason: 'A record is on more brokers when it is acknowledged, and all partitions have as many in sync.',
          };
  if (!settling) return effect;
  const block = {
    reason: `${counted(short.length, 'partition')} ${short.length === 1 ? 'has' : 'have'} too few replicas in sync while they are being moved.`,
    hint: 'Apply again when they are done.',
  };
  return { ...effect, block };
}
