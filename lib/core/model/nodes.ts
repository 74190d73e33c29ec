import { MIB, sizeBytes } from '../units';
import type { EnvironmentSpec } from '../spec';
import type { TargetLock } from '../lock/lock';
import type { Settler } from './explain';
import { derivedUuid } from './kafka-uuid';
import {
  CONTROLLER_LISTENER,
  REPLICATION_LISTENER,
  type InternalListenerModel,
  type ListenerModel,
  type NodeModel,
  type NodePoolModel,
  type SecurityProtocol,
} from './model';
import { CONTROLLER_PORT, REPLICATION_PORT, type Placement, type PoolRoles, type Target } from './targets/target';

/** Ids of the second pool begin here, of the third at twice this, and so on. */
const POOL_STRIDE = 100;

export function resolvePools(spec: EnvironmentSpec, target: Target, settler: Settler): NodePoolModel[] {
  const entries = Object.entries(spec.nodePools);
  // Controllers first: they are few, never move, and so take the lowest ids.
  const ordered = [...entries].sort(
    ([, a], [, b]) => Number(b.roles.includes('controller')) - Number(a.roles.includes('controller')),
  );
  return ordered.map(([name, pool], index) => {
    const roles: PoolRoles = { name, controllerOnly: !pool.roles.includes('broker'), spec };
    const memoryMiB = pool.memory === undefined ? target.memoryMiB(roles) : Math.floor(sizeBytes(pool.memory) / MIB);
    const heapMiB = pool.heap === undefined ? target.heapMiB(roles, memoryMiB) : Math.floor(sizeBytes(pool.heap) / MIB);
    const cpuMillis = target.cpuMillis?.(roles, memoryMiB);
    if (cpuMillis !== undefined) {
      settler.settle(
        ['targets', 'kubernetes', 'pods', name, 'cpu', 'request'],
        spec.targets?.kubernetes?.pods?.[name]?.cpu?.request,
        () => `${cpuMillis}m`,
        'a core for each 8 GiB of memory, as machines made for memory have',
      );
    }
    const firstNodeId = settler.settle(
      ['nodePools', name, 'nodeIds', 'start'],
      pool.nodeIds?.start,
      () => index * POOL_STRIDE,
      'pools with controllers come first, each pool begins 100 after the one before; recorded in the lock',
    );
    return {
      name,
      roles: pool.roles,
      replicas: pool.replicas,
      volumeBytes: (pool.volumes ?? []).map((volume) => sizeBytes(volume.size)),
      firstNodeId,
      config: new Map(Object.entries(pool.config ?? {}).map(([option, value]) => [option, String(value)])),
      ...(memoryMiB === undefined ? {} : { memoryMiB }),
      ...(heapMiB === undefined ? {} : { heapMiB }),
      ...(cpuMillis === undefined ? {} : { cpuMillis }),
    };
  });
}

export function resolveListeners(spec: EnvironmentSpec, target: Target, settler: Settler): ListenerModel[] {
  return Object.entries(spec.listeners).map(([name, listener], index) => {
    const encryption = settler.settle(
      ['listeners', name, 'encryption'],
      listener.encryption,
      () => target.encryption,
      target.encryption === 'tls' ? 'traffic that leaves a machine is encrypted' : 'traffic stays on this machine',
    );
    const port = settler.settle(
      ['listeners', name, 'port'],
      listener.port,
      () => target.clientPort(listener.authentication, index),
      'the usual port of this target',
    );
    const external = target.external?.(spec, name, port);
    return {
      name,
      kafkaName: name.toUpperCase(),
      authentication: listener.authentication,
      protocol: protocolOf(listener.authentication, encryption),
      port,
      ...(listener.access === undefined ? {} : { access: listener.access }),
      ...(external === undefined ? {} : { external }),
    };
  });
}

function protocolOf(authentication: ListenerModel['authentication'], encryption: 'tls' | 'none'): SecurityProtocol {
  const sasl = authentication === 'scram-sha-512' || authentication === 'oauthbearer' || authentication === 'iam';
  if (encryption === 'tls') return sasl ? 'SASL_SSL' : 'SSL';
  return sasl ? 'SASL_PLAINTEXT' : 'PLAINTEXT';
}

/**
 * Between nodes: mutual TLS, since SCRAM credentials live in the very log that controllers guard. On a laptop's loopback there are no
 * certificates: plain text, with a password where any client has to say who it is, so that whoever does not is nobody there as well.
 */
export function internalListeners(
  target: Target,
  authorization: boolean,
): { controller: InternalListenerModel; replication: InternalListenerModel } {
  const [authentication, protocol] =
    target.encryption === 'tls'
      ? (['mtls', 'SSL'] as const)
      : authorization
        ? (['plain', 'SASL_PLAINTEXT'] as const)
        : (['none', 'PLAINTEXT'] as const);
  const make = (kafkaName: string, port: number): InternalListenerModel => ({
    name: kafkaName.toLowerCase(),
    kafkaName,
    authentication,
    protocol,
    port,
  });
  return {
    controller: make(CONTROLLER_LISTENER, CONTROLLER_PORT),
    replication: make(REPLICATION_LISTENER, REPLICATION_PORT),
  };
}

export function resolveNodes(placement: Placement, target: Target): NodeModel[] {
  const { spec, lock } = placement;
  const nodes = target.place(placement).map((placed): NodeModel => {
    const { pool } = placed;
    const isController = pool.roles.includes('controller');
    const isBroker = pool.roles.includes('broker');
    const serves = (kafkaName: string): boolean => (kafkaName === CONTROLLER_LISTENER ? isController : isBroker);
    return {
      ...placed,
      roles: pool.roles,
      ports: Object.fromEntries(Object.entries(placed.ports).filter(([kafkaName]) => serves(kafkaName))),
      heapMiB: placed.heapMiB ?? pool.heapMiB ?? 1024,
      ...(isController
        ? {
            directoryId:
              lockedDirectoryId(lock, placed.id) ?? derivedUuid('directory', spec.name, spec.target, String(placed.id)),
          }
        : {}),
    };
  });
  return nodes.sort((a, b) => a.id - b.id);
}

function lockedDirectoryId(lock: TargetLock | undefined, id: number): string | undefined {
  return lock?.voters.find((voter) => voter.id === id)?.directoryId;
}
