import type { EnvironmentSpec } from '../../spec';
import { thousandths } from '../cpu';
import type { NodeModel, NodePoolModel } from '../model';
import { externalAddress, externalListener, type AddressedBroker } from './kubernetes-external';
import {
  halfOfMemory,
  METRICS_PORT,
  standardClientPort,
  type PlacedNode,
  type Placement,
  type PoolRoles,
  type Target,
} from './target';

/** Ids of the second zone begin this far after those of the first, so that a pool can grow in every zone. */
export const ZONE_STRIDE = 1000;

export type RackSource = 'pod-zone-label' | 'statefulset-per-zone';

export function rackSource(spec: EnvironmentSpec): RackSource {
  return spec.targets?.kubernetes?.rackSource ?? 'statefulset-per-zone';
}

export type CertificateSource = 'cert-manager' | 'secret';

/** Who makes the certificates of nodes and clients; `secret`: somebody else, in Secrets of the names that cert-manager would use. */
export function certificateSource(spec: EnvironmentSpec): CertificateSource {
  return spec.targets?.kubernetes?.certificates ?? 'cert-manager';
}

/** The headless Service that gives every pod its DNS name. */
export function headlessServiceName(environment: string): string {
  return `${environment}-nodes`;
}

/** The part of a pod's DNS name behind its own name; `service` is headless. */
export function podDomain(spec: EnvironmentSpec, service: string): string {
  const settings = spec.targets?.kubernetes;
  return `${service}.${settings?.namespace ?? 'default'}.svc.${settings?.clusterDomain ?? 'cluster.local'}`;
}

/** StatefulSet of a pool, or of a pool in one zone. */
export function statefulSetName(environment: string, pool: string, zone?: string): string {
  return zone === undefined ? `${environment}-${pool}` : `${environment}-${pool}-${zone}`;
}

/** Machines made for memory have 8 GiB a core: with as much of either, pods use up both alike. */
const MIB_A_CORE = 8192;
const LEAST_CPU_MILLIS = 100;

/** What is written, or a core for 8 GiB; no more than a limit that is written. */
function cpuMillis({ name, spec }: PoolRoles, memoryMiB = 0): number {
  const { request, limit } = spec.targets?.kubernetes?.pods?.[name]?.cpu ?? {};
  if (request !== undefined) return thousandths(request);
  const byMemory = Math.max(LEAST_CPU_MILLIS, Math.round((memoryMiB * 1000) / MIB_A_CORE / 50) * 50);
  return limit === undefined ? byMemory : Math.min(byMemory, thousandths(limit));
}

/** Pods: ids are the ordinals of their StatefulSet, which begin at `ordinals.start`. */
export const kubernetes: Target = {
  managedBy: 'self',
  encryption: 'tls',
  authentications: ['none', 'scram-sha-512', 'mtls', 'oauthbearer'],
  metrics: true,
  clientPort: standardClientPort,
  external: externalListener,
  memoryMiB: (pool) => (pool.controllerOnly ? 2048 : 8192),
  heapMiB: halfOfMemory,
  cpuMillis,
  place(placement: Placement): PlacedNode[] {
    const { spec, pools, listeners, racks, metrics } = placement;
    const domain = podDomain(spec, headlessServiceName(spec.name));
    const ports = Object.fromEntries(listeners.map((listener) => [listener.kafkaName, listener.port]));
    const perZone = rackSource(spec) === 'statefulset-per-zone' && racks.length > 0;
    return pools.flatMap((pool) =>
      Array.from({ length: pool.replicas }, (_, ordinal): PlacedNode => {
        const zone = ordinal % Math.max(1, racks.length);
        const rack = perZone ? racks[zone] : undefined;
        const id = pool.firstNodeId + (perZone ? zone * ZONE_STRIDE + Math.floor(ordinal / racks.length) : ordinal);
        const name = `${statefulSetName(spec.name, pool.name, rack)}-${id}`;
        const broker = { id, ordinal, pool: pool.name, ...(rack === undefined ? {} : { rack }) };
        return {
          id,
          name,
          pool,
          ordinal,
          host: `${name}.${domain}`,
          bindHost: '',
          ports,
          ...(pool.roles.includes('broker') ? advertised(placement, broker) : {}),
          logDirs: podLogDirs(pool),
          ...(rack === undefined ? {} : { rack }),
          ...(metrics ? { metricsPort: spec.monitoring?.metricsPort ?? METRICS_PORT } : {}),
        };
      }),
    );
  },
};

function advertised({ listeners }: Placement, broker: AddressedBroker): Pick<NodeModel, 'advertised'> {
  const outside = listeners.flatMap((listener) =>
    'external' in listener && listener.external !== undefined
      ? [[listener.kafkaName, externalAddress(listener.external, broker)] as const]
      : [],
  );
  return outside.length === 0 ? {} : { advertised: Object.fromEntries(outside) };
}

/** A folder below the mount: a volume's own `lost+found` is no log directory of Kafka's. */
function podLogDirs(pool: NodePoolModel): string[] {
  return Array.from(
    { length: Math.max(1, pool.volumeBytes.length) },
    (_, index) => `/var/lib/kafka/data-${index}/kafka`,
  );
}
