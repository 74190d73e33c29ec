import type { FileArtifact } from '../core/artifact';
import { bootstrapServers, clientFiles, type ClientFiles } from '../core/config';
import { Failure } from '../core/issue';
import type { EnvironmentModel } from '../core/model';
import { localRoot, localSecretsDir } from '../local/node-folder';

/**
 * The settings of every principal. Where a service runs the brokers, their addresses are known only once they are there; on a laptop the
 * passwords are where `kdk up` makes them.
 */
export function allClientFiles(model: EnvironmentModel, bootstrap: string | undefined): FileArtifact[] {
  const files: ClientFiles | undefined =
    model.target === 'local' ? { secretsDir: localSecretsDir(localRoot('.', model.name)) } : undefined;
  return model.principals.flatMap((principal) => {
    const servers = bootstrap ?? bootstrapServers(model, principal.listener);
    if (servers === '') {
      throw new Failure(
        'BOOTSTRAP-UNKNOWN',
        `the bootstrap servers of ${model.name} are not known, got target ${model.target}; a service chooses them when it makes the cluster.`,
        'Add --bootstrap host:port,host:port.',
        2,
      );
    }
    return files === undefined ? clientFiles(model, principal, servers) : clientFiles(model, principal, servers, files);
  });
}
