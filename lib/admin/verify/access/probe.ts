import type { AclOperation, ConnectOptions } from '../../port';

/**
 * What a cluster says to one principal about its own rights. All of it is asked as that principal, none of it changes anything: Kafka
 * tells which operations it would allow, and refuses a write or a read before it looks at what is to be written or read.
 */
export interface AccessProbe {
  /** Operations on each topic; one that may not even be described is left out. */
  topics(names: readonly string[]): Promise<ReadonlyMap<string, ReadonlySet<AclOperation>>>;
  /** The same of groups, whether they are there or not. */
  groups(names: readonly string[]): Promise<ReadonlyMap<string, ReadonlySet<AclOperation>>>;
  /** Of the cluster; undefined where it may not be described. */
  cluster(): Promise<ReadonlySet<AclOperation> | undefined>;
  /** Sends nothing to the topic: a request to write without a record in it, which is refused for that where the right is there. */
  write(topic: string): Promise<Attempt>;
  /** Asks for records beyond the end, where there are none. */
  read(topic: string): Promise<Attempt>;
  /** Asks who coordinates it, which needs the right to describe it. */
  transactionalId(id: string): Promise<Attempt>;
  close(): Promise<void>;
}

export interface Attempt {
  readonly allowed: boolean;
  /** Kafka's word: `TOPIC_AUTHORIZATION_FAILED`. */
  readonly answer: string;
}

export type ConnectProbe = (options: ConnectOptions) => Promise<AccessProbe>;
