import {
  connectListener,
  connectPrincipal,
  mirrorFolder,
  principalSecret,
  type ClientFiles,
} from '../../../lib/core/config';
import { mirrorSecretName, secretName, type EnvironmentModel } from '../../../lib/core/model';
import { strimziCarriesMirror, strimziUsers } from '../../../lib/core/strimzi';
import { userSecret } from './names';

/** The operator allows additional volumes below `/mnt` alone. */
const SECRETS = '/mnt/connect-secrets';

/** Where connectors find secrets, by the names that they have in the environment. */
export function secretFiles(): ClientFiles {
  return { secretsDir: SECRETS };
}

/** The folder of the certificate of a client, which the operator made: `user.crt` and `user.key`. */
export function certificateFolder(user: string): string {
  return `${SECRETS}/certificate-${user}`;
}

/** Secrets by volume, and where they are mounted. */
export interface ConnectSecrets {
  readonly volumes: Readonly<Record<string, string>>;
  readonly mounts: readonly { readonly name: string; readonly mountPath: string }[];
}

/** Each secret that a connector reads, or its principal logs in with. */
export function connectSecrets(model: EnvironmentModel): ConnectSecrets {
  const wanted = new Map<string, string>();
  const authenticationOf = (listener: string): string | undefined =>
    model.listeners.find(({ name }) => name === listener)?.authentication;
  if (connectListener(model).authentication === 'oauthbearer') {
    const name = connectPrincipal(model);
    wanted.set(`${SECRETS}/${name}`, secretName(model, name));
  }
  for (const { secretConfig, principal: name } of model.connect!.connectors) {
    for (const { secret } of Object.values(secretConfig)) wanted.set(`${SECRETS}/${secret}`, secretName(model, secret));
    const principal = model.principals.find((candidate) => candidate.name === name);
    if (principal === undefined) continue;
    const authentication = authenticationOf(principal.listener);
    if (authentication === 'mtls') {
      const user = certificateUser(model, principal.name);
      wanted.set(certificateFolder(user), userSecret(model, user));
    } else if (authentication === 'scram-sha-512' || authentication === 'oauthbearer') {
      const { secret } = principalSecret(model, principal.name);
      wanted.set(`${SECRETS}/${secret}`, secretName(model, secret));
    }
  }
  if (model.connect!.group === 'mirror')
    for (const mirror of model.mirrorMaker!.mirrors)
      if (strimziCarriesMirror(mirror) && mirror.source.authentication === 'oauthbearer')
        wanted.set(`${SECRETS}/${mirrorFolder(mirror.name)}`, mirrorSecretName(model, mirror));
  const sorted = [...wanted].sort(([a], [b]) => (a < b ? -1 : 1));
  return {
    volumes: Object.fromEntries(sorted.map(([, secret], index) => [`secret-${index}`, secret])),
    mounts: sorted.map(([mountPath], index) => ({ name: `secret-${index}`, mountPath })),
  };
}

/** The KafkaUser of a principal on a listener with mTLS. */
export function certificateUser(model: EnvironmentModel, principal: string): string {
  return strimziUsers(model).find(({ type, path }) => type === 'tls' && path[1] === principal)!.name;
}
