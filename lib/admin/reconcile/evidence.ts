import type { Evidence, EvidenceRequest, ObservedState } from '../../core/plan';
import type { AdminPort } from '../port';
import { retry, SYSTEM_CLOCK, type Clock, type Patience } from '../wait';
import type { Asker } from './asker';
import { retentionCuts } from './evidence-cuts';
import { groupMembers } from './evidence-groups';
import { topicSizes } from './evidence-sizes';
import { topicUsage } from './evidence-usage';
import { readSections } from './sections';

export interface EvidenceOptions {
  readonly observed: ObservedState;
  /** @default the machine's */
  readonly clock?: Clock;
  /** How long a question is repeated that nobody answers, or that Kafka puts off. @default 30000 */
  readonly patienceMs?: number;
}

/** Sizes, what a shorter retention would remove, who uses a topic: what a change costs, before it is made. */
export async function gatherEvidence(
  admin: AdminPort,
  request: EvidenceRequest,
  { observed, clock = SYSTEM_CLOCK, patienceMs = 30_000 }: EvidenceOptions,
): Promise<Evidence> {
  const patience: Patience = { deadlineMs: patienceMs, clock };
  const asker: Asker = { admin, observed, nowMs: clock.now(), ask: (question) => retry(question, patience) };
  const sized = [...new Set([...request.sizes, ...request.cuts.map(({ topic }) => topic)])];
  const { sizes, usage, activeGroups } = await readSections({
    sizes: () => topicSizes(asker, sized),
    usage: () => topicUsage(asker, request.usage),
    activeGroups: () => groupMembers(asker, request.groups),
  });
  return { sizes, cuts: await retentionCuts(asker, request.cuts, sizes), usage, activeGroups };
}
