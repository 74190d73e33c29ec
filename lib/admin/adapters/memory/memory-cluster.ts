import type { AdminPort, CommittedOffset, ScramMechanism } from '../../port';
import { MemoryAcls } from './access';
import { MemoryBrokers, type MemoryBroker } from './brokers';
import { configKey, ConfigValues, MIN_ISR } from './config-values';
import { MemoryConfigs } from './configs';
import { Faults, type Effect } from './faults';
import { featuresOf } from './features';
import { MemoryGroups, type MemoryMember } from './groups';
import { MemoryLeases } from './leases';
import { MetadataLog } from './metadata';
import { MemoryPlacement } from './placement';
import { MemoryPort } from './port';
import type { PortParts } from './port-parts';
import { MemoryQuotas } from './quotas';
import { MemoryRecords, type MemoryWrite } from './records';
import { RequestLog, Requests, type Mutation } from './requests';
import { Rights, type Right } from './rights';
import { snapshotOf, type ClusterSnapshot } from './snapshot';
import { MemoryTopics } from './topics';
import { MemoryUsers } from './users';

export interface MemoryClusterOptions {
  /** @default 1, 2 and 3, in racks a, b and c */
  readonly brokers?: readonly MemoryBroker[];
  /** Voters of the quorum. @default the first three brokers, which are controllers as well */
  readonly controllers?: readonly number[];
  /** Version that the cluster was made with: its options, its features. @default 4.3 */
  readonly kafka?: string;
  /** Whether there are ACLs at all. @default true */
  readonly authorizer?: boolean;
  /** Options in the `server.properties` of every broker. @default none */
  readonly config?: Readonly<Record<string, string>>;
  /** @default memory-cluster-000001A */
  readonly clusterId?: string;
  /** Looks at a broker that do not yet see a change. @default 0 */
  readonly lag?: number;
  /** Looks at topics or reassignments after which one replica more is in sync; 0: only `advance` does it. @default 1 */
  readonly looksAStep?: number;
}

/** Versions without KIP-860. */
const UNGUARDED: readonly string[] = ['3.9', '4.0'];

/**
 * A Kafka cluster in memory, for tests: it answers as Kafka does, errors, lag and all, without clock or randomness. Whoever changes it
 * uses `connect`; the other methods are what happens to a cluster from outside.
 */
export class MemoryCluster {
  /** What goes wrong next. */
  readonly faults = new Faults();
  /** What was asked. */
  readonly requests = new RequestLog();
  /** What was changed through ports, in order. */
  readonly mutations: Mutation[] = [];
  readonly #parts: PortParts;
  readonly #rights = new Rights();
  readonly #lags = new Map<number, number>();
  #lag: number;
  #looks = 0;

  constructor(options: MemoryClusterOptions = {}) {
    const {
      kafka = '4.3',
      authorizer = true,
      config = {},
      clusterId = 'memory-cluster-000001A',
      looksAStep = 1,
    } = options;
    const nodes = options.brokers ?? ['a', 'b', 'c'].map((rack, index) => ({ id: index + 1, rack }));
    this.#lag = options.lag ?? 0;
    const brokers = new MemoryBrokers(clusterId, nodes, options.controllers ?? nodes.slice(0, 3).map(({ id }) => id));
    const log = new MetadataLog((broker) => this.#lags.get(broker) ?? this.#lag);
    const features = featuresOf(kafka);
    const has = (name: string) => features.some((feature) => feature.name === name && feature.level > 0);
    const eligibleLeaderReplicas = has('eligible.leader.replicas.version');
    const values = new ConfigValues(brokers, kafka, config);
    const configs = new MemoryConfigs({ log, brokers, values, kafka, eligibleLeaderReplicas });
    const placement = new MemoryPlacement({
      log,
      brokers,
      guardsReplicationFactor: !UNGUARDED.includes(kafka),
      ...(eligibleLeaderReplicas ? { minIsrOf: (topic: string) => values.minIsrOf(topic, log.committed) } : {}),
    });
    const topics = new MemoryTopics({ log, brokers, configs, values });
    const groups = new MemoryGroups(log, () => topics.ensureOffsetsTopic());
    this.#parts = {
      log,
      brokers,
      features,
      topics,
      configs,
      placement,
      acls: new MemoryAcls(log, authorizer),
      users: new MemoryUsers(log),
      quotas: new MemoryQuotas(log),
      records: new MemoryRecords(log, brokers),
      groups,
      leases: new MemoryLeases(groups),
      faults: this.faults,
      requests: new Requests({
        brokers,
        faults: this.faults,
        rights: this.#rights,
        requests: this.requests,
        mutations: this.mutations,
      }),
      looked: () => {
        if (looksAStep > 0 && ++this.#looks % looksAStep === 0) placement.step();
      },
    };
    // The controller writes it when it forms a cluster with eligible leader replicas.
    const minIsr = new Map([[MIN_ISR, values.staticValue(MIN_ISR, nodes[0]!.id) ?? '1']]);
    if (eligibleLeaderReplicas) log.commit('configs', configKey({ type: 'cluster', name: '' }), minIsr);
    for (const { id } of nodes) log.join(id);
  }

  /** A client; every one of them is somebody else. */
  connect(): AdminPort {
    return new MemoryPort(this.#parts);
  }

  /** All that is committed, in a fixed order; no request. */
  snapshot(): ClusterSnapshot {
    return snapshotOf(this.#parts.log.committed, this.#parts.groups);
  }

  /** Replicas of all partitions that are not in sync, as the controller knows it; no request. */
  replicasBehind(): number {
    return [...this.#parts.log.committed.topics.values()]
      .flatMap(({ partitions }) => partitions)
      .reduce((sum, { replicas, isr }) => sum + replicas.length - isr.length, 0);
  }

  /** Its leaders move, it leaves every ISR that has others, and nobody can ask it. */
  stopBroker(id: number): void {
    if (!this.#parts.brokers.setUp(id, false)) return;
    this.#parts.placement.brokerStopped(id);
    this.#parts.log.leave(id);
  }

  /** It leads what had no leader for want of it; it is in sync again after some looks, or `advance`. */
  startBroker(id: number): void {
    if (!this.#parts.brokers.setUp(id, true)) return;
    this.#parts.placement.brokerStarted();
    this.#parts.log.join(id);
  }

  /** Another controller becomes the active one. */
  failOverController(): void {
    this.#parts.brokers.electController();
  }

  /** Looks that do not yet see a change made from now on: of one broker, or of all. */
  setLag(looks: number, { broker }: { readonly broker?: number } = {}): void {
    if (broker !== undefined) {
      this.#lags.set(broker, looks);
      return;
    }
    this.#lags.clear();
    this.#lag = looks;
  }

  /** Moves and brokers that came back get this many steps further: with each, one more replica of a partition is in sync. */
  advance(steps = 1): void {
    for (let step = 0; step < steps; step++) this.#parts.placement.step();
  }

  /** Somebody produces. */
  write(topic: string, partition: number, what: MemoryWrite): void {
    this.#parts.records.write({ topic, partition }, what);
  }

  /** Retention deletes what is before the offset. */
  dropBefore(topic: string, partition: number, offset: number): void {
    this.#parts.records.dropBefore({ topic, partition }, offset);
  }

  /** Somebody reads in a group. */
  joinGroup(group: string, member: MemoryMember): void {
    this.#parts.groups.join(group, member);
  }

  /** One member, or all of them, stop. */
  leaveGroup(group: string, memberId?: string): void {
    this.#parts.groups.leave(group, memberId);
  }

  /** The members of a group commit. */
  commitAsMember(group: string, offsets: readonly CommittedOffset[]): void {
    this.#parts.groups.commitAsMember(group, offsets);
  }

  /** Whether the password is the one that the credential was made of, as the broker knows it, or the controller. */
  canLogIn(
    user: string,
    password: string,
    { mechanism = 'SCRAM-SHA-512', broker }: { readonly mechanism?: ScramMechanism; readonly broker?: number } = {},
  ): boolean {
    const { log, users } = this.#parts;
    return users.canLogIn(broker === undefined ? log.committed : log.look(broker), { user, mechanism, password });
  }

  /** Whoever asks lacks the right to call this method of the port: `describe-acls`. */
  deny(right: Right): void {
    this.#rights.deny(right);
  }

  allow(right: Right): void {
    this.#rights.allow(right);
  }

  /** Holders of leases lose them and are told. */
  breakLease(): void {
    this.#parts.leases.break();
  }

  /** The `count`-th request from now on throws `ProcessKilled`, as do all after it. */
  killAfter(count: number, effect: Effect = 'before'): void {
    this.faults.killAfter(count, effect);
  }

  /** Another process begins, after the leases of the one that was killed have ended. */
  revive(): void {
    this.faults.revive();
    this.#parts.leases.expire();
  }
}
