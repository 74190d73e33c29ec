import { aclKey, type Acl, type AclOperation } from '../../cluster';
import { formatPath, type Path } from '../../issue';
import type { EnvironmentModel, PrincipalModel } from '../../model';
import type { DesiredAccess, DesiredAcl, OwnedPrincipal } from '../desired';
import { aclRights } from './acl-rights';
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
import { rightsOn, type Right } from './right';
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
function intentRights(principal: PrincipalModel): Right[] {
  const { name, produce, consume } = principal;
  const at = (...rest: Path): Path => ['principals', name, ...rest];
  return [
    ...rightsOn('topic', produce?.topics ?? [], { operations: TOPIC_WRITE, path: at('produce', 'topics') }),
    ...rightsOn('transactional-id', produce?.transactionalIds ?? [], {
      operations: ['write', 'describe'],
      path: at('produce', 'transactionalIds'),
    }),
    ...rightsOn('topic', consume?.topics ?? [], { operations: READ, path: at('consume', 'topics') }),
    ...rightsOn('group', consume?.groups ?? [], { operations: READ, path: at('consume', 'groups') }),
    ...aclRights(principal),
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
