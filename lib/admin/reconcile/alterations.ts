import type { Change } from '../../core/plan';
import { batch } from '../batches';
import type { ConfigChange, ConfigTarget } from '../port';
import { groupBy } from '../../core/group-by';
import { type ChangeOf } from './operations';

/** All that changes on one topic, one broker, or the default of all brokers: Kafka takes it in one piece, or not at all. */
export interface Alteration {
  readonly key: string;
  readonly value: ConfigChange;
  readonly changes: readonly Change[];
}

type OptionChange = ChangeOf<'set-topic-option' | 'set-broker-option' | 'clear-throttle'>;

export const targetKey = ({ type, name }: ConfigTarget): string => `${type} ${name}`;

/** Incremental changes, one a target; what they do not name keeps its value. */
export function alterations(changes: readonly OptionChange[]): Alteration[] {
  return [...groupBy(changes, (change) => targetKey(targetOf(change)))].map(([key, ofTarget]) => {
    const set: Record<string, string> = {};
    const remove: string[] = [];
    for (const { operation } of ofTarget) {
      if (operation.kind === 'clear-throttle') remove.push(...operation.options);
      else if (operation.value === undefined) remove.push(operation.option);
      else set[operation.option] = operation.value;
    }
    return { key, value: { ...targetOf(ofTarget[0]!), set, remove }, changes: ofTarget };
  });
}

function targetOf({ operation }: OptionChange): ConfigTarget {
  switch (operation.kind) {
    case 'set-topic-option':
      return { type: 'topic', name: operation.topic };
    case 'clear-throttle':
      return { type: operation.on, name: operation.name };
    case 'set-broker-option':
      return operation.broker === undefined
        ? { type: 'cluster', name: '' }
        : { type: 'broker', name: String(operation.broker) };
  }
}

/** Topics share requests. Each broker is asked by itself, so that one that does not answer keeps no other from it. */
export function batchAlterations<T extends { readonly value: ConfigChange }>(items: readonly T[]): T[][] {
  const recordsOf = ({ value }: T): number => Object.keys(value.set).length + value.remove.length;
  const topics = items.filter(({ value }) => value.type === 'topic');
  return [
    ...batch(topics, { recordsOf }),
    ...items.filter(({ value }) => value.type !== 'topic').map((item) => [item]),
  ];
}
