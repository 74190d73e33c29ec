import type { EnvironmentModel } from '../../core/model';
import type { ConfigEntry, TopicDescription } from '../port';
import { formatDifference, topicDifferences, type TopicDifference } from '../topics/differences';
import { count, listSome, ok, warning, wrong, type VerifyCheck } from './check';

export interface TopicsState {
  readonly missing: readonly string[];
  readonly differences: readonly TopicDifference[];
  /** Topics that should be gone and are not. */
  readonly undead: readonly string[];
}

export function topicsState(
  model: EnvironmentModel,
  topics: readonly TopicDescription[],
  configs: ReadonlyMap<string, readonly ConfigEntry[]>,
): TopicsState {
  const actual = new Map(topics.map((topic) => [topic.name, topic]));
  return {
    missing: model.topics.map(({ name }) => name).filter((name) => !actual.has(name)),
    differences: model.topics.flatMap((declared) => {
      const topic = actual.get(declared.name);
      return topic === undefined ? [] : topicDifferences(declared, topic, configs.get(declared.name) ?? []);
    }),
    undead: model.deletedTopics.map(({ name }) => name).filter((name) => actual.has(name)),
  };
}

export function isAsDeclared({ missing, differences }: TopicsState): boolean {
  return missing.length === 0 && differences.length === 0;
}

export function checkTopics(model: EnvironmentModel, state: TopicsState): VerifyCheck[] {
  const declared = count(model.topics.length, 'declared topic');
  const different = state.differences.filter(({ kind }) => kind === 'different').map(formatDifference);
  const drifting = state.differences.filter(({ kind }) => kind !== 'different').map(formatDifference);
  return [
    state.missing.length === 0
      ? ok({ id: 'TOPICS-PRESENT', evidence: `all of ${declared}` })
      : wrong(
          {
            id: 'TOPICS-PRESENT',
            evidence: `${state.missing.length} of ${declared} missing: ${listSome(state.missing)}`,
          },
          'Create them from the environment.',
        ),
    different.length === 0
      ? ok({ id: 'TOPICS-AS-DECLARED', evidence: 'partitions, replication factor and options are as declared' })
      : wrong(
          { id: 'TOPICS-AS-DECLARED', evidence: listSome(different) },
          'Change the topic, or the environment, so that both say the same.',
        ),
    drifting.length === 0
      ? ok({ id: 'TOPICS-PINNED', evidence: 'every declared option is set on its topic, and no other' })
      : warning(
          { id: 'TOPICS-PINNED', evidence: listSome(drifting) },
          'Declare the option, or remove it from the topic.',
        ),
    state.undead.length === 0
      ? ok({ id: 'TOPICS-DELETED', evidence: `none of ${count(model.deletedTopics.length, 'deleted topic')} is left` })
      : warning(
          { id: 'TOPICS-DELETED', evidence: `still there: ${listSome(state.undead)}` },
          'Delete them once nobody reads them any more.',
        ),
  ];
}
