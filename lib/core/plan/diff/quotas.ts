import { quotaEntityKey, type QuotaEntity, type QuotaKey } from '../../cluster';
import type { Change } from '../change';
import type { DesiredState } from '../desired';
import type { ObservedState } from '../observed';
import { byTombstone, proposed, unread, type Differences } from './differences';
import { formatQuota, quotaEntityWords } from './quota-words';

type Values = Readonly<Partial<Record<QuotaKey, number>>>;

/**
 * Quotas of declared entities and of the principals of the file: all keys of such an entity belong to the file. All others are left
 * alone.
 */
export function quotaDifferences(desired: DesiredState, observed: ObservedState): Differences {
  const { quotas } = desired;
  if (quotas === undefined) return { changes: [], findings: [] };
  if (observed.quotas === undefined) return unread('the quotas', 'quotas');
  const present = new Map(observed.quotas.map(({ entity, values }) => [quotaEntityKey(entity), values]));
  const wanted = new Map(quotas.quotas.map(({ entity, values }) => [quotaEntityKey(entity), values]));
  const changes: Change[] = [];
  for (const { entity, values, path } of quotas.quotas) {
    const now = present.get(quotaEntityKey(entity)) ?? {};
    for (const key of keysOf(now, values)) {
      const from = now[key];
      const to = values[key];
      if (to === undefined) changes.push(proposed(removal({ entity, key, from: from!, path }, fallback(entity, key))));
      else if (from === undefined || !sameNumber(from, to)) changes.push(setting({ entity, key, from, to, path }));
    }
  }
  for (const { entity, reason, path } of quotas.deleted) {
    const now = present.get(quotaEntityKey(entity)) ?? {};
    for (const key of keysOf(now, {}))
      changes.push(byTombstone(removal({ entity, key, from: now[key]!, path, reason }, fallback(entity, key))));
  }
  const own = ownUsers(desired);
  for (const { entity, values } of observed.quotas) {
    const path = own.get(quotaEntityKey(entity));
    if (path === undefined || wanted.has(quotaEntityKey(entity))) continue;
    for (const key of keysOf(values)) changes.push(undeclared({ entity, key, from: values[key]!, path }));
  }
  return { changes, findings: [] };

  /** What holds for a user, a client or an address once it has no quota of its own. */
  function fallback(entity: QuotaEntity, key: QuotaKey): number | undefined {
    const general = defaultOf(entity);
    if (general === undefined) return undefined;
    const id = quotaEntityKey(general);
    return (wanted.get(id) ?? present.get(id))?.[key];
  }
}

function defaultOf({ user, clientId, ip }: QuotaEntity): QuotaEntity | undefined {
  if (typeof user === 'string' && clientId === undefined) return { user: null };
  if (typeof clientId === 'string' && user === undefined) return { clientId: null };
  return typeof ip === 'string' ? { ip: null } : undefined;
}

interface QuotaFacts {
  readonly entity: QuotaEntity;
  readonly key: QuotaKey;
  readonly path: string;
}

function setting({ entity, key, from, to, path }: QuotaFacts & { from: number | undefined; to: number }): Change {
  const cut = from !== undefined && to < from;
  const who = quotaEntityWords(entity);
  return proposed({
    ...common({ entity, key, path }),
    code: cut ? 'QUOTA-CUT' : 'QUOTA-SET',
    summary: `${key} ${formatQuota(key, from)} -> ${formatQuota(key, to)}`,
    from: formatQuota(key, from),
    to: formatQuota(key, to),
    grade: cut ? 'availability' : 'safe',
    reason: cut
      ? `Clients of ${who} that use more than ${formatQuota(key, to)} of a broker are slowed down.`
      : from === undefined
        ? `${who} has a limit where it had none of its own; above it clients are slowed down, not refused.`
        : 'Clients may use more.',
    operation: { kind: 'set-quota', entity, key, value: to },
  });
}

type Unsettled = Omit<Change, 'status' | 'block'>;

function removal(
  { entity, key, path, from, reason }: QuotaFacts & { from: number; reason?: string },
  general: number | undefined,
): Unsettled {
  const lower = general !== undefined && general < from;
  const why = reason === undefined ? '' : `: ${reason}`;
  return {
    ...common({ entity, key, path }),
    code: 'QUOTA-REMOVE',
    summary: `${key} ${formatQuota(key, from)} -> none`,
    from: formatQuota(key, from),
    to: 'none',
    grade: lower ? 'availability' : 'safe',
    reason: lower
      ? `The default of all, ${formatQuota(key, general)}, is lower: clients above it are slowed down${why}.`
      : `The limit is lifted${why}.`,
    operation: { kind: 'set-quota', entity, key },
  };
}

function common({ entity, key, path }: QuotaFacts): { id: string; path: string; subject: string } {
  const subject = quotaEntityWords(entity);
  return { id: `set-quota ${subject} ${key}`, path, subject };
}

function keysOf(...values: Values[]): QuotaKey[] {
  return [...new Set(values.flatMap((one) => Object.keys(one)))].sort() as QuotaKey[];
}

/** Kafka keeps quotas as doubles. */
function sameNumber(a: number, b: number): boolean {
  return Math.abs(a - b) <= 1e-9 * Math.max(Math.abs(a), Math.abs(b));
}

/** Somebody may have set it in an emergency, so taking it off is for a person to decide. */
function undeclared({ entity, key, path, from }: QuotaFacts & { from: number }): Change {
  return proposed({
    ...removal({ entity, key, path, from }, undefined),
    grade: 'availability',
    reason: `The file has ${quotaEntityWords(entity)} without a quota. If it was set in an emergency, clients that it keeps back take from others what they need.`,
  });
}

/** Users of the principals of a file, by their entity, with their place in it. */
export function ownUsers({ access, users, quotas }: DesiredState): ReadonlyMap<string, string> {
  const gone = new Set((quotas?.deleted ?? []).map(({ entity }) => quotaEntityKey(entity)));
  return new Map(
    [
      ...(access?.principals ?? []).map(({ principal, path }) => [principal.replace(/^User:/, ''), path] as const),
      ...(users?.users ?? []).map(({ name, path }) => [name, path] as const),
    ]
      .map(([user, path]) => [quotaEntityKey({ user }), path] as const)
      .filter(([key]) => !gone.has(key)),
  );
}
