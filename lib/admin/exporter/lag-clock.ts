interface Mark {
  readonly atMs: number;
  /** The next record that was written then. */
  readonly end: number;
}

/** Of each partition; older ones are thinned out, so that an hour and a day both fit. */
const MOST_MARKS = 120;

/**
 * How far behind a group is in time: when the record that it reads next was the newest one. Kafka knows that for none of its groups, so
 * the ends of partitions are noted as time goes on, and what lies between two notes is interpolated.
 */
export class LagClock {
  private readonly marks = new Map<string, Mark[]>();

  /** Notes where a partition ends now. */
  note(partition: string, { atMs, end }: Mark): void {
    const marks = this.marks.get(partition) ?? [];
    const last = marks.at(-1);
    // A topic that was made anew begins at 0 again.
    if (last !== undefined && end < last.end) marks.length = 0;
    // While nothing is written the last note moves on: who has read all of it is not behind.
    if (marks.length >= 2 && marks.at(-1)!.end === end && marks.at(-2)!.end === end) marks.pop();
    marks.push({ atMs, end });
    if (marks.length > MOST_MARKS) thin(marks);
    this.marks.set(partition, marks);
  }

  /** Milliseconds; undefined where it was not looked at for long enough to tell. */
  behindMs(partition: string, committed: number): number | undefined {
    const marks = this.marks.get(partition);
    const last = marks?.at(-1);
    if (marks === undefined || last === undefined) return undefined;
    if (committed >= last.end) return 0;
    const after = marks.findIndex(({ end }) => end > committed);
    // Written before the first look: it is at least so old.
    if (after === 0) return marks.length < 2 ? undefined : last.atMs - marks[0]!.atMs;
    const [from, to] = [marks[after - 1]!, marks[after]!];
    const share = (committed - from.end) / (to.end - from.end);
    return last.atMs - (from.atMs + share * (to.atMs - from.atMs));
  }

  /** Forgets partitions that are gone. */
  keep(partitions: ReadonlySet<string>): void {
    for (const partition of this.marks.keys()) if (!partitions.has(partition)) this.marks.delete(partition);
  }
}

/** Every second one of the older half goes; first and last stay. */
function thin(marks: Mark[]): void {
  const half = marks.length >> 1;
  const older = marks.slice(0, half).filter((_, index) => index % 2 === 0);
  marks.splice(0, half, ...older);
}
