import type { Issue } from '../core/issue';
import { openEnvironment } from '../environment/open';
import { overlapsWith } from '../environment/overlaps';
import { listEnvironments } from './environment-argument';
import type { ValidEnvironment } from './open-valid';
import { readText } from './read-text';

/** What a file claims that another file in environments/ claims on the same cluster. */
export function siblingIssues({ path, model, opened }: ValidEnvironment): Issue[] {
  if (model.owner === model.name) return [];
  const others = listEnvironments()
    .filter((other) => other.path !== path)
    .map((other) => openEnvironment({ path: other.path, read: readText, target: model.target }));
  return overlapsWith(opened, others);
}
