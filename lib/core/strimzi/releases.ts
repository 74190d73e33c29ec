/** A minor version of Strimzi whose resources have the API version `kafka.strimzi.io/v1`. */
export interface StrimziRelease {
  /** `1.2` */
  readonly version: string;
  /** Newest patch release, which the definitions of resources are those of. */
  readonly patch: string;
  /** Day of its first release. */
  readonly released: string;
  /** Versions of Apache Kafka that its operator runs; it refuses all others. */
  readonly kafka: readonly string[];
  /** Oldest Kubernetes that it supports: the minor number. */
  readonly kubernetesMinor: number;
  /** A rack that comes from a variable of the container, without rights to read nodes. */
  readonly rackFromVariable: boolean;
  /** Listeners by TLSRoute of the Gateway API. */
  readonly tlsRoute: boolean;
}

/**
 * Oldest first. Source: the files kafka-versions.yaml and CHANGELOG.md of each release of strimzi/strimzi-kafka-operator, and the table
 * of supported versions at https://strimzi.io/downloads; read on 2026-08-22.
 */
export const STRIMZI_RELEASES: readonly StrimziRelease[] = [
  {
    version: '0.49',
    patch: '0.49.1',
    released: '2025-11-13',
    kafka: ['4.0.0', '4.0.1', '4.1.0', '4.1.1'],
    kubernetesMinor: 27,
    rackFromVariable: false,
    tlsRoute: false,
  },
  {
    version: '0.50',
    patch: '0.50.1',
    released: '2026-01-14',
    kafka: ['4.0.0', '4.0.1', '4.1.0', '4.1.1'],
    kubernetesMinor: 27,
    rackFromVariable: false,
    tlsRoute: false,
  },
  {
    version: '0.51',
    patch: '0.51.0',
    released: '2026-02-28',
    kafka: ['4.1.0', '4.1.1', '4.2.0'],
    kubernetesMinor: 30,
    rackFromVariable: false,
    tlsRoute: false,
  },
  {
    version: '1.0',
    patch: '1.0.1',
    released: '2026-04-23',
    kafka: ['4.1.0', '4.1.1', '4.1.2', '4.2.0'],
    kubernetesMinor: 30,
    rackFromVariable: true,
    tlsRoute: false,
  },
  {
    version: '1.1',
    patch: '1.1.0',
    released: '2026-06-21',
    kafka: ['4.2.0', '4.2.1', '4.3.0'],
    kubernetesMinor: 30,
    rackFromVariable: true,
    tlsRoute: true,
  },
  {
    version: '1.2',
    patch: '1.2.0',
    released: '2026-08-18',
    kafka: ['4.2.0', '4.2.1', '4.3.0', '4.3.1'],
    kubernetesMinor: 30,
    rackFromVariable: true,
    tlsRoute: true,
  },
];

/** The release that an environment names, else the newest that runs its Kafka; undefined where there is none. */
export function strimziRelease(wanted: string | undefined, kafka: string): StrimziRelease | undefined {
  return wanted === undefined
    ? STRIMZI_RELEASES.filter((release) => release.kafka.includes(kafka)).at(-1)
    : STRIMZI_RELEASES.find(({ version }) => version === wanted);
}
