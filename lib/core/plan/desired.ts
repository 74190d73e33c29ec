import type { Acl, QuotaEntity, QuotaKey, ScramMechanism } from '../cluster';
import type { ReconcileModel, SecretReference } from '../model';
import type { TargetName } from '../spec';

/**
 * What a file wants of a running cluster, as plain JSON: `kdk` makes it from a model, and a Job, a Lambda or a program of the user's can
 * be handed it as it is. It holds no secret, only references. Lists are sorted, so that the same environment gives the same bytes.
 */
export interface DesiredState {
  readonly schemaVersion: 1;
  /** Name of the environment whose cluster it is. */
  readonly environment: string;
  /** Name of the file that wants it; differs where the file adds to the cluster of another. */
  readonly owner: string;
  readonly target: TargetName;
  /** `4.3` */
  readonly kafkaVersion: string;
  /** Where the kit chooses it; applying to another cluster is refused. */
  readonly clusterId?: string;
  /** Names and prefixes that belong to this file; absent: what it declares. */
  readonly owns: { readonly topics?: readonly string[]; readonly principals?: readonly string[] };
  /** Who makes the topics; where it is CloudFormation they are compared, and never touched. */
  readonly topicsManagedBy: 'reconciler' | 'cloudformation';
  readonly topics: readonly DesiredTopic[];
  readonly deletedTopics: readonly DesiredDeletion[];
  /** Absent where the cluster has no authorizer, or a service has policies instead. */
  readonly access?: DesiredAccess;
  /** Absent where no listener has scram-sha-512, or a service keeps its users itself. */
  readonly users?: DesiredUsers;
  /** Absent where the target has no quotas. */
  readonly quotas?: DesiredQuotas;
  /** Dynamic defaults of all brokers; absent where a service keeps the options of brokers. */
  readonly brokerOptions?: readonly DesiredBrokerOption[];
  /** Absent where connectors run elsewhere, or none are declared. */
  readonly connectors?: readonly DesiredConnector[];
  readonly deletedConnectors?: readonly DesiredDeletion[];
  readonly reconcile: ReconcileModel;
  readonly acknowledgements: readonly Acknowledgement[];
}

export interface DesiredTopic {
  readonly name: string;
  readonly partitions: number;
  readonly replicationFactor: number;
  /** Every option that is to be set on the topic, by its Kafka name. */
  readonly config: Readonly<Record<string, string>>;
  /** Where values are written: `partitions`, `replicationFactor`, and options by name; absent: `topics.<name>`. */
  readonly paths: Readonly<Record<string, string>>;
}

export interface DesiredDeletion {
  readonly name: string;
  readonly reason: string;
  readonly path: string;
}

export interface DesiredAccess {
  readonly acls: readonly DesiredAcl[];
  /** Kafka principals whose ACLs belong to this file: those that it declares, or declares to be gone. All others are left alone. */
  readonly principals: readonly OwnedPrincipal[];
  /** The cluster is to be closed to whoever has no ACL, by `GUARD_ACLS`; absent where brokers do that by themselves, or are to stay open. */
  readonly closing?: { readonly path: string };
}

export interface DesiredAcl {
  readonly acl: Acl;
  /** Where it is written, for example `principals.billing.consume.groups[0]`. */
  readonly path: string;
}

export interface OwnedPrincipal {
  /** As Kafka knows it: `User:billing`. */
  readonly principal: string;
  readonly path: string;
  /** All its ACLs go. */
  readonly deleted?: string;
}

export interface DesiredUsers {
  readonly mechanism: ScramMechanism;
  readonly iterations: number;
  readonly users: readonly DesiredUser[];
  readonly deleted: readonly DesiredDeletion[];
}

export interface DesiredUser {
  readonly name: string;
  readonly secret: SecretReference;
  readonly path: string;
}

export interface DesiredQuotas {
  readonly quotas: readonly DesiredQuota[];
  /** Entities whose quotas go as a whole. */
  readonly deleted: readonly { readonly entity: QuotaEntity; readonly reason: string; readonly path: string }[];
}

/** All quotas of one entity; a key that it has on the cluster and not here goes. */
export interface DesiredQuota {
  readonly entity: QuotaEntity;
  readonly values: Readonly<Partial<Record<QuotaKey, number>>>;
  readonly path: string;
}

export interface DesiredBrokerOption {
  readonly option: string;
  readonly value: string;
  /** `cluster-wide`: can be changed while brokers run; otherwise a difference is told, and costs a rolling restart. */
  readonly update: 'cluster-wide' | 'per-broker' | 'read-only';
  readonly path: string;
}

export interface DesiredConnector {
  readonly name: string;
  /** As Connect takes it; secrets are placeholders that the workers resolve. */
  readonly config: Readonly<Record<string, string>>;
  readonly state: 'running' | 'paused' | 'stopped';
  readonly path: string;
}

/** An entry of `acknowledge`, with its place in the file. */
export interface Acknowledgement {
  readonly code: string;
  readonly path: string;
  readonly from: string;
  readonly to: string;
  readonly reason: string;
  /** Where the entry itself stands: `acknowledge[0]`. */
  readonly at: string;
}
