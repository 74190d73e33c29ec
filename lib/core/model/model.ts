import type { AclOperation } from '../cluster';
import type { EnvironmentSpec, KubernetesListenerSpec, TargetName } from '../spec';
import type { TargetLock } from '../lock/lock';
import type { KafkaRelease } from '../versions';
import type { ApplicationModel } from './application-model';
import type { ConnectModel } from './connect-model';
import type { MirrorMakerModel } from './mirror-model';

export type Role = 'broker' | 'controller';
export type Authentication = EnvironmentSpec['listeners'][string]['authentication'];
export type SecurityProtocol = 'PLAINTEXT' | 'SSL' | 'SASL_PLAINTEXT' | 'SASL_SSL';

/** Names of the listeners that the kit makes for itself, as they stand in server.properties. */
export const CONTROLLER_LISTENER = 'CONTROLLER';
export const REPLICATION_LISTENER = 'REPLICATION';

/** What is true of an environment on one target, with every default applied once. Nothing downstream applies another. */
export interface EnvironmentModel {
  /** Of the cluster: all derived ids and names come from it. */
  readonly name: string;
  /** Name of the file that declares the topics and principals: `name`, unless the file adds to the cluster of another. */
  readonly owner: string;
  /** Names and prefixes that belong to this file, where it says so. */
  readonly owns: { readonly topics: readonly string[] | undefined; readonly principals: readonly string[] | undefined };
  /** Topics that the file of the cluster declares, where this one adds to it; empty otherwise. */
  readonly clusterTopics: readonly string[];
  readonly target: TargetName;
  /** What was written, target override merged in. Sections that need no defaults are read from here. */
  readonly spec: EnvironmentSpec;
  readonly kafka: KafkaRelease;
  /** 22 characters of URL-safe base64. On MSK the service chooses its own; there this seeds other derived ids. */
  readonly clusterId: string;
  /** `first`: controllers are formatted with `--initial-controllers` and derived directory ids; `formed`: they join. */
  readonly formation: 'first' | 'formed';
  /** `self`: the kit runs the nodes and chooses their ids. `service`: a service runs brokers; there are no nodes here, only pools. */
  readonly managedBy: 'self' | 'service';
  readonly pools: readonly NodePoolModel[];
  /** By id. Empty where `managedBy` is `service`. */
  readonly nodes: readonly NodeModel[];
  /** Brokers in all pools, also where `nodes` is empty. */
  readonly brokerCount: number;
  readonly racks: readonly string[];
  /** Client listeners in the order of the file. */
  readonly listeners: readonly ListenerModel[];
  /** The kit's own two listeners; only where `managedBy` is `self`. */
  readonly internalListeners?: {
    readonly controller: InternalListenerModel;
    readonly replication: InternalListenerModel;
  };
  /** Any client listener authenticates, so brokers run an authorizer. */
  readonly authorization: boolean;
  /** Broker options for the whole cluster, by name: the kit's defaults and `kafka.config`. Node addresses, ids and paths are not in it. */
  readonly brokerConfig: ReadonlyMap<string, OptionModel>;
  readonly topics: readonly TopicModel[];
  readonly deletedTopics: readonly DeletedModel[];
  readonly principals: readonly PrincipalModel[];
  readonly deletedPrincipals: readonly DeletedModel[];
  readonly quotas: QuotasModel;
  readonly reconcile: ReconcileModel;
  readonly metrics: { readonly enabled: boolean };
  /** Connect workers on the target itself, or as pods of another environment: `connect.environment`. */
  readonly connect?: ConnectModel;
  /** The brokers are not beside the pods that are rendered: the model of a file with `brokers`. */
  readonly brokersElsewhere?: BrokersElsewhereModel;
  /** Mirrors that workers of the kit run. */
  readonly mirrorMaker?: MirrorMakerModel;
  /** The environments that mirrors copy from, by name, as far as their files could be read. */
  readonly environments: ReadonlyMap<string, EnvironmentModel>;
  /** Users' own programs, which run as pods. */
  readonly applications: readonly ApplicationModel[];
  readonly capacity: CapacityModel;
  /** This target's entry of the lock file, if there is one. */
  readonly lock?: TargetLock;
  /** Name of the environment that the lock file was written for, if there is one. */
  readonly lockedName?: string;
}

export interface NodePoolModel {
  readonly name: string;
  readonly roles: readonly Role[];
  readonly replicas: number;
  /** Empty where the target gives a directory of unstated size. */
  readonly volumeBytes: readonly number[];
  /** Java heap of each node, MiB; absent where a service decides. */
  readonly heapMiB?: number;
  /** Memory of each node in MiB, where stated. */
  readonly memoryMiB?: number;
  /** CPU that is kept free for each node, in thousandths of a core; present where a node has a part of a machine. */
  readonly cpuMillis?: number;
  /** node.id of the first node. */
  readonly firstNodeId: number;
  /** Options of this pool only. */
  readonly config: ReadonlyMap<string, string>;
}

export interface NodeModel {
  /** node.id */
  readonly id: number;
  /** `<pool>-<ordinal>`, or the host's name in the inventory: unit, folder and log names come from it. */
  readonly name: string;
  readonly pool: NodePoolModel;
  readonly ordinal: number;
  readonly roles: readonly Role[];
  readonly rack?: string;
  /** DNS name or address that other nodes and clients use. */
  readonly host: string;
  /** Address to bind to; empty for all interfaces. */
  readonly bindHost: string;
  /** Port of each listener that this node serves, by the listener's name in server.properties. */
  readonly ports: Readonly<Record<string, number>>;
  /** Where clients reach a listener, by its name in server.properties, if not at `host` and its port. */
  readonly advertised?: Readonly<Record<string, Address>>;
  /** Absolute paths; the first holds the metadata log too. */
  readonly logDirs: readonly string[];
  /** Directory id of the metadata log at the first formation; controllers only. */
  readonly directoryId?: string;
  readonly heapMiB: number;
  /** Port of the JMX exporter; absent where metrics are off. */
  readonly metricsPort?: number;
}

export interface ListenerModel {
  /** As in the environment: `internal`. */
  readonly name: string;
  /** As in server.properties: `INTERNAL`. */
  readonly kafkaName: string;
  readonly authentication: Authentication;
  readonly protocol: SecurityProtocol;
  /** The port on nodes that do not have one of their own (MSK, Kubernetes, hosts). */
  readonly port: number;
  /** Whoever comes in here may do everything, though others need rights: an open listener that is being left. */
  readonly access?: 'unrestricted';
  /** How clients outside a Kubernetes cluster reach it; absent where its clients are inside, and on other targets. */
  readonly external?: ExternalListenerModel;
}

export interface Address {
  readonly host: string;
  readonly port: number;
}

/** A listener that is reached from outside a Kubernetes cluster. Its addresses are known before anything is there. */
export interface ExternalListenerModel {
  readonly expose: KubernetesListenerSpec['expose'];
  /** Of load balancers and routes; node ports are those of each broker. */
  readonly port: number;
  /** Where clients begin. */
  readonly bootstrap: readonly Address[];
  /** As written. */
  readonly settings: KubernetesListenerSpec;
}

/** A listener of the kit's own. `plain`: a password that is made on the machine, where there are no certificates: a laptop. */
export interface InternalListenerModel extends Omit<ListenerModel, 'authentication' | 'external'> {
  readonly authentication: 'mtls' | 'plain' | 'none';
}

export interface OptionModel {
  readonly value: string;
  readonly source: 'default' | 'environment';
  /** For defaults: the reason. */
  readonly why: string;
}

export interface TopicModel {
  readonly name: string;
  readonly partitions: number;
  readonly replicationFactor: number;
  readonly minInSyncReplicas: number;
  readonly cleanupPolicy: readonly ('delete' | 'compact')[];
  /** -1: for ever. */
  readonly retentionMs: number;
  /** -1: unlimited. */
  readonly retentionBytesPerPartition: number;
  /** Every option that is set on the topic, by Kafka name, sorted: the ones above and the free ones. */
  readonly config: Readonly<Record<string, string>>;
  readonly load?: { readonly produceBytesPerSecond: number; readonly consumerGroups: number };
}

/** A tombstone: what is to go, and why. */
export interface DeletedModel {
  readonly name: string;
  readonly reason: string;
}

export interface SecretReference {
  readonly secret: string;
  readonly key: string;
}

export interface PrincipalModel {
  readonly name: string;
  readonly listener: string;
  readonly produce?: { readonly topics: readonly string[]; readonly transactionalIds: readonly string[] };
  readonly consume?: { readonly topics: readonly string[]; readonly groups: readonly string[] };
  readonly rack?: string;
  readonly quota?: ClientQuotaModel;
  /** Its log-ins, the one that new clients use first; passwords matter on listeners with scram-sha-512 only. */
  readonly users: readonly { readonly name: string; readonly secret: SecretReference }[];
  readonly deletedUsers: readonly DeletedModel[];
  readonly acls: readonly AclModel[];
}

/** Operations on whatever is named; a trailing * makes a prefix. */
export interface AclModel {
  readonly topics: readonly string[];
  readonly groups: readonly string[];
  readonly transactionalIds: readonly string[];
  readonly cluster: boolean;
  readonly operations: readonly AclOperation[];
  readonly permission: 'allow' | 'deny';
  readonly host: string;
}

/** Each is per broker; bytes and partitions per second. */
export interface ClientQuotaModel {
  readonly producerByteRate?: number;
  readonly consumerByteRate?: number;
  readonly requestPercentage?: number;
  readonly controllerMutationRate?: number;
}

export interface AddressQuotaModel {
  /** New connections per second and broker. */
  readonly connectionCreationRate: number;
}

/** Quotas that belong to no principal. */
export interface QuotasModel {
  readonly defaultUser?: ClientQuotaModel;
  readonly defaultClient?: ClientQuotaModel;
  readonly defaultAddress?: AddressQuotaModel;
  readonly clients: ReadonlyMap<string, ClientQuotaModel>;
  readonly addresses: ReadonlyMap<string, AddressQuotaModel>;
  readonly deletedClients: readonly DeletedModel[];
  readonly deletedAddresses: readonly DeletedModel[];
}

/** How changes are made on the running cluster. */
export interface ReconcileModel {
  readonly quietBeforeDeleteMs: number;
  readonly replicationThrottleBytesPerSecond: number;
  readonly partitionsPerWave: number;
  readonly scramIterations: number;
  /** Replicas are spread over brokers that were added. Absent: they stay where they are. */
  readonly spread?: 'onNewBrokers';
  /** Options of topics that would change no value are told, and not changed. Absent: they are set on the topic, or taken off it. */
  readonly unpinned?: 'report';
}

/**
 * Pods of one environment for the brokers of another. All else of the model is about the brokers, and `spec.targets.kubernetes` about the
 * pods.
 */
export interface BrokersElsewhereModel {
  /** Name of the environment that the pods run in. */
  readonly environment: string;
  /** `host:port,...` by listener, as far as known before anything is deployed. */
  readonly bootstrapServers: ReadonlyMap<string, string>;
  /** ConfigMap beside the pods with the bootstrap servers of the other listeners, a key each. */
  readonly configMap: string;
  /** Name under which the brokers' network policies know their clients. */
  readonly clientOf: string;
  /** Secret beside the pods whose `ca.crt` clients trust; absent: the authorities that Java trusts. */
  readonly authoritySecret?: string;
}

export interface CapacityModel {
  readonly survive: 'nothing' | 'node' | 'rack';
  readonly maxDiskUtilization: number;
  readonly maxNetworkUtilization: number;
  /** Network bandwidth of a node in each direction; absent: not checked. */
  readonly networkBytesPerSecond?: number;
}

/** Why a value is what it is, for `kdk explain`. */
export interface Explanation {
  /** As written by `formatPath`. */
  readonly path: string;
  readonly value: string;
  readonly source: 'file' | 'default' | 'derived';
  readonly why: string;
}
