import type { Path } from '../issue';
import type { EnvironmentModel, SecretReference } from '../model';
import {
  kafkaPrincipals,
  mirrorPrincipals,
  userName,
  workerPrincipals,
  type KafkaPrincipal,
} from '../plan/desire/kafka-principals';

/** A client as Strimzi has it: an object each. */
export interface StrimziUser {
  /** Of the object, and so of the client. */
  readonly name: string;
  /** `none`: somebody else says who it is (OAUTHBEARER), and Strimzi makes its rights and quotas only. */
  readonly type: 'scram-sha-512' | 'tls' | 'none';
  /** Where its password is. */
  readonly secret?: SecretReference;
  /** As the kit's own nodes know it, and so as its rights and quotas are written: `User:billing`. */
  readonly principal: string;
  readonly path: Path;
}

/** The clients of an environment that authenticate, and the workers of Connect and of mirrors. */
export function strimziUsers(model: EnvironmentModel): StrimziUser[] {
  const known = [
    ...model.principals.flatMap((principal) =>
      kafkaPrincipals(model, principal).map(withType(model, principal.listener)),
    ),
  ];
  const workers = workerPrincipals(model).map(
    withType(model, model.spec.connect?.listener ?? model.listeners[0]!.name),
  );
  const mirrors = mirrorPrincipals(model).map(withType(model, model.mirrorMaker?.listener ?? model.listeners[0]!.name));
  const users = new Map<string, StrimziUser>();
  for (const user of [...known, ...workers, ...mirrors]) {
    const key = `${user.type} ${user.name}`;
    if (!users.has(key)) users.set(key, user);
  }
  return [...users.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

function withType(model: EnvironmentModel, listener: string): (known: KafkaPrincipal) => StrimziUser {
  const authentication = model.listeners.find(({ name }) => name === listener)?.authentication;
  const type = authentication === 'scram-sha-512' ? 'scram-sha-512' : authentication === 'mtls' ? 'tls' : 'none';
  return ({ principal, path, login }) => ({
    name: userName(principal),
    type,
    principal,
    path,
    ...(login === undefined ? {} : { secret: login.secret }),
  });
}
