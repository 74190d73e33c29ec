import { aclKey, GUARD_ACLS, type Acl } from '../../cluster';
import type { Change } from '../change';
import type { DesiredState } from '../desired';
import type { Evidence, ObservedState } from '../observed';
import { belongsToKafka } from '../topics/scope';
import { proposed } from './differences';

/** Guards that a cluster is to have and lacks. They are never taken away: that would open it again. */
function missingGuards({ access }: DesiredState, { acls }: ObservedState): readonly Acl[] {
  if (access?.closing === undefined || acls === undefined) return [];
  const present = new Set(acls.map(aclKey));
  return GUARD_ACLS.filter((acl) => !present.has(aclKey(acl)));
}

/** Topics of which somebody may be a client without ACLs: asked before the cluster closes. */
export function closingEvidence(desired: DesiredState, observed: ObservedState): string[] {
  return missingGuards(desired, observed).length === 0 ? [] : clientTopics(observed);
}

/** The cluster closes to whoever has no ACL, as the last thing that is given: see `GUARD_ACLS`. */
export function closingChanges(desired: DesiredState, observed: ObservedState, evidence: Evidence): Change[] {
  const used = clientTopics(observed).filter((topic) => {
    const usage = evidence.usage.get(topic);
    return usage === undefined || usage.records > 0 || usage.lastWrittenMs !== undefined || usage.groups.length > 0;
  });
  return missingGuards(desired, observed).map((acl) =>
    proposed({
      id: `close ${acl.resourceType}`,
      code: 'ACL-CLOSE',
      path: desired.access!.closing!.path,
      subject: acl.principal,
      summary: `${THINGS[acl.resourceType]} closed to whoever has no ACL for it`,
      from: 'open',
      to: 'closed',
      grade: used.length === 0 ? 'safe' : 'availability',
      reason:
        used.length === 0
          ? 'Nobody has written a record yet, and no group reads.'
          : `Until now clients with a password or a certificate may do everything with what has no ACL; from now on whoever has none is refused. ${used.length} ${used.length === 1 ? 'topic is' : 'topics are'} in use.`,
      operation: { kind: 'create-acl', acl },
    }),
  );
}

function clientTopics({ topics }: ObservedState): string[] {
  return [...topics.values()]
    .filter(({ name, internal }) => !internal && !belongsToKafka(name))
    .map(({ name }) => name)
    .sort();
}

const THINGS: Readonly<Partial<Record<Acl['resourceType'], string>>> = {
  topic: 'every topic is',
  group: 'every group is',
  'transactional-id': 'every transactional id is',
  cluster: 'the cluster itself is',
};
