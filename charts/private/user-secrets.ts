import type { k8s } from 'cdk8s-plus-27';
import { secretName, type EnvironmentModel } from '../../lib/core/model';
import { inUserParts, type DesiredState, type DesiredUser } from '../../lib/core/plan';
import { USER_SECRETS } from './paths';
import type { PodFile } from './pod';

/**
 * A Job lists the Secret of every user that it makes, and `kubectl apply` keeps a copy of the Job in its annotations, which hold 256 KiB in
 * all. The rest of the Job is a few KiB.
 */
const PART_BYTES = 160 * 1024;

/** What is wanted, in as many parts as there have to be Jobs to hold the passwords of all users: one for some 1,500 of them. */
export function statesByUsers(model: EnvironmentModel, desired: DesiredState): DesiredState[] {
  const parts: DesiredUser[][] = [[]];
  let bytes = 0;
  for (const user of desired.users?.users ?? []) {
    const own = JSON.stringify(sourcesOf(model, [user])).length;
    if (bytes + own > PART_BYTES) {
      parts.push([]);
      bytes = 0;
    }
    parts[parts.length - 1]!.push(user);
    bytes += own;
  }
  return inUserParts(desired, parts);
}

/** The passwords of users, as files `SECRET/KEY`. One volume for all: a pod with a volume for each of hundreds takes minutes to start. */
export function userSecrets(model: EnvironmentModel, desired: DesiredState): PodFile[] {
  const users = desired.users?.users ?? [];
  if (users.length === 0) return [];
  return [
    {
      volume: { name: 'users', projected: { defaultMode: 0o440, sources: sourcesOf(model, users) } },
      mountPath: USER_SECRETS,
    },
  ];
}

function sourcesOf(model: EnvironmentModel, users: readonly DesiredUser[]): k8s.VolumeProjection[] {
  const keys = new Map<string, Set<string>>();
  for (const { secret } of users) keys.set(secret.secret, (keys.get(secret.secret) ?? new Set()).add(secret.key));
  return [...keys]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([secret, own]) => ({
      secret: {
        name: secretName(model, secret),
        items: [...own].sort().map((key) => ({ key, path: `${secret}/${key}` })),
      },
    }));
}
