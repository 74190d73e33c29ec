import { formatPath } from '../../issue';
import type { EnvironmentModel } from '../../model';
import type { DesiredUser, DesiredUsers } from '../desired';
import { allKafkaPrincipals, gonePrincipals, userName } from './kafka-principals';
import { byText } from './sorted';

/** SCRAM users. On Amazon MSK they are secrets of Secrets Manager that the cluster is told of, and no request makes one. */
export function desiredUsers(model: EnvironmentModel): DesiredUsers | undefined {
  const scram = model.listeners.some(({ authentication }) => authentication === 'scram-sha-512');
  if (model.managedBy !== 'self' || !scram) return undefined;
  const users = new Map<string, DesiredUser>();
  for (const { login, path } of allKafkaPrincipals(model)) {
    if (login === undefined || users.has(login.name)) continue;
    const declared = path[0] === 'principals' && model.spec.principals?.[path[1] as string]?.users !== undefined;
    users.set(login.name, { ...login, path: formatPath(declared ? [...path, 'users', login.name] : path) });
  }
  return {
    mechanism: 'SCRAM-SHA-512',
    iterations: model.reconcile.scramIterations,
    users: [...users.values()].sort(byText(({ name }) => name)),
    deleted: gonePrincipals(model)
      .map(({ principal, reason, path }) => ({ name: userName(principal), reason, path: formatPath(path) }))
      .sort(byText(({ name }) => name)),
  };
}
