import * as z from 'zod';
import { formatPath } from '../issue';
import { shortHash } from '../model';
import { TARGETS } from '../spec';
import { canonicalJson } from './fingerprint';
import type { Plan } from './plan';
import { change } from './plan-file-schema';

const issue = z.strictObject({
  code: z.string(),
  level: z.enum(['error', 'warning']),
  path: z.string(),
  message: z.string(),
  hint: z.string(),
  at: z.strictObject({ file: z.string(), line: z.int(), column: z.int() }).optional(),
  from: z.string().optional(),
  to: z.string().optional(),
});

const plan = z.strictObject({
  schemaVersion: z.literal(1),
  environment: z.string(),
  owner: z.string(),
  target: z.enum(TARGETS),
  clusterId: z.string(),
  readAt: z.iso.datetime(),
  basis: z.record(z.string(), z.string()),
  desired: z.string(),
  changes: z.array(change),
  findings: z.array(issue),
  proof: z.strictObject({
    checked: z.int(),
    refused: z.array(z.strictObject({ id: z.string(), error: z.string() })),
    unchecked: z.array(z.string()),
  }),
}) satisfies z.ZodType<Plan>;

const CHECKSUM_DIGITS = 64;

/** The text of a plan file. It ends with a checksum: what was reviewed is what is applied. */
export function formatPlan(value: Plan): string {
  return `${JSON.stringify({ ...value, checksum: checksum(value) }, undefined, 2)}\n`;
}

/** Reads the text of a plan file; a text that is not one, or that was changed since, gives a problem, as a sentence without its subject. */
export function parsePlan(text: string): { readonly plan: Plan } | { readonly problem: string } {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    return { problem: `is not JSON: ${(error as Error).message}` };
  }
  if (typeof json !== 'object' || json === null || Array.isArray(json))
    return { problem: 'is not a plan: a map is expected; kdk plan --out writes one' };
  const { checksum: written, ...content } = json as Record<string, unknown>;
  if (content['schemaVersion'] !== 1)
    return {
      problem: `is not a plan that this version reads, got schemaVersion ${JSON.stringify(content['schemaVersion'] ?? null)}; 1 is known`,
    };
  const result = plan.safeParse(content);
  if (!result.success) {
    const first = result.error.issues[0]!;
    const path = formatPath(first.path.map((segment) => (typeof segment === 'number' ? segment : String(segment))));
    return { problem: `is not a plan: ${path === '' ? '' : `${path}: `}${first.message}` };
  }
  if (written !== checksum(result.data))
    return { problem: 'was changed after it was written; plan again instead of editing it' };
  const ids = new Set<string>();
  for (const { id } of result.data.changes) {
    if (ids.has(id)) return { problem: `is not a plan: the id of a change is there twice, got ${id}` };
    ids.add(id);
  }
  return { plan: result.data };
}

function checksum(value: Plan): string {
  return shortHash(canonicalJson(value), CHECKSUM_DIGITS);
}
