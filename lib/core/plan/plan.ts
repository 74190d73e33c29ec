import type { Issue } from '../issue';
import type { TargetName } from '../spec';
import type { Change } from './change';

/** What would be done to make a cluster what a file says. Plain JSON; `kdk plan --out` writes it, `kdk apply` reads it. */
export interface Plan {
  readonly schemaVersion: 1;
  readonly environment: string;
  readonly owner: string;
  readonly target: TargetName;
  /** Of the cluster that was looked at. */
  readonly clusterId: string;
  /** When the cluster was read, ISO 8601 in UTC. */
  readonly readAt: string;
  /** Hash of what was read and matters here, by section; applying is refused where it is not the same any more. */
  readonly basis: Readonly<Record<string, string>>;
  /** Hash of the desired state that the plan was made from. */
  readonly desired: string;
  /** In the order in which they are done. */
  readonly changes: readonly Change[];
  /** What was noticed and is not changed: drift that belongs to others, unknown topics in the own scope, unused acknowledgements. */
  readonly findings: readonly Issue[];
  /** Whether the cluster itself checked the changes that it can check without doing them. */
  readonly proof: Proof;
}

export interface Proof {
  readonly checked: number;
  /** Changes that the cluster would refuse, by their id. */
  readonly refused: readonly { readonly id: string; readonly error: string }[];
  /** Kinds of changes that the protocol cannot check beforehand. */
  readonly unchecked: readonly string[];
}
