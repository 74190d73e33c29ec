import { type EnvironmentModel } from '../../../lib/core/model';

/** An object as it is written to a file; keys in this order. */
export interface StrimziObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
  };
  readonly spec?: Readonly<Record<string, unknown>>;
  readonly data?: Readonly<Record<string, string>>;
}

export type StrimziKind =
  'Kafka' | 'KafkaNodePool' | 'KafkaTopic' | 'KafkaUser' | 'KafkaConnect' | 'KafkaConnector' | 'KafkaMirrorMaker2';

/** Which resource an object belongs to: its `metadata.name`. */
export const CLUSTER_LABEL = 'strimzi.io/cluster';

/** With the object goes what it stands for: the topic and its records, the broker and its disk. A tool that prunes must not do that. */
export const KEPT: Readonly<Record<string, string>> = {
  'argocd.argoproj.io/sync-options': 'Prune=false',
  'kustomize.toolkit.fluxcd.io/prune': 'disabled',
};

export function strimziObject(
  model: EnvironmentModel,
  kind: StrimziKind,
  name: string,
  spec: Readonly<Record<string, unknown>>,
  metadata: Pick<StrimziObject['metadata'], 'labels' | 'annotations'> = {},
): StrimziObject {
  return { apiVersion: 'kafka.strimzi.io/v1', kind, metadata: { ...identity(model, name), ...metadata }, spec };
}

/** An object of Kubernetes itself that goes along. */
export function plainObject(
  model: EnvironmentModel,
  kind: 'ConfigMap' | 'Service',
  name: string,
  content: Pick<StrimziObject, 'spec' | 'data'>,
): StrimziObject {
  return { apiVersion: 'v1', kind, metadata: identity(model, name), ...content };
}

export function namespaceOf(model: EnvironmentModel): string {
  return model.spec.targets!.kubernetes!.namespace;
}

function identity(model: EnvironmentModel, name: string): { name: string; namespace: string } {
  return { name, namespace: namespaceOf(model) };
}

/** A map without what is not there, and itself absent where nothing is left. */
export function present(fields: Readonly<Record<string, unknown>>): Record<string, unknown> | undefined {
  const entries = Object.entries(fields).filter(([, value]) => value !== undefined);
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}
