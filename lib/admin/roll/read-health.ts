import type { ClusterHealth, ClusterState } from '../../core/roll';
import type { AdminPort, ConfigEntry, Via } from '../port';
import { topicConfigs } from '../topics/configs';

const MIN_ISR = 'min.insync.replicas';

/** Three requests, of which the one about the quorum goes to its leader. */
export async function readState(admin: AdminPort, via: Via = {}): Promise<ClusterState> {
  const [cluster, topics, quorum] = await Promise.all([
    admin.describeCluster(via),
    admin.describeTopics('all', via),
    admin.describeQuorum(),
  ]);
  return { cluster, topics, quorum };
}

/** With the min ISR that is in force: that of a topic may be that of the brokers, and differ from what is declared. */
export async function readHealth(admin: AdminPort): Promise<ClusterHealth> {
  const state = await readState(admin);
  const names = state.topics.map(({ name }) => name);
  const configs = names.length === 0 ? new Map<string, ConfigEntry[]>() : await topicConfigs(admin, names, [MIN_ISR]);
  const minIsr = (name: string): number =>
    Number(configs.get(name)?.find(({ option }) => option === MIN_ISR)?.value ?? 1);
  return { ...state, minIsr: new Map(names.map((name) => [name, minIsr(name)])) };
}
