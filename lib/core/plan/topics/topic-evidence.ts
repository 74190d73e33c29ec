import type { DesiredState } from '../desired';
import { NO_EVIDENCE } from '../no-evidence';
import type { EvidenceRequest, ObservedState } from '../observed';
import { resultingOption } from './option-changes';
import { topicChanges } from './topic-changes';
import { TopicContext } from './topic-context';

/** Options whose change removes records by retention. */
const CUTS: ReadonlySet<string> = new Set(['TOPIC-RETENTION-CUT', 'TOPIC-CLEANUP-DELETE']);
/** Changes that cost nothing where the topic is empty, or whose cost depends on its size. */
const SIZED: ReadonlySet<string> = new Set([
  ...CUTS,
  'TOPIC-CLEANUP-COMPACT',
  'TOPIC-PARTITIONS-GROW',
  'TOPIC-PARTITIONS-GROW-COMPACTED',
  'TOPIC-REPLICATION-RAISE',
  'TOPIC-DELETE',
]);

/** What has to be asked of single topics before `topicChanges` can say what its changes cost. */
export function topicEvidence(desired: DesiredState, observed: ObservedState): Omit<EvidenceRequest, 'groups'> {
  const sizes = new Set<string>();
  const cut = new Set<string>();
  const usage: string[] = [];
  for (const { code, operation } of topicChanges(desired, observed, NO_EVIDENCE).changes) {
    if (!('topic' in operation)) continue;
    if (SIZED.has(code)) sizes.add(operation.topic);
    if (CUTS.has(code)) cut.add(operation.topic);
    if (operation.kind === 'delete-topic') usage.push(operation.topic);
  }
  const context = new TopicContext(desired, observed, NO_EVIDENCE);
  const cuts = desired.topics
    .filter(({ name }) => cut.has(name))
    .map((wanted) => {
      const found = new Map((observed.topicConfigs.get(wanted.name) ?? []).map((entry) => [entry.option, entry]));
      const limit = (option: string): number => Number(resultingOption(context, wanted, found, option) ?? -1);
      return { topic: wanted.name, retentionMs: limit('retention.ms'), retentionBytes: limit('retention.bytes') };
    });
  return { sizes: [...sizes].sort(), cuts, usage: usage.sort() };
}
