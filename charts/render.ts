import { App, Chart, Yaml } from 'cdk8s';
import type { FileArtifact } from '../lib/core/artifact';
import type { EnvironmentModel } from '../lib/core/model';
import { requireKubernetes } from './private/environment-model';
import { addEnvironment } from './private/objects';

/** In this order objects find what they need when they are applied file by file. */
const ORDER: Readonly<Record<string, number>> = {
  NetworkPolicy: 0,
  ServiceAccount: 0,
  Issuer: 1,
  Certificate: 2,
  ConfigMap: 3,
  Service: 4,
  // After the Services that it leads to, by its name.
  TLSRoute: 4,
  PodDisruptionBudget: 5,
  StatefulSet: 6,
  Deployment: 6,
  TriggerAuthentication: 7,
  Job: 7,
  CronJob: 8,
  HorizontalPodAutoscaler: 8,
  ScaledObject: 8,
};

/** Every kind of object that the kit renders. */
export const RENDERED_KINDS: readonly string[] = Object.keys(ORDER);

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
  const order = ORDER[kind];
  if (order === undefined) throw new Error(`the kind ${kind} has no place in the order of manifests`);
  return `${order}0-${kind.toLowerCase()}-${metadata.name}.yaml`;
}
