import type { AclOperation } from '../../cluster';
import type { Path } from '../../issue';
import type { EnvironmentModel } from '../../model';
import type { Right } from './right';

/** Of the topics that Kafka Streams makes, checks, and empties of what was repartitioned: its developer guide, "Security". */
const INTERNAL_TOPIC: readonly AclOperation[] = ['create', 'read', 'write', 'delete', 'describe', 'describe-configs'];

/** What Kafka Streams needs of the principal of an application beyond the topics and rights that stand with the principal. */
export function applicationRights(model: EnvironmentModel, principal: string): Right[] {
  if (model.owner !== model.name) return [];
  return model.applications
    .filter((application) => application.principal === principal)
    .flatMap(({ name, streams, exactlyOnce }): Right[] => {
      if (streams === undefined) return [];
      const path: Path = ['applications', name, 'streams'];
      const own = `${streams.applicationId}-*`;
      return [
        { type: 'group', pattern: streams.applicationId, operations: ['read', 'describe'], path },
        { type: 'topic', pattern: own, operations: INTERNAL_TOPIC, path },
        ...(exactlyOnce
          ? [{ type: 'transactional-id' as const, pattern: own, operations: ['write', 'describe'] as const, path }]
          : []),
      ];
    });
}
