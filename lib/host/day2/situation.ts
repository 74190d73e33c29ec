import type { ClusterDifference } from '../../core/day2';
import type { TargetLock } from '../../core/lock';
import type { EnvironmentModel } from '../../core/model';

/** What steps are made from. */
export interface Situation {
  readonly model: EnvironmentModel;
  readonly before: TargetLock;
  readonly difference: ClusterDifference;
  /** Brings the files of now to hosts and restarts them one by one. */
  readonly roll: string;
  /** How `kdk` proves to the cluster who it is. */
  readonly admin: string;
  /** The log-in on a host, as the beginning of a command. */
  readonly ssh: (host: string) => string;
}
