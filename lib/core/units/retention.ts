/** How long records are kept. */
export class Retention {
  /** A number of days. */
  public static days(amount: number): Retention {
    return Retention.millis(amount * 86_400_000);
  }

  /** A number of hours. */
  public static hours(amount: number): Retention {
    return Retention.millis(amount * 3_600_000);
  }

  /** A number of milliseconds. */
  public static millis(amount: number): Retention {
    if (!Number.isSafeInteger(amount) || amount < 1) {
      throw new Error(`retention: not a length of time, got ${amount} ms; a whole number of at least 1 ms is allowed.`);
    }
    return new Retention(amount);
  }

  /** Records are never deleted because of their age. */
  public static forever(): Retention {
    return new Retention(-1);
  }

  private constructor(private readonly milliseconds: number) {}

  /** In milliseconds, as in the topic option `retention.ms`; -1 means for ever. */
  public toMilliseconds(): number {
    return this.milliseconds;
  }
}
