import * as z from 'zod';
import type { TargetName } from '../spec';

/**
 * What must not change by accident, committed beside the environment as `<name>.lock.json` and written by `kdk lock`.
 * One entry a target, since ids and placement differ between them.
 */
const targetLock = z.strictObject({
  clusterId: z.string().optional(),
  /** Recorded after the first formation: from then on empty controller disks join with fresh directory ids. */
  formed: z.boolean(),
  voters: z.array(z.strictObject({ id: z.int(), directoryId: z.string() })),
  nodes: z.record(z.string(), z.strictObject({ id: z.int(), rack: z.string().optional(), roles: z.array(z.string()) })),
  topics: z.record(z.string(), z.strictObject({ partitions: z.int(), replicationFactor: z.int() })),
  /** Whatever else a target must keep (subnets, security groups, claim templates, the source of racks), by name. */
  fixed: z.record(z.string(), z.string()),
  /** What a service can change, one operation at a time, and not always back; by name. Absent in older locks, and then not compared. */
  cluster: z.record(z.string(), z.string()).optional(),
  /** Authentication of each client listener of a service, by name. Absent in older locks, and then not compared. */
  listeners: z.record(z.string(), z.string()).optional(),
});

const lock = z.strictObject({
  schemaVersion: z.literal(1),
  environment: z.string(),
  targets: z.record(z.string(), targetLock),
});

export type TargetLock = z.output<typeof targetLock>;
export type Lock = z.output<typeof lock>;

/** Reads the text of a lock file; a text that is not one gives a message. */
export function parseLock(text: string): { lock: Lock } | { problem: string } {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    return { problem: `not JSON: ${(error as Error).message}` };
  }
  const result = lock.safeParse(json);
  if (result.success) return { lock: result.data };
  const first = result.error.issues[0]!;
  return { problem: `${first.path.join('.') || 'the file'}: ${first.message}` };
}

/** The text of a lock file: keys sorted, so that a change is one line in a review. */
export function formatLock(value: Lock): string {
  return `${JSON.stringify(sortKeys(value), undefined, 2)}\n`;
}

export function withTarget(value: Lock | undefined, environment: string, target: TargetName, entry: TargetLock): Lock {
  return { schemaVersion: 1, environment, targets: { ...value?.targets, [target]: entry } };
}

function sortKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortKeys);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, sortKeys(inner)]),
  );
}
