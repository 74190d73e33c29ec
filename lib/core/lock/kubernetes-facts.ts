import { formatPath } from '../issue';
import { hasStableNames, type ApplicationModel } from '../model/application-model';
import { sourceSupport } from '../model/exactly-once-source';
import type { EnvironmentModel, NodePoolModel } from '../model/model';
import { headlessServiceName, rackSource } from '../model/targets/kubernetes';
import { GIB, MIB } from '../units';
import { clusterState, listenerFacts } from './cluster-facts';
import { outsideAddresses } from './outside-addresses';

const NONE = 'none';

/**
 * What Kubernetes refuses to change, or disks and clients hold on to, by the path where it is written. What the kit itself chooses (selector,
 * service, log directories) is in it too: a release of the kit that chose otherwise would be noticed here, before the API server refuses it.
 */
export function kubernetesFacts(model: EnvironmentModel): Record<string, string> {
  const settings = model.spec.targets?.kubernetes;
  return {
    'targets.kubernetes.rackSource': rackSource(model.spec),
    'targets.kubernetes.namespace': settings?.namespace ?? NONE,
    'targets.kubernetes.storageClass': settings?.storageClass ?? NONE,
    'targets.kubernetes.clusterDomain': settings?.clusterDomain ?? 'cluster.local',
    // Ids and names of pods follow from the order of zones.
    ...(rackSource(model.spec) === 'statefulset-per-zone' ? { racks: model.racks.join(',') || NONE } : {}),
    ...Object.assign({}, ...model.pools.map((pool) => poolFacts(model, pool))),
    ...Object.fromEntries(
      model.applications.map((application) => [
        formatPath(['applications', application.name]),
        applicationPods(application),
      ]),
    ),
    ...outsideAddresses(model),
    ...listenerFacts(model),
  };
}

/** What may change by a roll, and what a runbook is made from; never an error by itself. */
export function kubernetesState(model: EnvironmentModel): Record<string, string> {
  const settings = model.spec.targets?.kubernetes;
  return {
    ...clusterState(model),
    image: settings?.images.kafka ?? NONE,
    certificates: settings?.certificates ?? 'cert-manager',
    ...Object.fromEntries(sourceSupport(model).map(({ group, value }) => [`${group}.exactlyOnceSource`, value])),
  };
}

function poolFacts(model: EnvironmentModel, pool: NodePoolModel): Record<string, string> {
  const at = (...path: (string | number)[]): string => formatPath(['nodePools', pool.name, ...path]);
  return {
    [at('volumes')]: String(pool.volumeBytes.length),
    ...Object.fromEntries(pool.volumeBytes.map((bytes, index) => [at('volumes', index, 'size'), exactSize(bytes)])),
    [at('nodeIds', 'start')]: String(pool.firstNodeId),
    [at('statefulSet')]: statefulSetIdentity(model, pool),
  };
}

/** What no StatefulSet of the pool can change later, on one line. */
function statefulSetIdentity(model: EnvironmentModel, pool: NodePoolModel): string {
  const node = model.nodes.find((candidate) => candidate.pool.name === pool.name);
  return [
    `selector app.kubernetes.io/instance=${model.name},app.kubernetes.io/name=kafka,kafka-deployment-kit/node-pool=${pool.name}${node?.rack === undefined ? '' : ',kafka-deployment-kit/rack'}`,
    `service ${headlessServiceName(model.name)}`,
    'management Parallel',
    `log dir ${node?.logDirs[0] ?? NONE}`,
  ].join('; ');
}

/** The object behind an application: another kind would stand beside the first, and claims cannot change. */
function applicationPods(application: ApplicationModel): string {
  if (!hasStableNames(application)) return 'Deployment';
  const bytes = application.streams?.stateBytes;
  return bytes === undefined ? 'StatefulSet' : `StatefulSet ${exactSize(bytes)}`;
}

/** In the largest unit that divides it. */
function exactSize(bytes: number): string {
  if (bytes % GIB === 0) return `${bytes / GIB}GiB`;
  return bytes % MIB === 0 ? `${bytes / MIB}MiB` : `${bytes}B`;
}
