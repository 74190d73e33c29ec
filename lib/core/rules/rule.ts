import type { IssueLevel, Path } from '../issue';
import type { EnvironmentModel } from '../model';

/**
 * One thing that must hold, as data and a pure function. RULES.md is generated from these, so what and why are sentences for a reader.
 */
export interface Rule {
  /** `<FAMILY>-<WHAT>`; never changes once released. */
  readonly code: string;
  readonly level: IssueLevel;
  /** One sentence: what must hold. */
  readonly what: string;
  /** One or two sentences: what happens where it does not. */
  readonly why: string;
  /** Where this is known from: a KIP, a page of the documentation, a measurement. */
  readonly source: string;
  check(model: EnvironmentModel, report: Report): void;
}

export interface Finding {
  /** Where the value was written that has to change. */
  readonly path: Path;
  /** `<what is wrong>, got <value>; <what is allowed>.` */
  readonly message: string;
  /** What to do, as a sentence. */
  readonly hint: string;
  /** For changes against the lock, so that an acknowledgement can match. */
  readonly from?: string;
  readonly to?: string;
  /** Overrides the rule's level where the target decides how bad it is. */
  readonly level?: IssueLevel;
}

export type Report = (finding: Finding) => void;
