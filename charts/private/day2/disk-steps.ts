import { nodeSets } from '../node-set';
import { bytesQuantity } from '../quantity';
import type { Step } from '../../../lib/core/day2';
import { APPLY, ROLL, type Situation } from './step';

/** Larger disks: claim by claim, then the StatefulSet is made anew around its running pods. */
export function grownSteps({ model, difference: { grown, volumes }, kubectl, before }: Situation): Step[] {
  const storageClass = model.spec.targets!.kubernetes!.storageClass;
  return grown
    .filter(({ pool }) => !volumes.some((each) => each.pool === pool))
    .map(({ pool, index, from, to }): Step => {
      const own = nodeSets(model).filter((set) => set.pool.name === pool);
      // A node that is added gets the new size from the start.
      const claims = own.flatMap(({ nodes }) =>
        nodes.filter(({ name }) => Object.hasOwn(before.nodes, name)).map(({ name }) => `data-${index}-${name}`),
      );
      const quantity = bytesQuantity(own[0]!.pool.volumeBytes[index]!).value as string;
      const patch = JSON.stringify({ spec: { resources: { requests: { storage: quantity } } } });
      return {
        title: `Grow volume ${index} of pool ${pool} from ${from} to ${to}`,
        text: 'The claims grow; most drivers enlarge the file system while the pod runs, and the others when it starts again (the claim says FileSystemResizePending). The StatefulSet is deleted without its pods, which run on, and made anew with the larger template: nothing restarts. There is no way back: a claim never shrinks.',
        commands: [
          ...(storageClass === undefined
            ? []
            : [
                `kubectl get storageclass ${storageClass} -o jsonpath='{.allowVolumeExpansion}{"\\n"}' # must say true`,
              ]),
          `for claim in ${claims.join(' ')}; do ${kubectl} patch pvc "$claim" -p '${patch}'; done`,
          `for claim in ${claims.join(' ')}; do ${kubectl} wait --for=jsonpath='{.status.capacity.storage}'=${quantity} "pvc/$claim" --timeout=30m; done`,
          ...made(kubectl, own),
        ],
      };
    });
}

/** Another number of volumes, or another class: pods keep their claims until they are made anew. */
export function claimSteps({ model, difference: { volumes, storageClass }, kubectl }: Situation): Step[] {
  const more = volumes.map(({ pool, change }): Step => {
    const own = nodeSets(model).filter((set) => set.pool.name === pool);
    const fewer = Number(change.to) < Number(change.from);
    return {
      title: `Give the nodes of pool ${pool} ${change.to} volumes instead of ${change.from}`,
      text: fewer
        ? 'What is on a disk that goes is lost to its node, which copies it again from others. Pod by pod, and the next only when the cluster is whole; Kafka refuses to start where a log directory that it knows is gone before its replicas were moved, so begin with topics of a replication factor of at least 2.'
        : 'Each pod gets its new claim by a restart, one after the other. New replicas go to the emptier disk by themselves; those that are there stay until they are moved.',
      commands: [...made(kubectl, own), ROLL],
    };
  });
  if (storageClass === undefined) return more;
  return [
    ...more,
    {
      title: `Move the disks from class ${storageClass.from} to ${storageClass.to}`,
      text: 'Disk by disk: the claim is deleted, the pod comes back with a new one, and its replicas are copied anew. A controller joins the quorum afresh. The next one goes only when the cluster is whole. Where a topic has one replica it is lost: see kdk status first.',
      commands: [
        ...made(kubectl, nodeSets(model)),
        ...nodeSets(model).flatMap(({ nodes, pool }) =>
          nodes.map(
            ({ name }) =>
              `${kubectl} delete pvc ${pool.volumeBytes.map((_, index) => `data-${index}-${name}`).join(' ')} --wait=false && ${kubectl} delete pod ${name} && ${kubectl} wait --for=condition=Ready pod/${name} --timeout=6h`,
          ),
        ),
      ],
    },
  ];
}

function made(kubectl: string, sets: readonly { readonly name: string }[]): string[] {
  return [`${kubectl} delete statefulset ${sets.map(({ name }) => name).join(' ')} --cascade=orphan`, APPLY];
}
