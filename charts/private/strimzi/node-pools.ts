import { jvmOptions } from '../../../lib/core/config';
import type { EnvironmentModel } from '../../../lib/core/model';
import { MIB } from '../../../lib/core/units';
import { podJvmOptions } from '../node-files';
import { placement, podsOf } from '../node-placement';
import { nodeSets, type NodeSet } from '../node-set';
import { NODE_CONFIG } from '../paths';
import { bytesQuantity, cpuQuantity } from '../quantity';
import { strimziJvmOptions } from './jvm';
import { CLUSTER_LABEL, KEPT, strimziObject, type StrimziObject } from './object';
import { CONTAINER_SECURITY, podTemplate } from './pods';
import { RACK_VARIABLE, racksFromVariable } from './racks';

/** As of the kit's own pods: a broker that lost the quorum waits five minutes in its controlled shutdown. */
const BROKER_GRACE_SECONDS = 600;
const CONTROLLER_GRACE_SECONDS = 120;

/**
 * A KafkaNodePool for each StatefulSet of the plain manifests, with the rest of its name: so pods, their ids and their claims are called
 * alike, `data-0-<environment>-<pool>-<id>`.
 */
export function nodePools(model: EnvironmentModel): StrimziObject[] {
  return nodeSets(model).map((set) => {
    const { nodes, pool } = set;
    return strimziObject(
      model,
      'KafkaNodePool',
      poolName(model, set),
      {
        replicas: nodes.length,
        roles: pool.roles,
        storage: storage(model, set),
        resources: resources(model, set),
        jvmOptions: strimziJvmOptions([...jvmOptions(model, nodes[0]!), ...podJvmOptions(undefined, NODE_CONFIG)]),
        template: template(model, set),
      },
      {
        labels: { [CLUSTER_LABEL]: model.name },
        annotations: { 'strimzi.io/next-node-ids': idRange(set), ...KEPT },
      },
    );
  });
}

/** Which ids the operator gives to nodes that are new to a pool. */
function idRange({ nodes }: NodeSet): string {
  const [first, last] = [nodes[0]!.id, nodes.at(-1)!.id];
  return first === last ? `[${first}]` : `[${first}-${last}]`;
}

export function poolName(model: EnvironmentModel, { name }: NodeSet): string {
  return name.slice(model.name.length + 1);
}

function storage(model: EnvironmentModel, { pool }: NodeSet): unknown {
  const { storageClass } = model.spec.targets!.kubernetes!;
  return {
    type: 'jbod',
    volumes: pool.volumeBytes.map((bytes, id) => ({
      id,
      type: 'persistent-claim',
      size: bytesQuantity(bytes).value,
      ...(storageClass === undefined ? {} : { class: storageClass }),
      // The first disk holds the metadata log, as with the kit's own nodes.
      ...(id === 0 ? { kraftMetadata: 'shared' } : {}),
    })),
  };
}

function resources(model: EnvironmentModel, set: NodeSet): unknown {
  const memory = bytesQuantity(set.pool.memoryMiB! * MIB).value;
  const { limit } = podsOf(model, set).cpu ?? {};
  return {
    requests: { cpu: cpuQuantity(`${set.pool.cpuMillis!}m`).value, memory },
    limits: { ...(limit === undefined ? {} : { cpu: cpuQuantity(limit).value }), memory },
  };
}

function template(model: EnvironmentModel, set: NodeSet): unknown {
  const { pool, zone } = set;
  const broker = pool.roles.includes('broker');
  const rack = zone !== undefined && broker && racksFromVariable(model);
  const { labels, annotations } = podsOf(model, set);
  const { nodeSelector, topologySpreadConstraints = [], ...placed } = placement(model, set);
  const role = `strimzi.io/${broker ? 'broker' : 'controller'}-role`;
  return {
    pod: podTemplate({
      model,
      terminationGracePeriodSeconds: broker ? BROKER_GRACE_SECONDS : CONTROLLER_GRACE_SECONDS,
      topologySpreadConstraints: topologySpreadConstraints.map((constraint) => ({
        ...constraint,
        labelSelector: { matchLabels: { [CLUSTER_LABEL]: model.name, [role]: 'true' } },
      })),
      disks: true,
      placed,
      ...(labels === undefined ? {} : { labels }),
      ...(annotations === undefined ? {} : { annotations }),
      ...(nodeSelector === undefined ? {} : { nodeSelector }),
    }),
    kafkaContainer: {
      ...(rack ? { env: [{ name: RACK_VARIABLE, value: zone }] } : {}),
      ...CONTAINER_SECURITY,
    },
  };
}
