import type { Grade } from './change';

/** What a code of a plan means; RULES.md is generated from these, so what and why are sentences for a reader. */
export interface ChangeCode {
  /** `<SUBJECT>-<WHAT>`; never changes once released. */
  readonly code: string;
  /** The grades that such a change can have, the usual one first. Empty for findings, which are told and never done. */
  readonly grades: readonly Grade[];
  /** One sentence: what is done, or what was noticed. */
  readonly what: string;
  /** One or two sentences: why it has its grade, or why it matters. */
  readonly why: string;
}
