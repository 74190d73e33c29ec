import { Failure } from '../core/issue';
import type { EnvironmentModel } from '../core/model';

/** Refuses a file that adds to the cluster of another: what makes, runs or locks a cluster is for the file that describes it. */
export function requireOwnCluster({ name, owner }: Pick<EnvironmentModel, 'name' | 'owner'>): void {
  if (owner !== name) throw clusterElsewhere(owner, name);
}

export function clusterElsewhere(owner: string, cluster: string): Failure {
  return new Failure(
    'CLUSTER-ELSEWHERE',
    `${owner} adds to the cluster of ${cluster} and describes none itself, got a file with cluster; the file of a cluster is needed here.`,
    `Run it on ${cluster}.`,
    2,
  );
}
