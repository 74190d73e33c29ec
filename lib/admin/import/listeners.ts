import { TARGET_ADAPTERS, type Authentication } from '../../core/model';
import type { ImportConnection, ImportTarget } from './connection';
import { compact, type Section } from './document';
import type { LiveCluster } from './live-cluster';
import type { PrincipalListeners } from './principals';

export interface ListenerFacts {
  readonly live: LiveCluster;
  readonly target: ImportTarget;
  readonly connection: ImportConnection;
  /** With SCRAM-SHA-512. */
  readonly users: ReadonlySet<string>;
}

export interface ImportedListeners {
  readonly listeners: Section;
  readonly principalListeners: PrincipalListeners;
}

/** The kit's own; see `lib/core/model/targets/target.ts`. */
const TAKEN = [9091, 9093, 9404];

/**
 * The listener that the cluster was reached on, and one for each kind of credential that it holds. Which ports and certificates others
 * have no request tells.
 */
export function importListeners({ live, target, connection, users }: ListenerFacts): ImportedListeners {
  const { authentications, managedBy } = TARGET_ADAPTERS[target];
  const can = (authentication: Authentication): boolean => authentications.includes(authentication);
  const others = (live.acls ?? []).some(
    ({ principal }) => principal.startsWith('User:') && !users.has(principal.slice('User:'.length)),
  );
  const wanted = new Map<Authentication, Section>();
  const own = can(connection.authentication) ? connection.authentication : authentications[0]!;
  const ports = new Set(live.cluster.brokers.map(({ port }) => port));
  const [port] = ports;
  wanted.set(
    own,
    compact({
      authentication: own,
      encryption: connection.encrypted || managedBy === 'service' || target === 'local' ? undefined : 'none',
      port: target === 'hosts' && ports.size === 1 && !TAKEN.includes(port!) ? port : undefined,
    }),
  );
  if (users.size > 0 && can('scram-sha-512') && !wanted.has('scram-sha-512'))
    wanted.set('scram-sha-512', { authentication: 'scram-sha-512' });
  if (others && can('mtls') && !wanted.has('mtls')) wanted.set('mtls', { authentication: 'mtls' });
  const name = (authentication: Authentication): string | undefined =>
    wanted.has(authentication) ? NAMES[authentication] : undefined;
  return {
    listeners: Object.fromEntries([...wanted].map(([authentication, section]) => [NAMES[authentication], section])),
    principalListeners: compact({ scram: name('scram-sha-512'), certificates: name('mtls') }) as PrincipalListeners,
  };
}

const NAMES: Readonly<Record<Authentication, string>> = {
  none: 'plain',
  iam: 'iam',
  'scram-sha-512': 'scram',
  mtls: 'mtls',
  oauthbearer: 'oauth',
};
