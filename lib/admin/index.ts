/** What programs of users work with too, as `kafka-deployment-kit/reconciler`. */
export { formatPlan, parseDesired, parsePlan, planLines, planMarkdown, readyEntries } from '../core/plan';
export type { Change, DesiredState, Grade, Plan } from '../core/plan';
export * from './adapters/connect-rest';
export * from './adapters/platformatic';
export * from './failures';
export * from './membership';
export * from './port';
export * from './reconcile';
export * from './sample';
export * from './secrets';
export * from './status';
export * from './topics';
export * from './users';
export * from './verify';
