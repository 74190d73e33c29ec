import type { AclOperation, AclResourceType } from '../../cluster';
import type { Path } from '../../issue';

/** Operations on what a pattern names, before it is said for each Kafka principal. */
export interface Right {
  readonly type: AclResourceType;
  /** A name, a prefix with a trailing *, or * alone for all. */
  readonly pattern: string;
  readonly operations: readonly AclOperation[];
  /** Where it is written. */
  readonly path: Path;
  /** @default allow */
  readonly permission?: 'allow' | 'deny';
  /** @default every address */
  readonly host?: string;
}

/** The same right on each of a list of names. */
export function rightsOn(
  type: AclResourceType,
  names: readonly string[],
  right: Omit<Right, 'type' | 'pattern'>,
): Right[] {
  return names.map((pattern, index) => ({ type, pattern, ...right, path: [...right.path, index] }));
}
