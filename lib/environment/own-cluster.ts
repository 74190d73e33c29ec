import { Failure } from '../core/issue';
import type { EnvironmentModel } from '../core/model';

/** Refuses a file that adds to the cluster of another: what makes, runs or locks a cluster is for the file that describes it. */
export function requireOwnCluster(model: Pick<EnvironmentModel, 'name' | 'owner' | 'brokersElsewhere'>): void {
  const { name, owner } = model;
  requireBrokers(model);
  if (owner !== name) throw clusterElsewhere(owner, name);
}

/** Refuses a file that runs pods for the brokers of another: what is asked of brokers, or makes them, is for the file that describes them. */
export function requireBrokers({ name, brokersElsewhere }: Pick<EnvironmentModel, 'name' | 'brokersElsewhere'>): void {
  if (brokersElsewhere === undefined) return;
  throw new Failure(
    'BROKERS-ELSEWHERE',
    `${brokersElsewhere.environment} runs pods for the brokers of ${name} and has none itself, got a file with brokers; the file of a cluster is needed here.`,
    `Run it on ${name}.`,
    2,
  );
}

export function clusterElsewhere(owner: string, cluster: string): Failure {
  return new Failure(
    'CLUSTER-ELSEWHERE',
    `${owner} adds to the cluster of ${cluster} and describes none itself, got a file with cluster; the file of a cluster is needed here.`,
    `Run it on ${cluster}.`,
    2,
  );
}
