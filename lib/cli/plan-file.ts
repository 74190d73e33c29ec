import { Failure } from '../core/issue';
import { parsePlan, type Plan } from '../core/plan';
import { findEnvironment, isEnvironmentName, listEnvironments } from './environment-argument';
import { loadEnvironment } from '../environment/load';
import { child } from '../core/spec';
import { readText } from './read-text';
import { textFile } from './text-file';

/** Whether an argument names a plan rather than an environment, which may be JSON as well. */
export function isPlanFile(argument: string): boolean {
  if (!argument.endsWith('.json')) return false;
  try {
    const content = JSON.parse(readText(argument)) as Record<string, unknown> | null;
    return content !== null && 'basis' in content && 'changes' in content;
  } catch {
    return false;
  }
}

export function readPlan(path: string): Plan {
  const parsed = parsePlan(textFile(path, 'the plan'));
  if ('plan' in parsed) return parsed.plan;
  throw new Failure(
    'PLAN-UNREADABLE',
    `the plan cannot be used, got ${JSON.stringify(path)}: it ${parsed.problem}; what kdk plan --out wrote is allowed.`,
    'Plan again, and apply the new plan.',
    2,
  );
}

/** The environment that a plan was made from: the file of its name in environments/. */
export function environmentOfPlan({ owner }: Plan, path: string): string {
  if (isEnvironmentName(owner) && listEnvironments().some(({ argument }) => argument === owner)) {
    const found = findEnvironment(owner);
    if (nameIn(found.path) === owner) return owner;
  }
  const other = listEnvironments().find((environment) => nameIn(environment.path) === owner);
  if (other !== undefined) return other.argument;
  throw new Failure(
    'ENVIRONMENT-UNKNOWN',
    `the environment of the plan is not here, got ${owner} in ${path}; a file of that name in environments/ is needed.`,
    `Say where it is: kdk apply ${path} --environment PATH.`,
    2,
  );
}

function nameIn(path: string): string | undefined {
  const { located } = loadEnvironment(path, readText);
  const name = located === undefined ? undefined : child(located, 'name');
  return name?.kind === 'scalar' && typeof name.value === 'string' ? name.value : undefined;
}
