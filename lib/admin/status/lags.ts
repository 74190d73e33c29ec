import { groupOverviews } from '../offsets/groups';
import type { AdminPort } from '../port';
import type { GroupsStatus } from './report';

const SHOWN = 5;

/** The groups that are furthest behind, topic by topic. */
export async function groupsStatus(admin: AdminPort): Promise<GroupsStatus> {
  const groups = await groupOverviews(admin);
  const lags = groups
    .flatMap(({ group, topics }) =>
      topics.flatMap(({ topic, lag }) => (lag === undefined || lag === 0 ? [] : [{ group, topic, lag }])),
    )
    .sort((a, b) => b.lag - a.lag || (`${a.group} ${a.topic}` < `${b.group} ${b.topic}` ? -1 : 1));
  return {
    total: groups.length,
    active: groups.filter(({ members }) => members.length > 0).length,
    lags: lags.slice(0, SHOWN),
  };
}
