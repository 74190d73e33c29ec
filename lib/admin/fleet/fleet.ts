/** Machines that a cloud replaces: an Auto Scaling group of one for each node. */
export interface Fleet {
  /** What each group has, by its name. */
  instances(groups: readonly string[]): Promise<ReadonlyMap<string, readonly FleetInstance[]>>;
  /** Has its group end it, in order, and start another one. */
  replace(instanceId: string): Promise<void>;
  /** Has an instance carry out an order, and waits for its end; undefined where nobody there takes orders, or not yet. */
  order(instanceId: string, order: InstanceOrder): Promise<OrderResult | undefined>;
}

export interface FleetInstance {
  readonly id: string;
  /** `coming`: it was started and does not count yet; `going`: it was told to end. */
  readonly phase: 'coming' | 'there' | 'going';
  /** Whether it is of the launch template that its group has now. */
  readonly current: boolean;
}

/** `update`: takes the files that the stack has now and restarts nothing; `restart`: of Kafka; `state`: says how the node is. */
export type InstanceOrder = 'update' | 'restart' | 'state';

export interface OrderResult {
  readonly ok: boolean;
  readonly output: string;
  readonly error: string;
}
