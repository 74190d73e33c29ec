import { Failure } from '../../../lib/core/issue';
import { formatBytes } from '../../../lib/core/units';
import { requireFormed, type Step } from '../../../lib/core/day2';
import { replicasOf, type GonePod } from './difference';
import { APPLY, ROLL, type Situation } from './step';

/** Nodes that come: before those that go, so that replicas have where to go to. */
export function addedSteps({ model, difference: { added }, kubectl, before }: Situation): Step[] {
  if (added.length === 0) return [];
  const brokers = added.filter(({ roles }) => roles.includes('broker'));
  const controllers = added.filter(({ roles }) => roles.includes('controller'));
  const pods = (nodes: readonly { readonly name: string }[]): string =>
    nodes.map(({ name }) => `pod/${name}`).join(' ');
  const steps: Step[] = [];
  if (controllers.length > 0) {
    requireFormed(model, before);
    steps.push({
      title: `Add the controllers ${controllers.map(({ id }) => id).join(', ')}`,
      text: `${model.kafka.autoJoin ? 'Each joins the quorum by itself once it has the metadata log (controller.quorum.auto.join.enable).' : `Kafka ${model.kafka.version} does not let a controller join by itself: run kafka-metadata-quorum.sh add-controller in each new pod.`} The others hear of them by their next roll. Ready means that it votes. All voters must be there before anything else is changed: with one missing, an even number has no spare.`,
      commands: [APPLY, `${kubectl} wait --for=condition=Ready ${pods(controllers)} --timeout=30m`],
    });
  }
  if (brokers.length > 0) {
    steps.push({
      title: `Add the brokers ${brokers.map(({ id }) => id).join(', ')}`,
      text:
        model.reconcile.spread === 'onNewBrokers'
          ? 'The Job of the reconciler spreads replicas over them, throttled, since the environment says reconcile.spread: onNewBrokers.'
          : 'They hold nothing until replicas are moved to them: set reconcile.spread: onNewBrokers, and the Job of the reconciler does it, throttled.',
      commands: [
        ...(controllers.length > 0 ? [] : [APPLY]),
        `${kubectl} wait --for=condition=Ready ${pods(brokers)} --timeout=6h`,
      ],
    });
  }
  return steps;
}

/** Nodes that go, the last ordinals of their StatefulSets: emptied before, forgotten after. */
export function goneSteps(situation: Situation): Step[] {
  const { difference, model } = situation;
  requireLastOrdinals(situation);
  requireNothingElse(situation);
  const brokers = difference.gone.filter(({ roles }) => roles.includes('broker'));
  const controllers = difference.gone.filter(({ roles }) => roles.includes('controller'));
  const ids = brokers.map(({ id }) => id).join(',');
  const throttle = `${formatBytes(model.reconcile.replicationThrottleBytesPerSecond)}/s`;
  return [
    ...(brokers.length === 0
      ? []
      : [
          {
            title: `Empty the brokers ${ids}`,
            text: `Every replica moves to the brokers that stay, rack by rack, at ${throttle} on each broker at most. The Job fails, and nothing has moved, where a topic has more replicas than brokers stay. It may be run again at any time, and does what is left. Do not go on before it is complete: what is still on these brokers would be lost. To go back, leave the brokers where they are.`,
            commands: [{ name: 'evacuate', command: ['evacuate', '--brokers', ids, '--throttle', throttle] }],
          },
        ]),
    ...(controllers.length === 0 ? brokersGo(situation, brokers) : nodesGo(situation, difference.gone)),
    ...(brokers.length === 0
      ? []
      : [
          {
            title: `Forget the brokers ${ids}`,
            text: 'A broker that is registered and away is one that new topics are placed on. It is refused while one of them is up or named by a partition.',
            commands: [{ name: 'unregister', command: ['unregister', '--brokers', ids] }],
          },
        ]),
    ...(difference.gone.length === 0
      ? []
      : [
          {
            title: 'Bring the manifests up to date, and delete the disks once nothing is missed',
            text: 'Claims stay until you delete them. A claim that is kept must be deleted before the same node is added again: its disk is of a node that the cluster has forgotten.',
            commands: [
              APPLY,
              ...emptied(situation).map((set) => `${situation.kubectl} delete statefulset ${set}`),
              ...(controllers.length === 0 ? [] : [ROLL]),
              ...difference.gone.map(
                ({ name, set }) =>
                  `# ${situation.kubectl} delete pvc ${claimsOf(situation, set)
                    .map((claim) => `${claim}-${name}`)
                    .join(' ')}`,
              ),
            ],
          },
        ]),
  ];
}

function brokersGo(situation: Situation, brokers: readonly GonePod[]): Step[] {
  if (brokers.length === 0) return [];
  const { kubectl } = situation;
  return [
    {
      title: 'Take their pods away',
      text: 'They hold nothing any more; each leaves by a controlled shutdown.',
      commands: [
        ...scaled(situation, brokers),
        `${kubectl} wait --for=delete ${brokers.map(({ name }) => `pod/${name}`).join(' ')} --timeout=15m`,
      ],
    },
  ];
}

/** Controllers one by one: while one is down and still a voter, the quorum has one spare less. */
function nodesGo(situation: Situation, gone: readonly GonePod[]): Step[] {
  const { kubectl, model } = situation;
  const left = new Map(
    [...new Set(gone.map(({ set }) => set))].map((set) => [
      set,
      (replicasOf(model).get(set) ?? 0) + gone.filter((node) => node.set === set).length,
    ]),
  );
  const controllers = gone.filter(({ roles }) => roles.includes('controller'));
  return [
    ...brokersGo(
      situation,
      gone.filter(({ roles }) => !roles.includes('controller')),
    ),
    ...controllers.map(({ name, id, set }): Step => {
      left.set(set, left.get(set)! - 1);
      return {
        title: `Take controller ${id} away`,
        text: 'It is shut down first: one that runs would join again by itself. Then it is taken out of the quorum. The next one goes only after that.',
        commands: [
          `${kubectl} scale statefulset/${set} --replicas=${left.get(set)}`,
          `${kubectl} wait --for=delete pod/${name} --timeout=15m`,
          { name: `remove-controller-${id}`, command: ['remove-controllers', '--controllers', String(id)] },
        ],
      };
    }),
  ];
}

function scaled({ model, kubectl }: Situation, nodes: readonly GonePod[]): string[] {
  const replicas = replicasOf(model);
  return [...new Set(nodes.map(({ set }) => set))].map(
    (set) => `${kubectl} scale statefulset/${set} --replicas=${replicas.get(set) ?? 0}`,
  );
}

/** StatefulSets of which nothing is left; an apply does not delete them. */
function emptied({ model, difference: { gone } }: Situation): string[] {
  return [...new Set(gone.map(({ set }) => set))].filter((set) => !replicasOf(model).has(set));
}

function claimsOf({ model, before }: Situation, set: string): string[] {
  const pool = model.pools.find(
    ({ name }) => set === `${model.name}-${name}` || set.startsWith(`${model.name}-${name}-`),
  );
  const count = Number(before.fixed[`nodePools.${pool?.name ?? ''}.volumes`] ?? pool?.volumeBytes.length ?? 1);
  return Array.from({ length: count }, (_, index) => `data-${index}`);
}

/** Every other step begins with an apply, which would take the pods away before they are empty. */
function requireNothingElse({ model, difference }: Situation): void {
  const { gone, added, grown, volumes, kafkaVersion, listeners, storageClass } = difference;
  const shrinking = gone.find(({ set }) => replicasOf(model).has(set));
  const others = [
    ...(added.length > 0 ? ['nodes that come'] : []),
    ...(grown.length + volumes.length > 0 || storageClass !== undefined ? ['disks'] : []),
    ...(kafkaVersion === undefined ? [] : ['the Kafka version']),
    ...(listeners.length > 0 ? ['listeners'] : []),
  ];
  if (shrinking === undefined || others.length === 0) return;
  throw new Failure(
    'DAY2-TWO-AT-ONCE',
    `nodes go, and something else changes with them, got ${shrinking.name} to go and changes of ${others.join(', ')}; nodes of a StatefulSet that stays go in a change of their own.`,
    'Take the nodes away in one change, run its steps and kdk lock, and make the other change after that.',
  );
}

/** Kubernetes takes away the last ordinals, whatever was emptied. */
function requireLastOrdinals({ model, difference: { gone } }: Situation): void {
  for (const node of gone) {
    const after = model.nodes.filter(
      ({ name, id }) => name.slice(0, name.lastIndexOf('-')) === node.set && id > node.id,
    );
    if (after.length === 0) continue;
    throw new Failure(
      'DAY2-NOT-LAST',
      `a StatefulSet loses its last pods only, got ${node.name} to go while ${after[0]!.name} stays; ids go from the end.`,
      'Take the last nodes of the pool away instead, or make a second pool and move there.',
    );
  }
}
