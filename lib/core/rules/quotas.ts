import type { Path } from '../issue';
import type { EnvironmentModel } from '../model';
import { overridePath } from './hint';
import { canonicalAddress } from './ip-address';
import { principalListeners } from './principal-facts';
import type { Rule } from './rule';

/** Quotas of principals, clients and addresses. */
export const QUOTA_RULES: readonly Rule[] = [
  {
    code: 'QUOTA-EMPTY',
    level: 'error',
    what: 'A quota limits something, or is a tombstone.',
    why: 'An empty one is most often half an edit; a quota that is to go from the cluster has a tombstone.',
    source: 'the environment schema',
    check(model, report) {
      for (const { path, values, deleted } of quotasOf(model)) {
        if (values.length > 0 || deleted) continue;
        report({
          path,
          message: 'the quota limits nothing, got an empty map; at least one limit is needed.',
          hint:
            path[0] === 'quotas' && path.length === 3
              ? 'Add one, or deleted: { reason: ... }.'
              : 'Add one, or remove it.',
        });
      }
    },
  },
  {
    code: 'QUOTA-DELETED-KEYS',
    level: 'error',
    what: 'The tombstone of a quota has no limits.',
    why: 'The quota goes, so its limits cannot be honoured.',
    source: 'the environment schema',
    check(model, report) {
      for (const { path, values, deleted } of quotasOf(model)) {
        if (values.length === 0 || !deleted) continue;
        report({
          path,
          message: `the quota is to be deleted and has limits too, got ${values.join(', ')}; a tombstone has none.`,
          hint: 'Remove them, or remove deleted to keep the quota.',
        });
      }
    },
  },
  {
    code: 'QUOTA-ADDRESS',
    level: 'error',
    what: 'Quotas of addresses are for IP addresses, each once.',
    why: 'Kafka refuses what is none, and counts connections of one address once, however it is written.',
    source: 'KIP-612',
    check(model, report) {
      const seen = new Map<string, string>();
      for (const address of Object.keys(model.spec.quotas?.addresses ?? {})) {
        const path = ['quotas', 'addresses', address];
        const canonical = canonicalAddress(address);
        if (canonical === undefined) {
          report({
            path,
            message: `not an IP address, got ${address}; four numbers up to 255 with dots, or eight groups of hexadecimal digits with colons, are allowed.`,
            hint: 'Correct it.',
          });
          continue;
        }
        const other = seen.get(canonical);
        seen.set(canonical, other ?? address);
        if (other === undefined) continue;
        report({
          path,
          message: `the address has a quota already, got ${address}, which is ${other}; each has one.`,
          hint: 'Remove one of them.',
        });
      }
    },
  },
  {
    code: 'QUOTA-SERVICE',
    level: 'error',
    what: 'There are no quotas on Amazon MSK Serverless.',
    why: 'The service has limits of its own and takes no others.',
    source: 'Amazon MSK developer guide, MSK Serverless',
    check(model, report) {
      if (model.target !== 'msk-serverless') return;
      for (const { path } of quotasOf(model)) {
        report({
          path,
          message: 'Amazon MSK Serverless takes no quotas, got one; leave it out there.',
          hint: `Remove it, or write ${overridePath(model, path)}: null.`,
        });
      }
    },
  },
  {
    code: 'QUOTA-LISTENER',
    level: 'error',
    what: 'A principal with a quota is on a listener whose clients Kafka itself tells apart; without authentication this is a warning.',
    why: 'A quota belongs to a user. With IAM the name of a user is that of a session, and without authentication there is one for all.',
    source: 'KIP-13; Amazon MSK developer guide, IAM access control',
    check(model, report) {
      if (model.target === 'msk-serverless') return;
      for (const { name, principal, authentication } of principalListeners(model)) {
        if (principal.quota === undefined || (authentication !== 'iam' && authentication !== 'none')) continue;
        const path = ['principals', name, 'quota'];
        report({
          level: authentication === 'iam' ? 'error' : 'warning',
          path,
          message: `the quota does nothing on a listener with authentication ${authentication}, got ${Object.keys(principal.quota).join(', ') || 'an empty one'}; it is for the others.`,
          hint: `Remove it, or write ${overridePath(model, path)}: null. Quotas of a client.id stand under quotas.clients.`,
        });
      }
    },
  },
];

interface WrittenQuota {
  readonly path: Path;
  /** Keys of its limits. */
  readonly values: readonly string[];
  readonly deleted: boolean;
}

function quotasOf({ spec }: EnvironmentModel): WrittenQuota[] {
  const { clients, addresses, ...defaults } = spec.quotas ?? {};
  const each = (section: Path, quotas: Readonly<Record<string, object | undefined>> | undefined): WrittenQuota[] =>
    Object.entries(quotas ?? {}).flatMap(([name, quota]) =>
      quota === undefined ? [] : [written([...section, name], quota)],
    );
  return [
    ...each(['quotas'], defaults),
    ...each(['quotas', 'clients'], clients),
    ...each(['quotas', 'addresses'], addresses),
    ...Object.entries(spec.principals ?? {}).flatMap(([name, { quota }]) =>
      quota === undefined ? [] : [written(['principals', name, 'quota'], quota)],
    ),
  ];
}

function written(path: Path, quota: object): WrittenQuota {
  const values = Object.entries(quota).flatMap(([key, value]) =>
    key === 'deleted' || value === undefined ? [] : [key],
  );
  return { path, values, deleted: Object.hasOwn(quota, 'deleted') };
}
