import {
  applyPlan,
  makePlan,
  type ApplyOptions,
  type ApplyReport,
  type ReconcilePorts,
} from '../../../lib/admin/reconcile';
import type { MemoryCluster } from '../../../lib/admin/adapters/memory';
import type { SecretStore } from '../../../lib/admin/secrets';
import type { Clock } from '../../../lib/admin/wait';
import type { Acl } from '../../../lib/core/cluster';
import type { Change, DesiredState, DesiredTopic, Plan } from '../../../lib/core/plan';

export const CLUSTER_ID = 'memory-cluster-000001A';
export const progress = (): undefined => undefined;

/** Time that passes only while somebody waits. */
export function fakeClock(): Clock & { readonly slept: () => number } {
  let now = Date.parse('2026-11-26T12:00:00Z');
  let slept = 0;
  return {
    now: () => now,
    slept: () => slept,
    sleep: async (ms) => {
      now += ms;
      slept += ms;
      await new Promise((resolve) => setImmediate(resolve));
    },
  };
}

/** What an environment would want, as little as possible of it. */
export function desiredOf(change: Partial<DesiredState> = {}): DesiredState {
  return {
    schemaVersion: 1,
    environment: 'test',
    owner: 'test',
    target: 'local',
    kafkaVersion: '4.3',
    clusterId: CLUSTER_ID,
    owns: {},
    topicsManagedBy: 'reconciler',
    topics: [],
    deletedTopics: [],
    reconcile: {
      quietBeforeDeleteMs: 7 * 86_400_000,
      replicationThrottleBytesPerSecond: 50_000_000,
      partitionsPerWave: 2,
      scramIterations: 4096,
    },
    acknowledgements: [],
    ...change,
  };
}

export function topic(name: string, change: Partial<DesiredTopic> = {}): DesiredTopic {
  return { name, partitions: 3, replicationFactor: 3, config: { 'min.insync.replicas': '2' }, paths: {}, ...change };
}

export function allow(principal: string, topicName: string, operation: Acl['operation'] = 'read'): Acl {
  return {
    principal: `User:${principal}`,
    host: '*',
    resourceType: 'topic',
    resourceName: topicName,
    pattern: 'literal',
    operation,
    permission: 'allow',
  };
}

/** ACLs of these principals, which belong to the file as a whole. */
export function access(acls: readonly Acl[], principals: readonly string[] = []): DesiredState['access'] {
  const names = new Set([...principals.map((name) => `User:${name}`), ...acls.map(({ principal }) => principal)]);
  return {
    acls: acls.map((acl) => ({ acl, path: `principals.${acl.principal.slice(5)}` })),
    principals: [...names].sort().map((principal) => ({ principal, path: `principals.${principal.slice(5)}` })),
  };
}

/** Lets through everything that a plan holds back. */
export function acknowledging(desired: DesiredState, { changes }: Plan): DesiredState {
  const held = changes.filter(({ status }) => status === 'held');
  return {
    ...desired,
    acknowledgements: held.map(({ code, path, from, to }, index) => ({
      ...{ code, path, from, to },
      reason: 'wanted',
      at: `acknowledge[${index}]`,
    })),
  };
}

export const secrets: SecretStore = { read: ({ secret, key }) => Promise.resolve(`${secret}-${key}-value`) };

export function portsOf(cluster: MemoryCluster, more: Partial<ReconcilePorts> = {}): ReconcilePorts {
  return { admin: cluster.connect(), clock: fakeClock(), secrets, ...more };
}

/** Plans and applies with everything acknowledged, as another process each time. */
export async function converge(
  cluster: MemoryCluster,
  desired: DesiredState,
  { ports = portsOf(cluster), ...options }: Partial<ApplyOptions> & { readonly ports?: ReconcilePorts } = {},
): Promise<ApplyReport> {
  const acknowledged = acknowledging(desired, await makePlan(ports, desired));
  return applyPlan(ports, acknowledged, await makePlan(ports, acknowledged), { progress, ...options });
}

export async function planOf(cluster: MemoryCluster, desired: DesiredState): Promise<Plan> {
  return makePlan(portsOf(cluster), desired);
}

export const ids = (changes: readonly Change[]): string[] => changes.map(({ id }) => id);

/** `done create-topic orders` */
export const outcomes = ({ changes }: ApplyReport): string[] =>
  changes.map(({ change, outcome }) => `${outcome} ${change.id}`);
