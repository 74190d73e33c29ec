export interface FixedChange {
  /** As in the lock: `aws.vpc.subnets`. */
  readonly name: string;
  readonly from: string;
  readonly to: string;
}

/** What comes of a change that a target cannot make, and how else to get there. */
export interface Consequence {
  readonly what: string;
  /** Absent where there is none but to leave it. */
  readonly wayOut?: string;
}

/** A node as the lock has it. */
export interface NodeFact {
  readonly id: number;
  readonly roles: readonly string[];
}
