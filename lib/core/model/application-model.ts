/** A user's own producer, consumer or Kafka Streams application, as pods. */
export interface ApplicationModel {
  readonly name: string;
  readonly image: string;
  /** Whose rights it has; absent where its listener asks nobody. */
  readonly principal?: string;
  /** Empty where it is not known; a rule reports it. */
  readonly listener: string;
  readonly command?: readonly string[];
  readonly args?: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly secretEnv: Readonly<Record<string, { readonly secret: string; readonly key: string }>>;
  /** Number of the user that runs it. */
  readonly user: number;
  readonly consume?: ApplicationConsume;
  readonly produce?: ApplicationProduce;
  readonly streams?: ApplicationStreams;
  readonly exactlyOnce: boolean;
  /** Without `autoscaling`. */
  readonly replicas: number;
  readonly autoscaling?: ApplicationScaling;
  readonly memoryMiB: number;
  /** Thousandths of a processor that each pod asks for. */
  readonly cpuMillis: number;
  readonly ports: Readonly<Record<string, number>>;
  readonly probes: Readonly<Partial<Record<'startup' | 'readiness' | 'liveness', ApplicationProbe>>>;
  readonly stopSeconds: number;
  /** How long its group waits for a member that is silent. */
  readonly sessionMs: number;
}

export interface ApplicationConsume {
  readonly topics: readonly string[];
  readonly group: string;
  readonly config: Readonly<Record<string, string>>;
}

export interface ApplicationProduce {
  readonly topics: readonly string[];
  readonly transactionalIdPrefix?: string;
  readonly config: Readonly<Record<string, string>>;
}

export interface ApplicationStreams {
  readonly applicationId: string;
  readonly consume: readonly string[];
  readonly produce: readonly string[];
  /** Of the volume of each pod; absent: stores are read again from their topics. */
  readonly stateBytes?: number;
  readonly standbyReplicas: number;
  readonly threads: number;
  readonly config: Readonly<Record<string, string>>;
}

export interface ApplicationScaling {
  readonly minReplicas: number;
  readonly maxReplicas: number;
  /** Records behind, for each pod. */
  readonly lag?: number;
  /** Share of what pods ask for. */
  readonly cpu?: number;
  readonly cooldownSeconds: number;
}

export interface ApplicationProbe {
  readonly path?: string;
  readonly port?: number;
  readonly command?: readonly string[];
  readonly periodSeconds: number;
  readonly failures: number;
}

/** The consumer group of an application; absent where it only writes. */
export function applicationGroup({ consume, streams }: ApplicationModel): string | undefined {
  return streams?.applicationId ?? consume?.group;
}

/** Names and prefixes of the topics that an application reads. */
export function applicationReads({ consume, streams }: ApplicationModel): readonly string[] {
  return [...(consume?.topics ?? []), ...(streams?.consume ?? [])];
}

/** Names and prefixes of the topics that an application writes, but for those that Kafka Streams makes for itself. */
export function applicationWrites({ produce, streams }: ApplicationModel): readonly string[] {
  return [...(produce?.topics ?? []), ...(streams?.produce ?? [])];
}

/**
 * Whether its pods keep their names. With stores on volumes they are static members of their group; with transactions, the pod that
 * comes back ends what the lost one left open, since it has the same transactional id.
 */
export function hasStableNames({ streams, produce, exactlyOnce }: ApplicationModel): boolean {
  return streams === undefined ? exactlyOnce && produce !== undefined : streams.stateBytes !== undefined;
}

/** As many pods as there can be. */
export function mostReplicas({ replicas, autoscaling }: ApplicationModel): number {
  return autoscaling?.maxReplicas ?? replicas;
}
