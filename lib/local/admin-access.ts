import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { adminBootstrapServers, adminCommonName, bootstrapServers, NODE_SECRETS } from '../core/config';
import { Failure } from '../core/issue';
import type { EnvironmentModel } from '../core/model';
import { localSecretsDir } from './node-folder';

/** How an administrator reaches a cluster of this machine. */
export interface LocalAdminAccess {
  readonly bootstrapServers: readonly string[];
  /** Absent where nobody has to say who it is. */
  readonly sasl?: { readonly mechanism: 'PLAIN'; readonly username: string; readonly password: string };
}

/**
 * The administrator's way into a cluster that was brought up here: with a password at the brokers' own listener where clients log in, since
 * no client has rights before it gave them some; at the first listener of clients where nobody does.
 */
export function localAdminAccess(model: EnvironmentModel, root: string): LocalAdminAccess {
  if (model.internalListeners?.replication.authentication !== 'plain') {
    return { bootstrapServers: bootstrapServers(model, model.listeners[0]!.name).split(',') };
  }
  const path = join(localSecretsDir(root), NODE_SECRETS.admin, NODE_SECRETS.key);
  let password: string;
  try {
    password = readFileSync(path, 'utf8');
  } catch (error) {
    throw new Failure(
      'ADMIN-PASSWORD-MISSING',
      `the password of the administrator of ${model.name} cannot be read, got ${(error as NodeJS.ErrnoException).code ?? (error as Error).message} for ${path}; kdk up makes it.`,
      'Run kdk down, then kdk up.',
    );
  }
  return {
    bootstrapServers: adminBootstrapServers(model).split(','),
    sasl: { mechanism: 'PLAIN', username: adminCommonName(model), password },
  };
}
