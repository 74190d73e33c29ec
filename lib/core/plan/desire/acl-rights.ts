import { CLUSTER_RESOURCE } from '../../cluster';
import type { Path } from '../../issue';
import type { PrincipalModel } from '../../model';
import { rightsOn, type Right } from './right';

/** The rights of a principal beyond produce and consume, as they are written. */
export function aclRights({ name, acls }: PrincipalModel): Right[] {
  return acls.flatMap(({ topics, groups, transactionalIds, cluster, operations, permission, host }, index): Right[] => {
    const more = { permission, host };
    const on = (key: string): Path => ['principals', name, 'acls', index, key];
    return [
      ...rightsOn('topic', topics, { ...more, operations, path: on('topics') }),
      ...rightsOn('group', groups, { ...more, operations, path: on('groups') }),
      ...rightsOn('transactional-id', transactionalIds, { ...more, operations, path: on('transactionalIds') }),
      ...(cluster
        ? [{ type: 'cluster' as const, pattern: CLUSTER_RESOURCE, operations, path: on('cluster'), ...more }]
        : []),
    ];
  });
}
