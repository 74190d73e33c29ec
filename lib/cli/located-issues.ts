import { parsePath, type Issue } from '../core/issue';
import { positionOf } from '../core/spec';
import type { OpenedEnvironment } from '../environment/open';

/** What a plan noticed, with the place in the file that it is about. */
export function locatedIssues(issues: readonly Issue[], { located }: OpenedEnvironment): Issue[] {
  return issues.map((issue) => {
    const path = issue.at === undefined && issue.path !== '' ? parsePath(issue.path) : undefined;
    return path === undefined || located === undefined ? issue : { ...issue, at: positionOf(located, path) };
  });
}
