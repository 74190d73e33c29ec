import { jvmOptions } from '../../../lib/core/config';
import { rackSource, type EnvironmentModel } from '../../../lib/core/model';
import { MIB } from '../../../lib/core/units';
import { podJvmOptions } from '../node-files';
import { nodeSets, type NodeSet } from '../node-set';
import { NODE_CONFIG } from '../paths';
import { bytesQuantity } from '../quantity';
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
    const memory = bytesQuantity(pool.memoryMiB! * MIB).value;
    return strimziObject(
      model,
      'KafkaNodePool',
      poolName(model, set),
      {
        replicas: nodes.length,
        roles: pool.roles,
        storage: storage(model, set),
        resources: { requests: { memory }, limits: { memory } },
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

function template(model: EnvironmentModel, { pool, zone }: NodeSet): unknown {
  const broker = pool.roles.includes('broker');
  const rack = zone !== undefined && broker && racksFromVariable(model);
  return {
    pod: podTemplate({
      model,
      terminationGracePeriodSeconds: broker ? BROKER_GRACE_SECONDS : CONTROLLER_GRACE_SECONDS,
      topologySpreadConstraints: spread(model, { broker, zone }),
      disks: true,
      ...(zone === undefined ? {} : { zone }),
    }),
    kafkaContainer: {
      ...(rack ? { env: [{ name: RACK_VARIABLE, value: zone }] } : {}),
      ...CONTAINER_SECURITY,
    },
  };
}

/** Over zones where the environment has racks; over hosts always. */
function spread(model: EnvironmentModel, { broker, zone }: { broker: boolean; zone: string | undefined }): unknown[] {
  const over = (topologyKey: string): unknown => ({
    topologyKey,
    maxSkew: 1,
    whenUnsatisfiable: 'DoNotSchedule',
    labelSelector: {
      matchLabels: {
        [CLUSTER_LABEL]: model.name,
        [`strimzi.io/${broker ? 'broker' : 'controller'}-role`]: 'true',
      },
    },
  });
  const zones = zone === undefined && (model.racks.length > 0 || rackSource(model.spec) === 'pod-zone-label');
  return [...(zones ? [over('topology.kubernetes.io/zone')] : []), over('kubernetes.io/hostname')];
}
