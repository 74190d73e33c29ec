/** One thing that MSK Connect would refuse. */
export interface MskConnectProblem {
  readonly property: string;
  /** `<what is wrong>, got <value>; <what is allowed>.` */
  readonly message: string;
  /** What to do, as a sentence. */
  readonly hint: string;
}
