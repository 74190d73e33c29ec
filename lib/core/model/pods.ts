import type { EnvironmentSpec } from '../spec';
import { bootstrapServiceName, nodeCertificateName } from './kubernetes-names';
import type { BrokersElsewhereModel, EnvironmentModel, ListenerModel } from './model';
import { podDomain } from './targets';

/** The environment that runs the workers, mirrors and stream applications of this cluster as its pods; absent: the target itself. */
export function podsElsewhere({ connect }: EnvironmentSpec): string | undefined {
  return typeof connect?.runtime === 'object' ? connect.runtime.environment : undefined;
}

export type KubernetesSettings = NonNullable<NonNullable<EnvironmentSpec['targets']>['kubernetes']>;

/** Settings of the pods that are rendered from the model, whether brokers or for brokers elsewhere; undefined where there are none. */
export function podSettings(model: EnvironmentModel): KubernetesSettings | undefined {
  return model.target === 'kubernetes' || model.brokersElsewhere !== undefined
    ? model.spec.targets?.kubernetes
    : undefined;
}

/** Whether the pods of this cluster are among what is rendered from the model: beside its brokers, or by a file that is for pods. */
export function runsPods(model: EnvironmentModel): boolean {
  const elsewhere = podsElsewhere(model.spec);
  return model.brokersElsewhere === undefined
    ? model.target === 'kubernetes' && elsewhere === undefined
    : model.brokersElsewhere.environment === elsewhere;
}

/** Whether the workers of Connect are among what is rendered from the model. */
export function runsWorkers(model: EnvironmentModel): boolean {
  return model.connect !== undefined && runsPods(model);
}

/** Where clients in pods begin: servers that are known, or a key of a ConfigMap beside them. */
export type PodBootstrap = { readonly value: string } | { readonly configMap: string; readonly key: string };

export function podBootstrap(model: EnvironmentModel, listener: ListenerModel): PodBootstrap {
  const { brokersElsewhere } = model;
  if (brokersElsewhere === undefined) return { value: serviceBootstrapServers(model, listener) };
  const value = brokersElsewhere.bootstrapServers.get(listener.name);
  return value === undefined ? { configMap: brokersElsewhere.configMap, key: listener.name } : { value };
}

/** `host:port` of the Service of a listener, inside the Kubernetes cluster of the brokers. */
export function serviceBootstrapServers(model: EnvironmentModel, listener: ListenerModel): string {
  const { external, port } = listener;
  // A load balancer may listen on another port than the brokers, and so does its Service.
  const outside = external?.expose === 'load-balancer' ? external.bootstrap?.[0]?.port : undefined;
  return `${podDomain(model.spec, bootstrapServiceName(model, listener))}:${outside ?? port}`;
}

/** The Secret whose `ca.crt` clients in pods trust; undefined: the authorities that Java trusts. */
export function authoritySecret(model: EnvironmentModel): string | undefined {
  return model.brokersElsewhere === undefined ? nodeCertificateName(model) : model.brokersElsewhere.authoritySecret;
}

/** ARN of a role that is given by its name or ARN; undefined where the account is not known. */
export function iamRoleArn({ spec }: Pick<EnvironmentModel, 'spec'>, role: string): string | undefined {
  if (role.startsWith('arn:')) return role;
  const { account, region } = spec.aws ?? {};
  if (account === undefined) return undefined;
  const partition =
    region?.startsWith('cn-') === true ? 'aws-cn' : region?.startsWith('us-gov-') === true ? 'aws-us-gov' : 'aws';
  return `arn:${partition}:iam::${account}:role/${role}`;
}

/** The ConfigMap beside pods with bootstrap servers that are known after a deployment, a key a listener. */
export function bootstrapName({ name }: EnvironmentModel): string {
  return `${name}-bootstrap`;
}

/** The model of pods for the brokers that `model` describes. */
export function forPods(model: EnvironmentModel): EnvironmentModel {
  const { pods, brokers } = model.spec;
  if (pods === undefined) return model;
  const given = new Map(Object.entries(brokers?.bootstrapServers ?? {}));
  const authority = brokers?.authority ?? (model.managedBy === 'service' ? undefined : `${model.name}-authority`);
  const brokersElsewhere: BrokersElsewhereModel = {
    environment: pods.environment,
    bootstrapServers: new Map(
      model.listeners.flatMap((listener): [string, string][] => {
        // Who names a ConfigMap wants it to be read.
        const known = brokers?.configMap === undefined ? knownServers(model, listener) : undefined;
        const servers = given.get(listener.name) ?? known;
        return servers === undefined ? [] : [[listener.name, servers]];
      }),
    ),
    configMap: brokers?.configMap ?? bootstrapName(model),
    clientOf: brokers?.clientOf ?? model.name,
    ...(authority === undefined ? {} : { authoritySecret: authority }),
  };
  return {
    ...model,
    brokersElsewhere,
    spec: { ...model.spec, targets: { ...model.spec.targets, kubernetes: pods.kubernetes } },
  };
}

/** The addresses of a service are known after a deployment, those of nodes of the kit before. */
function knownServers(model: EnvironmentModel, listener: ListenerModel): string | undefined {
  const outside = listener.external?.bootstrap?.map(({ host, port }) => `${host}:${port}`).join(',') ?? '';
  if (outside !== '') return outside;
  if (model.target === 'kubernetes') return serviceBootstrapServers(model, listener);
  const servers = model.nodes.flatMap(({ host, ports }) =>
    ports[listener.kafkaName] === undefined ? [] : [`${host}:${ports[listener.kafkaName]}`],
  );
  return servers.length === 0 ? undefined : servers.join(',');
}
