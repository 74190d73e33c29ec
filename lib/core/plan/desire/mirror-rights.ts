import type { AclOperation } from '../../cluster';
import { HEARTBEATS, mirrorTopics, mirrorWorkers } from '../../config';
import type { Path } from '../../issue';
import type { EnvironmentModel, MirrorModel } from '../../model';
import { workerRights } from './connect-rights';
import type { Right } from './right';

const KEPT_TOPIC: readonly AclOperation[] = ['create', 'read', 'write', 'describe', 'describe-configs'];
/** MirrorMaker makes topics as they are there, with as many partitions and the same options, and commits offsets of groups for them. */
const COPIED_TOPIC: readonly AclOperation[] = [...KEPT_TOPIC, 'alter', 'alter-configs'];

/** What the workers of mirrors need on the side that receives; at the source they read only, as a principal of that side. */
export function mirrorRights(model: EnvironmentModel): Right[] {
  const workers = mirrorWorkers(model);
  if (workers === undefined) return [];
  return [
    ...workerRights(workers),
    { type: 'topic', pattern: HEARTBEATS, operations: KEPT_TOPIC, path: ['mirrors'] },
    ...model.mirrorMaker!.mirrors.filter(({ deleted }) => deleted === undefined).flatMap(rightsOf),
  ];
}

function rightsOf(mirror: MirrorModel): Right[] {
  const { name, alias, topics, groups, identicalNames } = mirror;
  const path: Path = ['mirrors', name];
  return [
    ...mirrorTopics(mirror).map((pattern): Right => ({ type: 'topic', pattern, operations: KEPT_TOPIC, path })),
    // Heartbeats of the source are copied with everything else, under its name always.
    { type: 'topic', pattern: `${alias}.${HEARTBEATS}`, operations: COPIED_TOPIC, path },
    ...topics.map((topic, index): Right => ({
      type: 'topic',
      pattern: identicalNames ? topic : `${alias}.${topic}`,
      operations: COPIED_TOPIC,
      path: [...path, 'topics', index],
    })),
    ...groups.map((pattern): Right => ({ type: 'group', pattern, operations: ['read', 'describe'], path })),
  ];
}
