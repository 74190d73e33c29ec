import type { ServiceRuleName } from './service-rule';

/** One thing that the service would refuse. Who asks knows where the subject is written: a path of a file, or a property. */
export interface Refusal<Subject extends string> {
  /** Code of the rule for environments. */
  readonly code: string;
  readonly subject: Subject;
  /** `<what is wrong>, got <value>; <what is allowed>.` */
  readonly message: string;
  /** What to do, as a sentence. */
  readonly hint: string;
  /** What the service holds to. */
  readonly rule: ServiceRuleName;
}
