import { Failure } from '../../core/issue';
import { Unreachable } from '../failures';
import type { AdminPort, BrokerDescription, ClusterDescription, Connect } from '../port';
import { ok, wrong, type VerifyCheck } from './check';

const HINT = 'Check that the node is up and that this machine may reach the address.';

export interface Reached {
  readonly checks: readonly VerifyCheck[];
  /** Those that answered. */
  readonly servers: readonly string[];
}

/** Asks each bootstrap server alone: a client that knows only that one must get in too. */
export async function reachBootstrap(
  connect: Connect,
  bootstrapServers: readonly string[],
  timeoutMs: number,
): Promise<Reached> {
  const outcomes = await Promise.all(bootstrapServers.map((server) => reachOne(connect, server, timeoutMs)));
  const servers = bootstrapServers.filter((_, index) => outcomes[index]!.status === 'ok');
  if (servers.length === 0) throw new Unreachable(bootstrapServers, 'no answer from any of them');
  return { checks: outcomes, servers };
}

async function reachOne(connect: Connect, server: string, timeoutMs: number): Promise<VerifyCheck> {
  const about = { id: 'BOOTSTRAP', subject: server };
  const began = Date.now();
  try {
    const client = await connect({ bootstrapServers: [server], timeoutMs });
    await client.close();
    return ok({ ...about, evidence: `answers in ${Date.now() - began} ms` });
  } catch (error) {
    // A refused log-in is no matter of this one server.
    if (!(error instanceof Unreachable)) throw error;
    return wrong({ ...about, evidence: error.message }, HINT);
  }
}

/** Each broker at the address that it gives to clients, and whether it is in the same cluster. */
export async function reachBrokers(
  admin: AdminPort,
  cluster: ClusterDescription,
): Promise<{ checks: VerifyCheck[]; reached: number[] }> {
  const checks = await Promise.all(cluster.brokers.map((broker) => reachBroker(admin, broker, cluster.clusterId)));
  const reached = cluster.brokers.filter((_, index) => checks[index]!.status === 'ok').map(({ id }) => id);
  return { checks, reached };
}

async function reachBroker(admin: AdminPort, broker: BrokerDescription, clusterId: string): Promise<VerifyCheck> {
  const about = { id: 'ADVERTISED', subject: `broker ${broker.id}` };
  const address = `${broker.host}:${broker.port}`;
  try {
    const seen = await admin.describeCluster({ broker: broker.id });
    if (seen.clusterId === clusterId) return ok({ ...about, evidence: `answers at ${address}` });
    return wrong(
      { ...about, evidence: `${address} answers for another cluster, ${seen.clusterId}` },
      'Two clusters share this address: check the advertised listeners.',
    );
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return wrong({ ...about, evidence: error.message }, HINT);
  }
}
