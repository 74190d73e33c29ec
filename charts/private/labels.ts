import type { ApplicationModel, EnvironmentModel, NodePoolModel } from '../../lib/core/model';

export type Labels = Record<string, string>;

/** Which workload an object belongs to: Kafka's own nodes, the workers of Connect or of MirrorMaker, or what makes topics and access. */
export type Workload =
  'kafka' | 'kafka-connect' | 'kafka-mirror-maker' | 'kafka-reconciler' | 'kafka-exporter' | 'kafka-application';

const OWN = 'kafka-deployment-kit';

/** Pods with this label, of any namespace, may reach the client listeners of the environment that it names. */
export const CLIENT_LABEL = `${OWN}/client`;
/** What lets pods of this model in at its brokers, or at those elsewhere, which may know it by another name. */
export function clientLabels({ name, brokersElsewhere }: EnvironmentModel): Labels {
  return { [CLIENT_LABEL]: brokersElsewhere?.clientOf ?? name };
}
/** As `CLIENT_LABEL`, for workers of mirrors, which are clients of several environments: this one they copy from. */
export function sourceLabel(environment: string): string {
  return `${OWN}/source-${environment}`;
}
/** Pods with this label, in the namespace of the environment, may reach the replication listener, where administrators log in. */
export const ADMIN_LABEL = `${OWN}/admin`;
/** As `CLIENT_LABEL`, for the REST interface of Connect. */
export const CONNECT_CLIENT_LABEL = `${OWN}/connect-client`;
export const BROKER_LABEL = `${OWN}/broker`;
export const CONTROLLER_LABEL = `${OWN}/controller`;
/** Pods with this label, of any namespace, may reach the ports of the application that it names: `ENV-app-NAME`. */
export const APPLICATION_CLIENT_LABEL = `${OWN}/application-client`;
const APPLICATION_LABEL = `${OWN}/application`;
const NODE_POOL_LABEL = `${OWN}/node-pool`;
const RACK_LABEL = `${OWN}/rack`;

/** What selects the pods of a workload. Selectors of StatefulSets cannot be changed: nothing that could change is among them. */
export function selectorLabels(model: EnvironmentModel, workload: Workload): Labels {
  return { 'app.kubernetes.io/name': workload, 'app.kubernetes.io/instance': model.name };
}

/** The workload of the workers of a model. */
export function workerWorkload({ connect }: EnvironmentModel): Workload {
  return connect?.group === 'mirror' ? 'kafka-mirror-maker' : 'kafka-connect';
}

export function objectLabels(model: EnvironmentModel, workload: Workload): Labels {
  return {
    ...selectorLabels(model, workload),
    'app.kubernetes.io/part-of': model.name,
    'app.kubernetes.io/managed-by': OWN,
  };
}

/** What selects the pods of one application. */
export function applicationSelector(model: EnvironmentModel, { name }: ApplicationModel): Labels {
  return { ...selectorLabels(model, 'kafka-application'), [APPLICATION_LABEL]: name };
}

export function applicationLabels(model: EnvironmentModel, application: ApplicationModel): Labels {
  return { ...objectLabels(model, 'kafka-application'), ...applicationSelector(model, application) };
}

/** What selects the pods of one StatefulSet. */
export function poolSelector(model: EnvironmentModel, pool: NodePoolModel, zone: string | undefined): Labels {
  return {
    ...selectorLabels(model, 'kafka'),
    [NODE_POOL_LABEL]: pool.name,
    ...(zone === undefined ? {} : { [RACK_LABEL]: zone }),
  };
}

/** The roles of a pod, which budgets and network policies go by. */
export function roleLabels(pool: NodePoolModel): Labels {
  return {
    ...(pool.roles.includes('broker') ? { [BROKER_LABEL]: 'true' } : {}),
    ...(pool.roles.includes('controller') ? { [CONTROLLER_LABEL]: 'true' } : {}),
  };
}
