import type { MembershipPort } from '../../port';
import { refuse } from './errors';
import { removeRaftVoter, unregisterBroker, updateFeatures } from './messages/nodes';
import type { Session } from './session';

const ALTER_CLUSTER = 'ALTER on the cluster';
/** Only ever up: a level that goes down loses what was written with the higher one. */
const UPGRADE = 1;

export function membershipRequests(session: Session): MembershipPort {
  return {
    async unregisterBroker(broker) {
      const answer = await session.send(unregisterBroker, { brokerId: broker });
      refuse(answer, { what: `unregister broker ${broker}`, right: ALTER_CLUSTER });
    },

    async removeVoter({ id, directoryId }) {
      const { clusterId } = await session.describeCluster();
      const answer = await session.send(removeRaftVoter, { clusterId, voterId: id, voterDirectoryId: directoryId });
      refuse(answer, { what: `take controller ${id} out of the quorum`, right: ALTER_CLUSTER });
    },

    async upgradeFeatures(features, { validateOnly }) {
      const answer = await session.send(updateFeatures, {
        timeoutMs: session.patienceMs,
        featureUpdates: features.map(({ name, level }) => ({
          feature: name,
          maxVersionLevel: level,
          upgradeType: UPGRADE,
        })),
        validateOnly,
      });
      refuse(answer, { what: 'raise features', right: ALTER_CLUSTER });
      for (const { feature, ...verdict } of answer.results)
        refuse(verdict, { what: `raise ${feature}`, right: ALTER_CLUSTER });
    },
  };
}
