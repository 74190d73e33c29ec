import type { Acl, QuotaEntity, QuotaKey, ScramMechanism } from '../cluster';
import type { SecretReference } from '../model';

/**
 * What a change costs, from least to most. `safe`: nothing. `ordering`: keys move to other partitions. `availability`: a client may be
 * refused or slowed down, or writing may stop. `data-loss`: records go. `irreversible`: there is no way back. All but `safe` need an
 * acknowledgement, or a tombstone, in the file.
 */
export type Grade = 'safe' | 'ordering' | 'availability' | 'data-loss' | 'irreversible';

export const GRADES: readonly Grade[] = ['safe', 'ordering', 'availability', 'data-loss', 'irreversible'];

/** One difference between a file and a cluster, and how it is done away with. */
export interface Change {
  /** Unique in a plan and the same from run to run, for example `set-topic-option orders retention.ms`. */
  readonly id: string;
  /** Never changes once released, for example `TOPIC-RETENTION-CUT`; see `CHANGE_CODES`. */
  readonly code: string;
  /** Where the wanted value is written. */
  readonly path: string;
  /** What the change is about: `topic orders`, `User:billing`. */
  readonly subject: string;
  /** What is done, in words: `retention.ms 7d -> 1d`. */
  readonly summary: string;
  /** What holds today and what is wanted, as an acknowledgement has to say it; `none` for nothing. */
  readonly from: string;
  readonly to: string;
  readonly grade: Grade;
  /** Why it has its grade: what happens, with figures where they are known. A sentence. */
  readonly reason: string;
  /** `held`: its grade needs an acknowledgement that is not there. `blocked`: it cannot be done now, `reason` of `block` says why. */
  readonly status: 'ready' | 'acknowledged' | 'held' | 'blocked';
  readonly block?: Block;
  readonly operation: Operation;
}

/** Why a change cannot be done now, and what to do about it. */
export interface Block {
  readonly reason: string;
  readonly hint: string;
}

export type Operation =
  | CreateTopic
  | AddPartitions
  | MoveReplicas
  | SetTopicOption
  | DeleteTopic
  | AclOperationChange
  | SetUser
  | DeleteUser
  | SetQuota
  | SetBrokerOption
  | ClearThrottle
  | PutConnector
  | SetConnectorState
  | RestartConnector
  | DeleteConnector;

export interface CreateTopic {
  readonly kind: 'create-topic';
  readonly topic: string;
  readonly partitions: number;
  readonly replicationFactor: number;
  readonly config: Readonly<Record<string, string>>;
}

interface OnTopic {
  readonly topic: string;
  /** The change is for this one; a topic that was made again under the name is another. */
  readonly topicId: string;
}

export interface AddPartitions extends OnTopic {
  readonly kind: 'add-partitions';
  readonly from: number;
  readonly to: number;
  /** Brokers of each new partition. */
  readonly assignments: readonly (readonly number[])[];
}

export interface MoveReplicas extends OnTopic {
  readonly kind: 'move-replicas';
  readonly replicationFactor: 'kept' | 'may-change';
  readonly moves: readonly ReplicaMove[];
  /** Bytes that are copied between brokers, where known. */
  readonly bytes?: number;
}

export interface ReplicaMove {
  readonly partition: number;
  readonly from: readonly number[];
  readonly to: readonly number[];
}

/** Brokers that hold the partition after a move and did not before, in the order of its replicas. */
export function addedBrokers({ from, to }: Pick<ReplicaMove, 'from' | 'to'>): number[] {
  return to.filter((broker) => !from.includes(broker));
}

export interface SetTopicOption extends OnTopic {
  readonly kind: 'set-topic-option';
  readonly option: string;
  /** Absent: back to the default. */
  readonly value?: string;
}

export interface DeleteTopic extends OnTopic {
  readonly kind: 'delete-topic';
}

export interface AclOperationChange {
  readonly kind: 'create-acl' | 'delete-acl';
  readonly acl: Acl;
}

export interface SetUser {
  readonly kind: 'set-user';
  readonly user: string;
  readonly mechanism: ScramMechanism;
  readonly iterations: number;
  readonly secret: SecretReference;
}

export interface DeleteUser {
  readonly kind: 'delete-user';
  readonly user: string;
  readonly mechanism: ScramMechanism;
}

export interface SetQuota {
  readonly kind: 'set-quota';
  readonly entity: QuotaEntity;
  readonly key: QuotaKey;
  /** Absent: no quota. */
  readonly value?: number;
}

export interface SetBrokerOption {
  readonly kind: 'set-broker-option';
  /** Absent: the dynamic default of all brokers. */
  readonly broker?: number;
  readonly option: string;
  /** Absent: back to what the files of the brokers say. */
  readonly value?: string;
}

/** A replication throttle that a move left behind. */
export interface ClearThrottle {
  readonly kind: 'clear-throttle';
  /** On brokers the rates, on topics the lists of replicas. */
  readonly on: 'broker' | 'topic';
  readonly name: string;
  readonly options: readonly string[];
}

export interface PutConnector {
  readonly kind: 'put-connector';
  readonly connector: string;
  readonly config: Readonly<Record<string, string>>;
  readonly state: 'running' | 'paused' | 'stopped';
}

export interface SetConnectorState {
  readonly kind: 'set-connector-state';
  readonly connector: string;
  readonly state: 'running' | 'paused' | 'stopped';
}

export interface RestartConnector {
  readonly kind: 'restart-connector';
  readonly connector: string;
}

export interface DeleteConnector {
  readonly kind: 'delete-connector';
  readonly connector: string;
}
