import { mskInstanceType } from '../../core/capacity';
import { bootstrapServers } from '../../core/config';
import { ec2InstanceType } from '../../core/ec2';
import type { EnvironmentModel, ListenerModel, NodeModel, Role } from '../../core/model';

export interface MapNode {
  readonly name: string;
  /** Absent where a service chooses it. */
  readonly id?: number;
  readonly roles: readonly Role[];
  readonly pool: string;
  /** Where others reach it; absent where a service knows. */
  readonly host?: string;
  /** What kind of machine it is, where a service runs it. */
  readonly machine?: string;
}

export interface MapRack {
  /** Absent where nodes are in none. */
  readonly name?: string;
  readonly nodes: readonly MapNode[];
}

export interface MapListener {
  readonly name: string;
  readonly protocol: string;
  readonly authentication: string;
  readonly port: number;
  /** Principals that come in here. */
  readonly principals: number;
  /** Where clients begin; empty where that is known after a deployment. */
  readonly bootstrap: string;
  /** It is reached from outside the Kubernetes cluster, by this. */
  readonly exposedBy?: string;
  /** Whoever comes in here may do everything. */
  readonly unrestricted: boolean;
}

export interface MapPool {
  readonly name: string;
  readonly roles: readonly Role[];
  readonly nodes: number;
  readonly volumeBytes: readonly number[];
  readonly memoryMiB?: number;
  readonly heapMiB?: number;
  /** What kind of machine, where the environment says so. */
  readonly machine?: string;
}

export interface ClusterMap {
  readonly racks: readonly MapRack[];
  readonly listeners: readonly MapListener[];
  readonly pools: readonly MapPool[];
  /** Nodes are chosen, placed and numbered by a service. */
  readonly byService: boolean;
}

/** Where the nodes are and how clients come in. */
export function clusterMap(model: EnvironmentModel): ClusterMap {
  return {
    racks: racksOf(model),
    listeners: model.listeners.map((listener) => mapListener(model, listener)),
    pools: model.pools.map((pool) => {
      const { name, roles, replicas, volumeBytes, memoryMiB, heapMiB } = pool;
      const machine = machineOf(model, name);
      return {
        ...{ name, roles, nodes: replicas, volumeBytes },
        ...(memoryMiB === undefined ? {} : { memoryMiB }),
        ...(heapMiB === undefined ? {} : { heapMiB }),
        ...(machine === undefined ? {} : { machine }),
      };
    }),
    byService: model.managedBy === 'service',
  };
}

function racksOf(model: EnvironmentModel): MapRack[] {
  const nodes = model.managedBy === 'service' ? serviceNodes(model) : model.nodes.map(mapNode);
  const racks = new Map<string | undefined, MapNode[]>(model.racks.map((rack) => [rack, []]));
  for (const { rack, node } of nodes) {
    const own = racks.get(rack);
    if (own === undefined) racks.set(rack, [node]);
    else own.push(node);
  }
  return [...racks]
    .filter(([, own]) => own.length > 0)
    .map(([name, own]) => ({ ...(name === undefined ? {} : { name }), nodes: own }));
}

interface Placed {
  readonly rack: string | undefined;
  readonly node: MapNode;
}

function mapNode({ id, name, rack, roles, pool, host }: NodeModel): Placed {
  return { rack, node: { id, name, roles, pool: pool.name, host } };
}

/** A service spreads brokers evenly over the zones, in an order of its own. */
function serviceNodes(model: EnvironmentModel): Placed[] {
  const { pools, racks, brokerCount } = model;
  const machine = machineOf(model, '');
  const pool = pools.find(({ roles }) => roles.includes('broker'))?.name ?? 'brokers';
  return Array.from({ length: brokerCount }, (_, index) => ({
    rack: racks[index % Math.max(1, racks.length)],
    node: { name: 'broker', roles: ['broker'], pool, ...(machine === undefined ? {} : { machine }) },
  }));
}

function mapListener(model: EnvironmentModel, listener: ListenerModel): MapListener {
  const { name, protocol, authentication, port, access, external } = listener;
  return {
    ...{ name, protocol, authentication, port: external?.port ?? port },
    principals: model.principals.filter((principal) => principal.listener === name).length,
    bootstrap: model.managedBy === 'self' ? bootstrapServers(model, name) : '',
    ...(external === undefined ? {} : { exposedBy: external.expose }),
    unrestricted: access === 'unrestricted',
  };
}

function machineOf({ target, spec }: EnvironmentModel, pool: string): string | undefined {
  if (target === 'msk') return mskInstanceType(spec.targets?.msk?.brokerType, spec.targets?.msk?.instanceType);
  return target === 'ec2' ? ec2InstanceType(spec, pool) : undefined;
}
