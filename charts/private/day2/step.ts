import type { TargetLock } from '../../../lib/core/lock';
import type { EnvironmentModel } from '../../../lib/core/model';
import type { Difference } from './difference';

/** What steps are made from. */
export interface Situation {
  readonly model: EnvironmentModel;
  readonly before: TargetLock;
  readonly difference: Difference;
  /** `kubectl -n <namespace>` */
  readonly kubectl: string;
}

/** The manifests, as `kdk render --out` wrote them. */
export const APPLY = 'kubectl apply -f "$MANIFESTS"';
export const ROLL = './roll.sh';
