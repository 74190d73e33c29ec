/** Makes a cluster what an environment says: reads, compares, proves, changes, and reads again. */
export { applyPlan } from './apply';
export { LEASE_GROUP } from './lease';
export { applyEvidence, planHash, type ApplyEvidence, type ChangeEvidence } from './apply-evidence';
export type { ApplyOptions } from './apply-options';
export {
  applySucceeded,
  countOutcomes,
  impossible,
  isAsDeclared,
  type AppliedChange,
  type ApplyReport,
  type Outcome,
} from './apply-report';
export { applyConnectors, planConnectors } from './connectors';
export { restartFailed, type Restarted } from './restart-failed';
export { gatherEvidence, type EvidenceOptions } from './evidence';
export { makePlan, type MakePlanOptions } from './make-plan';
export { observe, type ObserveOptions } from './observe';
export type { ReconcilePorts } from './ports';
export { prove, type ProveOptions } from './prove';
