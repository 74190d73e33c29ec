import type { FileArtifact } from '../core/artifact';
import { bootstrapServers, clientFiles } from '../core/config';
import { Failure } from '../core/issue';
import type { EnvironmentModel } from '../core/model';

/** The settings of every principal. Where a service runs the brokers, their addresses are known only once they are there. */
export function allClientFiles(model: EnvironmentModel, bootstrap: string | undefined): FileArtifact[] {
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
    return clientFiles(model, principal, servers);
  });
}
