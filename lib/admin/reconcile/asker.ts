import type { ObservedState } from '../../core/plan';
import type { AdminPort } from '../port';

/** What is asked of single topics: it costs a request a broker or a partition, so nothing is asked that no change needs. */
export interface Asker {
  readonly admin: AdminPort;
  readonly observed: ObservedState;
  readonly nowMs: number;
  readonly ask: <T>(question: () => Promise<T>) => Promise<T>;
}
