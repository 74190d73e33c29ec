/** What topics say that they carry together. */
export interface DeclaredLoad {
  readonly inBytesPerSecond: number;
  /** To consumers, without replication. */
  readonly outBytesPerSecond: number;
  /** One copy of all that is kept; absent where a topic does not say its load or keeps without end. */
  readonly keptBytes?: number;
}

/** What a consumer group promises. */
export interface LagLimit {
  readonly seconds?: number;
  readonly records?: number;
}
