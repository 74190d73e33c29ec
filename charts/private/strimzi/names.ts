import type { EnvironmentModel, ListenerModel } from '../../../lib/core/model';
import { bootstrapServiceName, podDomain } from '../../../lib/core/model';

/** Where all brokers answer a client inside the Kubernetes cluster: a Service that is rendered, whichever way a listener is exposed. */
export function strimziBootstrapServers(model: EnvironmentModel, listener: ListenerModel): string {
  return `${podDomain(model.spec, bootstrapServiceName(model, listener))}:${listener.port}`;
}

/** Secret of the operator with `ca.crt`: the authority of the brokers. */
export function clusterAuthoritySecret(model: EnvironmentModel): string {
  return `${model.name}-cluster-ca-cert`;
}

/**
 * Before the names of Secrets that the operator makes of users: it replaces a Secret that has the name already, so this is none that an
 * environment would name.
 */
export function userSecretPrefix(model: EnvironmentModel): string {
  return `${model.name}-kafkauser-`;
}

export function userSecret(model: EnvironmentModel, user: string): string {
  return `${userSecretPrefix(model)}${user}`;
}

export function metricsConfigMap(model: EnvironmentModel): string {
  return `${model.name}-metrics`;
}

/** The file of rules in that ConfigMap. */
export const METRICS_KEY = 'jmx-exporter.yaml';
