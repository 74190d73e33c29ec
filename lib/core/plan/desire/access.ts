import { aclKey, CLUSTER_RESOURCE, type Acl, type AclOperation, type AclResourceType } from '../../cluster';
import { formatPath, type Path } from '../../issue';
import type { EnvironmentModel, PrincipalModel } from '../../model';
import type { DesiredAccess, DesiredAcl, OwnedPrincipal } from '../desired';
import { applicationRights } from './application-rights';
import { closing } from './closing';
import { connectorRights, workerRights } from './connect-rights';
import { mirrorRights } from './mirror-rights';
import {
  allKafkaPrincipals,
  authenticationOf,
  gonePrincipals,
  kafkaPrincipals,
  mirrorPrincipals,
  workerPrincipals,
  type KafkaPrincipal,
} from './kafka-principals';
import type { Right } from './right';
import { byText } from './sorted';

/**
 * Intent as ACLs. Absent where no authorizer looks at ACLs: without authentication, and on Amazon MSK where IAM policies decide alone.
 */
export function desiredAccess(model: EnvironmentModel): DesiredAccess | undefined {
  if (!usesAcls(model)) return undefined;
  const acls = new Map<string, DesiredAcl>();
  const grant = (who: readonly KafkaPrincipal[], rights: readonly Right[]): void => {
    for (const { principal } of who)
      for (const right of rights) {
        for (const acl of aclsOf(principal, right)) {
          const key = aclKey(acl);
          // What is granted twice (to write and to read a topic both need describe) counts where it is written first.
          if (!acls.has(key)) acls.set(key, { acl, path: formatPath(right.path) });
        }
      }
  };
  for (const principal of model.principals)
    grant(kafkaPrincipals(model, principal), [
      ...intentRights(principal),
      ...connectorRights(model, principal.name),
      ...applicationRights(model, principal.name),
    ]);
  grant(workerPrincipals(model), workerRights(model));
  grant(mirrorPrincipals(model), mirrorRights(model));
  const close = closing(model);
  return {
    acls: [...acls.values()].sort(byText(({ acl }) => aclKey(acl))),
    principals: ownedPrincipals(model),
    ...(close === undefined ? {} : { closing: close }),
  };
}

function usesAcls(model: EnvironmentModel): boolean {
  if (!model.authorization || model.target === 'msk-serverless') return false;
  if (model.target !== 'msk') return true;
  const withAcls = (listener: string): boolean =>
    ['scram-sha-512', 'mtls'].includes(authenticationOf(model, listener) ?? 'none');
  return (
    closing(model) !== undefined ||
    model.principals.some(({ listener }) => withAcls(listener)) ||
    (model.listeners.some(({ name }) => withAcls(name)) && gonePrincipals(model).length > 0)
  );
}

function ownedPrincipals(model: EnvironmentModel): OwnedPrincipal[] {
  const owned = new Map<string, OwnedPrincipal>();
  for (const { principal, path } of allKafkaPrincipals(model))
    if (!owned.has(principal)) owned.set(principal, { principal, path: formatPath(path) });
  for (const { principal, path, reason } of gonePrincipals(model))
    owned.set(principal, { principal, path: formatPath(path), deleted: reason });
  return [...owned.values()].sort(byText(({ principal }) => principal));
}

const TOPIC_WRITE: readonly AclOperation[] = ['write', 'describe'];
const READ: readonly AclOperation[] = ['read', 'describe'];

/** What a principal of the file may do, by its intent and its ACLs. */
function intentRights({ name, produce, consume, acls }: PrincipalModel): Right[] {
  const at = (...rest: Path): Path => ['principals', name, ...rest];
  const each = (
    type: AclResourceType,
    names: readonly string[],
    operations: readonly AclOperation[],
    path: Path,
    more: Partial<Right> = {},
  ): Right[] => names.map((pattern, index) => ({ type, pattern, operations, path: [...path, index], ...more }));
  return [
    ...each('topic', produce?.topics ?? [], TOPIC_WRITE, at('produce', 'topics')),
    ...each(
      'transactional-id',
      produce?.transactionalIds ?? [],
      ['write', 'describe'],
      at('produce', 'transactionalIds'),
    ),
    ...each('topic', consume?.topics ?? [], READ, at('consume', 'topics')),
    ...each('group', consume?.groups ?? [], READ, at('consume', 'groups')),
    ...acls.flatMap(({ topics, groups, transactionalIds, cluster, operations, permission, host }, index): Right[] => {
      const more = { permission, host };
      const on = (key: string): Path => at('acls', index, key);
      return [
        ...each('topic', topics, operations, on('topics'), more),
        ...each('group', groups, operations, on('groups'), more),
        ...each('transactional-id', transactionalIds, operations, on('transactionalIds'), more),
        ...(cluster
          ? [{ type: 'cluster' as const, pattern: CLUSTER_RESOURCE, operations, path: on('cluster'), ...more }]
          : []),
      ];
    }),
  ];
}

function aclsOf(principal: string, { type, pattern, operations, permission, host }: Right): Acl[] {
  const prefixed = type !== 'cluster' && pattern.endsWith('*') && pattern !== '*';
  return operations.map((operation) => ({
    principal,
    host: host ?? '*',
    resourceType: type,
    resourceName: prefixed ? pattern.slice(0, -1) : pattern,
    pattern: prefixed ? 'prefixed' : 'literal',
    operation,
    permission: permission ?? 'allow',
  }));
}
