import type { TargetLock } from '../../../lib/core/lock';
import type { EnvironmentModel } from '../../../lib/core/model';
import type { Difference } from './difference';

/** Something that `kdk` does inside the cluster, as a Job where there is an image with the tools. */
export interface Work {
  /** Part of names: `evacuate`. */
  readonly name: string;
  /** Of `kdk`, but for how the cluster is reached. */
  readonly command: readonly string[];
}

/** One thing that is done before the next begins. */
export interface Step {
  readonly title: string;
  /** Sentences: why, what to look at, how to go back. */
  readonly text: string;
  /** Lines of a shell; a `Work` stands for the lines that run it and wait. */
  readonly commands: readonly (string | Work)[];
}

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
