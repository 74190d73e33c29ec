import { formatPath, type Path } from '../core/issue';

/** The single values of a nested thing by their paths, in order. */
export type Leaves = ReadonlyMap<string, Leaf>;

export interface Leaf {
  readonly path: Path;
  readonly value: string;
}

export interface Difference {
  readonly path: string;
  /** Absent where there is no such value. */
  readonly left?: string;
  readonly right?: string;
}

/** A list of plain values is one leaf; maps and lists of maps are walked. */
export function leavesOf(value: unknown, path: Path = []): Map<string, Leaf> {
  const leaves = new Map<string, Leaf>();
  collect(value, path, leaves);
  return leaves;
}

function collect(value: unknown, path: Path, leaves: Map<string, Leaf>): void {
  if (value === undefined || value === null) return;
  const isList = Array.isArray(value);
  if (isList && value.every((item) => typeof item !== 'object')) {
    leaves.set(formatPath(path), { path, value: value.length === 0 ? 'none' : value.join(', ') });
  } else if (isList) {
    value.forEach((item, index) => collect(item, [...path, index], leaves));
  } else if (value instanceof Map) {
    for (const [key, inner] of value) collect(inner, [...path, String(key)], leaves);
  } else if (typeof value === 'object') {
    for (const [key, inner] of Object.entries(value)) collect(inner, [...path, key], leaves);
  } else {
    leaves.set(formatPath(path), { path, value: String(value) });
  }
}

/** What differs, in the order of the left side, then what only the right side has. */
export function compareLeaves(left: Leaves, right: Leaves): Difference[] {
  const differences: Difference[] = [];
  for (const [path, { value }] of left) {
    const other = right.get(path)?.value;
    if (other !== value) differences.push({ path, left: value, ...(other === undefined ? {} : { right: other }) });
  }
  for (const [path, { value }] of right) {
    if (!left.has(path)) differences.push({ path, right: value });
  }
  return differences;
}

/** `topics.orders.partitions: 3 in dev, 48 in prod`. */
export function describeDifference({ path, left, right }: Difference, leftName: string, rightName: string): string {
  if (right === undefined) return `${path}: ${left} in ${leftName}, nothing in ${rightName}`;
  if (left === undefined) return `${path}: nothing in ${leftName}, ${right} in ${rightName}`;
  return `${path}: ${left} in ${leftName}, ${right} in ${rightName}`;
}
