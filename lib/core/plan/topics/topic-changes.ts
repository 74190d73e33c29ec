import { formatPath, type Issue } from '../../issue';
import type { Change } from '../change';
import type { DesiredState } from '../desired';
import type { Differences } from '../diff/differences';
import type { Evidence, ObservedState } from '../observed';
import { createTopic, metricNames, type MetricNames } from './create-topic';
import { deleteTopic } from './delete-topic';
import { optionChanges } from './option-changes';
import { partitionChanges } from './partition-changes';
import { replicationChanges } from './replication-changes';
import { refusal } from './scope';
import { throttleChanges } from './throttle-changes';
import { TopicContext } from './topic-context';
import { spreads } from './spreads';
import { reportUnpinned } from './unpinned';
import { crowdedRacks, elsewhere, undeclaredTopics } from './unmanaged-findings';

/**
 * What differs between the topics of a file and of a cluster. A topic that is not declared is never touched, let alone deleted; what
 * cannot be done is an error among the findings and never a way round.
 */
export function topicChanges(desired: DesiredState, observed: ObservedState, evidence: Evidence): Differences {
  const context = new TopicContext(desired, observed, evidence);
  const changes: Change[] = [];
  const findings: Issue[] = [];
  let taken: MetricNames | undefined;
  for (const wanted of desired.topics) {
    const refused = refusal(context, wanted.name, formatPath(['topics', wanted.name]));
    if (refused !== undefined) {
      findings.push(refused);
      continue;
    }
    const topic = observed.topics.get(wanted.name);
    if (topic === undefined) {
      taken ??= metricNames(observed.topics.keys());
      add(createTopic(context, wanted, taken));
      continue;
    }
    const partitions = partitionChanges(context, wanted, topic);
    add(partitions);
    add(replicationChanges(context, wanted, topic, partitions.added));
    add(optionChanges(context, wanted, topic));
  }
  for (const tombstone of desired.deletedTopics) {
    const topic = observed.topics.get(tombstone.name);
    const refused = refusal(context, tombstone.name, tombstone.path);
    if (refused !== undefined) findings.push(refused);
    else if (topic !== undefined) changes.push(deleteTopic(context, tombstone, topic));
  }
  add(throttleChanges(context));
  findings.push(...crowdedRacks(context), ...undeclaredTopics(context));
  const told = desired.reconcile.unpinned === 'report' ? reportUnpinned(changes) : { changes, findings: [] };
  if (desired.topicsManagedBy === 'cloudformation') {
    // Where replicas are is nobody's but ours, and so are the throttles that spreading left behind.
    const own = told.changes.filter(({ operation }) => spreads(desired) && operation.kind === 'clear-throttle');
    const others = told.changes.filter((change) => !own.includes(change));
    return { changes: own, findings: [...findings, ...told.findings, ...elsewhere(desired, others)] };
  }
  return { changes: told.changes, findings: [...findings, ...told.findings] };

  function add(part: Differences): void {
    changes.push(...part.changes);
    findings.push(...part.findings);
  }
}
