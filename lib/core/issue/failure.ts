/** 1: the environment or the cluster is not as it should be; 2: wrong usage; 3: could not reach or authenticate. */
export type FailureStatus = 1 | 2 | 3;

/** Something outside the environment keeps a command from going on: a port that is taken, no Java, a broker that does not answer. */
export class Failure extends Error {
  override readonly name = 'Failure';

  constructor(
    /** Never changes once released, for example `JAVA-MISSING`. */
    readonly code: string,
    /** `<what is wrong>, got <value>; <what is allowed>.` */
    message: string,
    /** What to do, as a sentence. */
    readonly hint: string,
    readonly status: FailureStatus = 1,
  ) {
    super(message);
  }
}
