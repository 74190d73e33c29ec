import type { ConnectOptions, KafkaClient } from '../../port';
import { aclRequests } from './acls';
import { clusterRequests } from './cluster';
import { configRequests } from './configs';
import { CLIENT_ID } from './connection';
import { dataRequests } from './data';
import { groupOffsetRequests } from './group-offsets';
import { groupRequests } from './groups';
import { leaseRequests } from './lease';
import { library } from './library';
import { Links } from './links';
import { membershipRequests } from './membership';
import { offsetRequests } from './partition-offsets';
import { placementRequests } from './placement';
import { quotaRequests } from './quotas';
import { Session } from './session';
import { topicRequests } from './topics';
import { userRequests } from './users';

/**
 * Connects to the first of the bootstrap servers that answers; fails with status 3 where none does, or where it does not let the
 * principal in.
 */
export async function connectAdmin({
  bootstrapServers,
  timeoutMs = 30_000,
  ...security
}: ConnectOptions): Promise<KafkaClient> {
  const kafka = await library();
  const links = new Links(kafka, { timeoutMs, clientId: CLIENT_ID, ...security });
  const session = new Session(kafka, links, bootstrapServers);
  try {
    await session.describeCluster();
    return clientOf(session);
  } catch (error) {
    await session.close();
    throw error;
  }
}

function clientOf(session: Session): KafkaClient {
  const topics = topicRequests(session);
  const offsets = offsetRequests(session);
  const groups = groupRequests(session);
  return {
    ...clusterRequests(session),
    ...topics,
    ...configRequests(session),
    ...membershipRequests(session),
    ...placementRequests(session),
    ...aclRequests(session),
    ...userRequests(session),
    ...quotaRequests(session),
    ...groups,
    ...groupOffsetRequests(session),
    ...offsets,
    ...leaseRequests(session, groups),
    ...dataRequests(session, { ...topics, ...offsets }),
    close: () => session.close(),
  };
}
