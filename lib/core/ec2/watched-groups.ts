import type { EnvironmentModel } from '../model';
import { groupNameProblem } from '../signals/cloudwatch/group-name';

/** What the schedule of the function that watches carries: 8 KiB, the rest of it included. */
export const MOST_GROUPS = 100;
export const MOST_CHARACTERS = 6_000;

export interface WatchedGroups {
  readonly watched: readonly string[];
  /** Beyond what fits, or by a name that CloudWatch cannot carry. */
  readonly leftOut: readonly string[];
}

/** Groups whose lag is published: those that promise something first, then those that principals name in full. */
export function watchedGroups(model: EnvironmentModel): WatchedGroups {
  const promised = Object.keys(model.spec.monitoring?.lag ?? {});
  const declared = model.principals
    .flatMap(({ consume }) => consume?.groups ?? [])
    .filter((name) => !name.endsWith('*'));
  const watched: string[] = [];
  const leftOut: string[] = [];
  let characters = 0;
  for (const group of new Set([...promised, ...declared.sort()])) {
    characters += group.length + 3;
    const fits = watched.length < MOST_GROUPS && characters <= MOST_CHARACTERS && groupNameProblem(group) === undefined;
    (fits ? watched : leftOut).push(group);
  }
  return { watched, leftOut };
}
