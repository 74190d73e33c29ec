import { EC2_INSTANCE_TYPES, ec2InstanceType } from '../../ec2/instance-types';
import { halfOfMemory, placeInTurn, standardClientPort, type Target } from './target';

/** Private DNS zone that gives each node its name. */
export function ec2DnsZone(environment: string, zone: string | undefined): string {
  return zone ?? `${environment}.kafka.internal`;
}

/** One instance a node, each with a DNS name that outlives the instance. */
export const ec2: Target = {
  managedBy: 'self',
  encryption: 'tls',
  authentications: ['none', 'scram-sha-512', 'mtls', 'oauthbearer'],
  metrics: true,
  clientPort: standardClientPort,
  memoryMiB: ({ name, spec }) => EC2_INSTANCE_TYPES.get(ec2InstanceType(spec, name))?.memoryMiB,
  heapMiB: (pool, memoryMiB) =>
    memoryMiB === undefined ? (pool.controllerOnly ? 1024 : 4096) : halfOfMemory(pool, memoryMiB),
  place: (placement) =>
    placeInTurn(
      placement,
      (pool, ordinal) =>
        `${pool.name}-${ordinal}.${ec2DnsZone(placement.spec.name, placement.spec.targets?.ec2?.dnsZone)}`,
    ),
};
