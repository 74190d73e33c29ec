import { App, Chart, Yaml } from 'cdk8s';
import type { FileArtifact } from '../lib/core/artifact';
import type { EnvironmentModel } from '../lib/core/model';
import { requireKubernetes } from './private/environment-model';
import { addEnvironment } from './private/objects';

/** In this order objects find what they need when they are applied file by file. */
const KINDS = [
  'NetworkPolicy',
  'Issuer',
  'Certificate',
  'ConfigMap',
  'Service',
  'PodDisruptionBudget',
  'StatefulSet',
  'Job',
] as const;

interface KubernetesObject {
  readonly kind: string;
  readonly metadata: { readonly name: string };
}

/** The manifests of an environment, a file an object: `60-statefulset-staging-brokers.yaml`. */
export function renderKubernetes(model: EnvironmentModel): FileArtifact[] {
  const chart = new Chart(new App(), model.name);
  addEnvironment(chart, requireKubernetes(model));
  return (chart.toJson() as KubernetesObject[])
    .map((object) => ({ path: fileName(object), content: Yaml.stringify(object) }))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
}

function fileName({ kind, metadata }: KubernetesObject): string {
  // Routes lead to Services, which come before them by their names.
  const order = KINDS.findIndex((known) => known === (kind === 'TLSRoute' ? 'Service' : kind));
  if (order === -1) throw new Error(`the kind ${kind} has no place in the order of manifests`);
  return `${order}0-${kind.toLowerCase()}-${metadata.name}.yaml`;
}
