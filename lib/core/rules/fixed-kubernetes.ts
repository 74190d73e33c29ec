import { parsePath } from '../issue';
import { applicationName, statefulSetName, rackSource, type EnvironmentModel } from '../model';
import { sizeBytes } from '../units';
import type { Consequence, FixedChange, NodeFact } from './fixed-consequence';
import { listenerChange } from './fixed-listener';
import { evacuate, numbered } from './fixed-steps';

const MOVE = 'To move, make a second environment beside this one, mirror the topics into it, and move the clients.';

type Explain = (change: FixedChange, model: EnvironmentModel) => Consequence | undefined;

const WHOLE: Readonly<Record<string, Explain>> = {
  'targets.kubernetes.namespace': () => ({
    what: 'every object would be made anew in the other namespace, with empty disks',
    wayOut: MOVE,
  }),
  'targets.kubernetes.rackSource': () => ({
    what: 'StatefulSets would have other names, and so pods other disks, which are empty',
    wayOut: MOVE,
  }),
  'targets.kubernetes.clusterDomain': () => ({
    what: 'brokers would tell clients and each other other addresses, which no certificate names',
    wayOut: MOVE,
  }),
  'targets.kubernetes.storageClass': ({ to }, model) => ({
    what: 'the claims of a StatefulSet are immutable, and those that are there keep their class',
    wayOut: `Steps: ${numbered([
      ...model.pools.flatMap((pool) => orphan(model, pool.name)),
      `apply this rendering, which makes new claims on ${to}`,
      ...diskByDisk(model, model.pools[model.pools.length - 1]!.name),
    ])}.`,
  }),
  racks: ({ from, to }, model) => {
    const [before, now] = [from, to].map((text) => (text === 'none' ? [] : text.split(',')));
    // A zone more at the end moves no id: where it does all the same, LOCK-NODE says which.
    if (before!.length > 0 && now!.length > before!.length && before!.every((rack, index) => now![index] === rack))
      return undefined;
    const left = before!.filter((rack) => !now!.includes(rack));
    return {
      what: 'ids and names of pods follow from the order of the zones',
      wayOut:
        left.length === 0
          ? 'Add zones at the end, with as many nodes in each as the others have.'
          : `To leave ${left.join(' and ')}, make a node pool in an environment with the zones that stay, or empty its brokers first: ${evacuate(model, nodesIn(model, left))}.`,
    };
  },
};

/** Source: Apache Kafka documentation, bootstrap.servers: clients know where to begin from their own settings. */
const ADDRESS: Consequence = {
  what: 'clients that begin there, and firewalls and records that name it, are left behind',
  wayOut: 'Add a second listener with the new address, move the clients to it, then remove this one.',
};

/** What comes of a change on Kubernetes, and the commands that get there all the same. Undefined where it does no harm. */
export function kubernetesChange(change: FixedChange, model: EnvironmentModel): Consequence | undefined {
  const whole = WHOLE[change.name];
  if (whole !== undefined) return whole(change, model);
  const [section, name, ...rest] = parsePath(change.name) ?? [];
  if (change.name.startsWith('targets.kubernetes.listeners.')) return ADDRESS;
  if (section === 'listeners') return listenerChange(String(name), change);
  if (section === 'applications') return applicationChange(String(name), change, model);
  if (section !== 'nodePools' || !model.pools.some((pool) => pool.name === name)) return undefined;
  return poolChange(String(name), String(rest[rest.length - 1]), change, model);
}

function poolChange(
  pool: string,
  field: string,
  { from, to }: FixedChange,
  model: EnvironmentModel,
): Consequence | undefined {
  switch (field) {
    case 'size': {
      // A disk that goes is told by the number of volumes.
      if (to === 'none' || sizeBytes(to) > sizeBytes(from)) return undefined;
      return {
        what: 'a claim never shrinks',
        wayOut: `Make a second node pool with the smaller disks, and move everything there: ${evacuate(model, poolIds(model, pool))}. Then take ${pool} away.`,
      };
    }
    case 'volumes':
      return Number(to) > Number(from)
        ? {
            what: 'the claims of a StatefulSet are immutable',
            wayOut: `Steps: ${numbered([...orphan(model, pool), 'apply this rendering, which lists the volume', `${roll(model)}, so that every pod gets its new claim`])}.`,
          }
        : {
            what: 'the claims of a StatefulSet are immutable, and what is on a disk that goes is lost',
            wayOut: `Make a second node pool with fewer disks, and move everything there: ${evacuate(model, poolIds(model, pool))}. Then take ${pool} away.`,
          };
    case 'start':
      return {
        what: 'pods and their disks are called by these ids',
        wayOut: `Make a second node pool with the ids that are wanted, and move everything there: ${evacuate(model, poolIds(model, pool))}. Then take ${pool} away.`,
      };
    default:
      return {
        what: `this release of the kit makes the StatefulSets of ${pool} otherwise, which Kubernetes refuses`,
        wayOut: `Steps: ${numbered([...orphan(model, pool), 'apply this rendering', roll(model)])}.`,
      };
  }
}

/** Stores can be read again from their topics, so an application goes and comes back; one that only goes is no loss. */
function applicationChange(
  application: string,
  { from, to }: FixedChange,
  model: EnvironmentModel,
): Consequence | undefined {
  if (to === 'none') return undefined;
  const [before, now] = [from, to].map((text) => text.split(' ')[0]!);
  const object = applicationName(model, application);
  return {
    what:
      before === now
        ? `the claims of StatefulSet ${object} are immutable`
        : `${before} ${object} would go on beside the ${now}, as members of the same group`,
    wayOut: `Steps: ${numbered([
      `kubectl -n ${namespaceOf(model)} delete ${before!.toLowerCase()} ${object}; stores are read again from their topics`,
      'apply this rendering',
    ])}.`,
  };
}

/** A node that leaves: what has to happen before its pod goes, and after. */
export function gonePod(model: EnvironmentModel, name: string, { id, roles }: NodeFact): string {
  const namespace = namespaceOf(model);
  const steps = [
    ...(roles.includes('broker') ? [evacuate(model, [id])] : []),
    `kubectl -n ${namespace} scale statefulset ${name.slice(0, name.lastIndexOf('-'))} by one pod, ${name}`,
    ...(roles.includes('controller')
      ? [`kdk remove-controllers ${model.name} --controllers ${id} --command-config admin.properties`]
      : []),
    ...(roles.includes('broker')
      ? [`kdk unregister ${model.name} --brokers ${id} --command-config admin.properties`]
      : []),
    `kubectl -n ${namespace} delete pvc data-0-${name} once nothing is missed`,
  ];
  return `Steps, which kdk render ${model.name} --day2 DIR writes as Jobs and a runbook: ${numbered(steps)}.`;
}

function namespaceOf({ spec }: EnvironmentModel): string {
  return spec.targets!.kubernetes!.namespace;
}

function setsOf(model: EnvironmentModel, pool: string): string[] {
  const perZone = rackSource(model.spec) === 'statefulset-per-zone' && model.racks.length > 0;
  return (perZone ? model.racks : [undefined]).map((zone) => statefulSetName(model.name, pool, zone));
}

/** The pods stay, and run on; the StatefulSet is made anew by the next apply. */
function orphan(model: EnvironmentModel, pool: string): string[] {
  return [`kubectl -n ${namespaceOf(model)} delete statefulset ${setsOf(model, pool).join(' ')} --cascade=orphan`];
}

function roll({ name }: EnvironmentModel): string {
  return `run roll.sh of kdk render ${name} --day2 DIR`;
}

function diskByDisk(model: EnvironmentModel, pool: string): string[] {
  const node = model.nodes.find((candidate) => candidate.pool.name === pool)?.name ?? `${model.name}-${pool}-0`;
  const namespace = namespaceOf(model);
  return [
    `pod by pod, for example kubectl -n ${namespace} delete pvc data-0-${node} --wait=false and kubectl -n ${namespace} delete pod ${node}, and wait until it is Ready before the next: its replicas are copied anew`,
  ];
}

function poolIds(model: EnvironmentModel, pool: string): number[] {
  const locked = Object.entries(model.lock?.nodes ?? {}).filter(([node]) => belongsTo(model, pool, node));
  return locked.map(([, { id }]) => id).sort((a, b) => a - b);
}

function belongsTo(model: EnvironmentModel, pool: string, node: string): boolean {
  return setsOf(model, pool).some((set) => node.slice(0, node.lastIndexOf('-')) === set);
}

function nodesIn(model: EnvironmentModel, racks: readonly string[]): number[] {
  return Object.values(model.lock?.nodes ?? {})
    .filter(({ rack, roles }) => rack !== undefined && racks.includes(rack) && roles.includes('broker'))
    .map(({ id }) => id)
    .sort((a, b) => a - b);
}
