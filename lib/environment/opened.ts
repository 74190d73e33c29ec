import type { Issue } from '../core/issue';
import type { Lock } from '../core/lock';
import type { EnvironmentModel } from '../core/model';
import type { EnvironmentSpec, Located } from '../core/spec';

/** What came of a file: its issues and, as far as it could be read, what it says. */
export interface OpenedEnvironment {
  readonly path: string;
  readonly issues: Issue[];
  /** Present where the file could be read and fits the schema; trustworthy only where `issues` holds no error. */
  readonly model?: EnvironmentModel;
  readonly spec?: EnvironmentSpec;
  readonly located?: Located;
  readonly lock?: Lock;
  readonly files: readonly string[];
  /** The environment whose cluster the file adds to, where it does. */
  readonly cluster?: OpenedEnvironment;
}
