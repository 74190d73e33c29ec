import type { Progress } from '../../core/issue';
import type { Grade } from '../../core/plan';

export interface ApplyOptions {
  readonly progress: Progress;
  /** Ends it between two requests; what moves goes on moving, throttles are removed. */
  readonly signal?: AbortSignal;
  /** `saved`: a plan that somebody has read and agreed to; it is carried out as it is, or not at all. @default fresh */
  readonly source?: 'fresh' | 'saved';
  /** What to do where changes need an acknowledgement that is not there: nothing at all, or everything else. @default refuse */
  readonly held?: 'refuse' | 'skip';
  /** @default all */
  readonly onlyGrades?: readonly Grade[];
  /** How long to try again while nothing moves. @default 60000 */
  readonly patienceMs?: number;
  /** How long the copying of replicas may stand still. @default 300000 */
  readonly stallMs?: number;
  /** Shown to others who want to apply at the same time. @default user, machine and process */
  readonly holder?: string;
}
