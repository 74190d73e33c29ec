import { certificatePrincipal, connectListener, connectPrincipal, mirrorWorkers } from '../../config';
import type { Path } from '../../issue';
import type { Authentication, EnvironmentModel, PrincipalModel, SecretReference } from '../../model';

/** A client as an authorizer and quotas know it. */
export interface KafkaPrincipal {
  /** `User:billing` */
  readonly principal: string;
  /** Where it is written. */
  readonly path: Path;
  /** Its log-in, on listeners with scram-sha-512. */
  readonly login?: { readonly name: string; readonly secret: SecretReference };
}

/** The name without its type, as quotas have it. */
export function userName(principal: string): string {
  return principal.slice(principal.indexOf(':') + 1);
}

/**
 * Who the clients of a principal are to Kafka: one for each of its users with SCRAM, else one. None where Kafka does not tell clients
 * apart (no authentication), or where policies of AWS decide (iam).
 */
export function kafkaPrincipals(model: EnvironmentModel, principal: PrincipalModel): KafkaPrincipal[] {
  const path: Path = ['principals', principal.name];
  switch (authenticationOf(model, principal.listener)) {
    case 'scram-sha-512':
      return principal.users.map((login) => ({ principal: `User:${login.name}`, path, login }));
    case 'mtls': {
      const commonName = model.spec.principals?.[principal.name]?.commonName ?? principal.name;
      return [{ principal: certificateName(model, commonName), path }];
    }
    case 'oauthbearer':
      return [{ principal: `User:${principal.name}`, path }];
    default:
      return [];
  }
}

/** The Connect workers on the target itself: a principal that no file declares, since it comes with them. */
export function workerPrincipals(model: EnvironmentModel): KafkaPrincipal[] {
  if (model.connect === undefined || model.owner !== model.name) return [];
  const name = connectPrincipal(model);
  const path: Path = [model.connect.group === 'mirror' ? 'mirrors' : 'connect'];
  switch (connectListener(model).authentication) {
    case 'scram-sha-512':
      return [{ principal: `User:${name}`, path, login: { name, secret: { secret: name, key: 'password' } } }];
    case 'mtls':
      return [{ principal: certificateName(model, name), path }];
    case 'oauthbearer':
      return [{ principal: `User:${name}`, path }];
    default:
      return [];
  }
}

/** The workers of mirrors, likewise. */
export function mirrorPrincipals(model: EnvironmentModel): KafkaPrincipal[] {
  const workers = mirrorWorkers(model);
  return workers === undefined ? [] : workerPrincipals(workers);
}

/** A principal that is to be gone, by every name that Kafka may know it by: its listener may be gone too. */
export interface GonePrincipal {
  readonly principal: string;
  readonly reason: string;
  readonly path: Path;
}

export function gonePrincipals(model: EnvironmentModel): GonePrincipal[] {
  const ofUsers = model.principals.flatMap(({ name, deletedUsers }) =>
    deletedUsers.map(({ name: user, reason }) => ({
      principal: `User:${user}`,
      reason,
      path: ['principals', name, 'users', user, 'deleted'] as Path,
    })),
  );
  const whole = model.deletedPrincipals.flatMap(({ name, reason }) => {
    const spec = model.spec.principals?.[name];
    const commonNames = [name, ...(spec?.commonName === undefined ? [] : [spec.commonName])];
    const names = [
      ...commonNames,
      ...Object.keys(spec?.users ?? {}),
      ...(model.managedBy === 'service' ? commonNames.map((commonName) => `CN=${commonName}`) : []),
    ];
    return names.map((known) => ({
      principal: `User:${known}`,
      reason,
      path: ['principals', name, 'deleted'] as Path,
    }));
  });
  const alive = new Set(allKafkaPrincipals(model).map(({ principal }) => principal));
  const gone = new Map<string, GonePrincipal>();
  // A user that moved from one principal to another is alive.
  for (const one of [...ofUsers, ...whole])
    if (!alive.has(one.principal) && !gone.has(one.principal)) gone.set(one.principal, one);
  return [...gone.values()];
}

export function allKafkaPrincipals(model: EnvironmentModel): KafkaPrincipal[] {
  return [
    ...model.principals.flatMap((principal) => kafkaPrincipals(model, principal)),
    ...workerPrincipals(model),
    ...mirrorPrincipals(model),
  ];
}

export function authenticationOf(model: EnvironmentModel, listener: string): Authentication | undefined {
  return model.listeners.find(({ name }) => name === listener)?.authentication;
}

/** Nodes of the kit take the common name out of a certificate; Amazon MSK keeps the distinguished name. */
function certificateName(model: EnvironmentModel, commonName: string): string {
  return certificatePrincipal(model.managedBy === 'service' ? `CN=${commonName}` : commonName);
}
