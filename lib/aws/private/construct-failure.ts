import { Failure } from '../../core/issue';
import type { IConstruct } from 'constructs';

/** One thing about the properties of a construct that cannot be. */
export interface PropertyProblem {
  readonly property: string;
  /** `<what is wrong>, got <value>; <what is allowed>.` */
  readonly message: string;
  /** What to do, as a sentence. */
  readonly hint: string;
}

/** Throws one error that names the construct and lists every problem, if there is one. */
export function refuse(scope: IConstruct, code: string, problems: readonly PropertyProblem[]): void {
  if (problems.length === 0) return;
  const lines = problems.map(({ property, message, hint }) => `${property}: ${message} ${hint}`);
  const text = lines.length === 1 ? ` ${lines[0]}` : lines.map((line) => `\n  ${line}`).join('');
  throw new Failure(code, `${scope.node.path}:${text}`, problems[0]!.hint);
}
