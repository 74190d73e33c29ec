import { acknowledge } from './acknowledge';
import { GRADES, type Change, type Grade } from './change';
import type { DesiredState } from './desired';
import {
  accessDifferences,
  accessGroups,
  brokerOptionDifferences,
  closingEvidence,
  connectorDifferences,
  guardRights,
  quotaDifferences,
  userDifferences,
} from './diff';
import { desiredHash, fingerprint } from './fingerprint';
import type { Evidence, EvidenceRequest, ObservedState } from './observed';
export { NO_EVIDENCE } from './no-evidence';
import { changePhase } from './phases';
import type { Plan } from './plan';
import { spreadChanges, spreadTopics } from './spread';
import { topicChanges, topicEvidence } from './topics';

export interface PlanInput {
  readonly desired: DesiredState;
  readonly observed: ObservedState;
  /** What `evidenceRequest` asked for; what is missing in it is missing in the reasons. */
  readonly evidence: Evidence;
}

/** What has to be looked up before a plan can say what its changes cost. Groups are names, or prefixes with a trailing *. */
export function evidenceRequest(desired: DesiredState, observed: ObservedState): EvidenceRequest {
  const topics = topicEvidence(desired, observed);
  const usage = [...new Set([...topics.usage, ...closingEvidence(desired, observed)])].sort();
  const sizes = [...new Set([...topics.sizes, ...spreadTopics(desired, observed)])].sort();
  return { ...topics, sizes, usage, groups: accessGroups(desired, observed) };
}

/** Every difference between a file and a cluster as changes, in the order in which they are done. Nothing is proved yet. */
export function buildPlan({ desired, observed, evidence }: PlanInput): Plan {
  const parts = [
    topicChanges(desired, observed, evidence),
    accessDifferences(desired, observed, evidence),
    userDifferences(desired, observed),
    quotaDifferences(desired, observed),
    brokerOptionDifferences(desired, observed),
    connectorDifferences(desired, observed),
    spreadChanges(desired, observed, evidence),
  ];
  const all = parts.flatMap(({ changes }) => changes);
  const { changes, findings } = acknowledge(all, desired.acknowledgements);
  return {
    schemaVersion: 1,
    environment: desired.environment,
    owner: desired.owner,
    target: desired.target,
    clusterId: observed.cluster.clusterId,
    readAt: new Date(observed.readAtMs).toISOString(),
    basis: fingerprint(desired, observed),
    desired: desiredHash(desired),
    changes: inOrder(guardRights(changes)),
    findings: [...parts.flatMap((part) => part.findings), ...findings],
    proof: { checked: 0, refused: [], unchecked: [] },
  };
}

export interface ObservedConnectors extends Required<Pick<ObservedState, 'connectors' | 'readAtMs'>> {
  /** The Kafka cluster that the workers work with. */
  readonly clusterId: string;
}

/** As `buildPlan`, for connectors alone, from what workers say. */
export function connectorPlan(desired: DesiredState, observed: ObservedConnectors): Plan {
  const { changes, findings } = connectorDifferences(desired, observed);
  const acknowledged = acknowledge(changes, desired.acknowledgements);
  return {
    schemaVersion: 1,
    environment: desired.environment,
    owner: desired.owner,
    target: desired.target,
    clusterId: observed.clusterId,
    readAt: new Date(observed.readAtMs).toISOString(),
    basis: {},
    desired: desiredHash(desired),
    changes: inOrder(acknowledged.changes),
    findings: [...findings, ...acknowledged.findings],
    proof: { checked: 0, refused: [], unchecked: [] },
  };
}

/** By phase, so that nothing is taken away before what replaces it is there; then by subject, for a reader. */
function inOrder(changes: readonly Change[]): Change[] {
  const ids = new Set<string>();
  const keyed = changes.map((change) => ({
    change,
    phase: changePhase(change),
    text: `${limitLast(change)}${change.subject}\n${change.id}`,
  }));
  keyed.sort((a, b) => a.phase - b.phase || (a.text < b.text ? -1 : a.text > b.text ? 1 : 0));
  return keyed.map(({ change }) => {
    let id = change.id;
    for (let copy = 2; ids.has(id); copy++) id = `${change.id} #${copy}`;
    ids.add(id);
    return id === change.id ? change : { ...change, id };
  });
}

/** Denies are made before the rights that they limit, and go after them. */
function limitLast({ operation }: Change): string {
  if (operation.kind === 'create-acl') return operation.acl.permission === 'deny' ? '0' : '1';
  return operation.kind === 'delete-acl' && operation.acl.permission === 'deny' ? '1' : '0';
}

/** Nothing is to be done; there may be findings. */
export function isEmpty({ changes }: Plan): boolean {
  return changes.length === 0;
}

/** How many changes there are of each grade, held and blocked ones among them. */
export function countByGrade({ changes }: Plan): Readonly<Record<Grade, number>> {
  const counts = Object.fromEntries(GRADES.map((grade) => [grade, 0])) as Record<Grade, number>;
  for (const { grade } of changes) counts[grade]++;
  return counts;
}
