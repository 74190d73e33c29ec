import type { Acl } from '../../../lib/core/cluster';
import type { DesiredState } from '../../../lib/core/plan/desired';
import type { ObservedState } from '../../../lib/core/plan/observed';

/** A desired state that wants nothing but `part`. */
export function desiredWith(part: Partial<DesiredState> = {}): DesiredState {
  return {
    schemaVersion: 1,
    environment: 'prod',
    owner: 'prod',
    target: 'kubernetes',
    kafkaVersion: '4.3',
    clusterId: 'CZeeAwwIYM1wZT6U5ejiTw',
    owns: {},
    topicsManagedBy: 'reconciler',
    topics: [],
    deletedTopics: [],
    reconcile: {
      quietBeforeDeleteMs: 604_800_000,
      replicationThrottleBytesPerSecond: 52_428_800,
      partitionsPerWave: 50,
      scramIterations: 8192,
    },
    acknowledgements: [],
    ...part,
  };
}

/** Three brokers with nothing on them but `part`. */
export function observedWith(part: Partial<ObservedState> = {}): ObservedState {
  return {
    cluster: {
      clusterId: 'CZeeAwwIYM1wZT6U5ejiTw',
      brokers: [1, 2, 3].map((id) => ({ id, host: `b${id}.example`, port: 9092, rack: `r${id}` })),
    },
    readAtMs: Date.UTC(2026, 10, 26, 9, 30),
    topics: new Map(),
    topicConfigs: new Map(),
    reassignments: [],
    ...part,
  };
}

/** `User:a allow read topic orders`, with `prefixed` or an address where it is not as usual. */
export function acl(text: string, more: Partial<Acl> = {}): Acl {
  const [principal, permission, operation, resourceType, resourceName] = text.split(' ') as [string, ...string[]];
  return {
    principal,
    permission,
    operation,
    resourceType,
    resourceName,
    pattern: 'literal',
    host: '*',
    ...more,
  } as Acl;
}
