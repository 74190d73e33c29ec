import type { Acl } from '../../../lib/core/cluster';
import {
  buildPlan,
  countByGrade,
  evidenceRequest,
  isEmpty,
  NO_EVIDENCE,
  type PlanInput,
} from '../../../lib/core/plan/build-plan';
import type { DesiredState } from '../../../lib/core/plan/desired';
import { desiredHash, fingerprint, staleSections } from '../../../lib/core/plan/fingerprint';
import type { ObservedState } from '../../../lib/core/plan/observed';
import { acl, desiredWith, observedWith } from './states';

const OWNED = [
  { principal: 'User:a', path: 'principals.a' },
  { principal: 'User:b', path: 'principals.b' },
];
const READ = acl('User:a allow read topic x');

const DESIRED: DesiredState = desiredWith({
  access: { acls: [{ acl: READ, path: 'principals.a.consume.topics[0]' }], principals: OWNED },
  users: {
    mechanism: 'SCRAM-SHA-512',
    iterations: 8192,
    users: [{ name: 'a', secret: { secret: 'a', key: 'password' }, path: 'principals.a' }],
    deleted: [{ name: 'old', reason: 'rotated', path: 'principals.a.users.old.deleted' }],
  },
  quotas: {
    quotas: [{ entity: { user: 'a' }, values: { producer_byte_rate: 1024 }, path: 'principals.a.quota' }],
    deleted: [],
  },
  brokerOptions: [
    { option: 'num.io.threads', value: '16', update: 'cluster-wide', path: 'kafka.config["num.io.threads"]' },
  ],
  connectors: [{ name: 'c', config: { 'connector.class': 'C' }, state: 'running', path: 'connect.connectors.c' }],
});
const OBSERVED: ObservedState = observedWith({
  acls: [acl('User:b allow read group g'), acl('User:z allow read topic x')],
  users: [{ user: 'old', mechanism: 'SCRAM-SHA-512', iterations: 4096 }],
  quotas: [],
  clusterOptions: [],
  brokerOptions: new Map([1, 2, 3].map((id) => [id, [{ option: 'num.io.threads', value: '8', source: 'static' }]])),
  connectors: new Map(),
});
const plan = (more: Partial<PlanInput> = {}) =>
  buildPlan({ desired: DESIRED, observed: OBSERVED, evidence: NO_EVIDENCE, ...more });

describe('a plan', () => {
  test('makes before it takes away, and is ordered by subject within a phase', () => {
    expect(plan().changes.map(({ id, status }) => `${status}: ${id}`)).toEqual([
      'ready: set-user a',
      'ready: create-acl User:a allow read topic literal x *',
      'ready: set-quota user a producer_byte_rate',
      'ready: set-broker-option all num.io.threads',
      'ready: put-connector c',
      'held: delete-acl User:b allow read group literal g *',
      'acknowledged: delete-user old SCRAM-SHA-512',
    ]);
  });

  test('says what it is of, and proves nothing yet', () => {
    expect(plan()).toMatchObject({
      schemaVersion: 1,
      environment: 'prod',
      owner: 'prod',
      target: 'kubernetes',
      clusterId: 'CZeeAwwIYM1wZT6U5ejiTw',
      readAt: '2026-11-26T09:30:00.000Z',
      desired: desiredHash(DESIRED),
      basis: fingerprint(DESIRED, OBSERVED),
      proof: { checked: 0, refused: [], unchecked: [] },
    });
  });

  test('is the same from run to run', () => {
    const shuffled = { ...OBSERVED, acls: [...OBSERVED.acls!].reverse() };
    expect(plan({ observed: shuffled })).toEqual(plan());
  });

  test('counts by grade, those that are held among them', () => {
    expect(isEmpty(plan())).toBe(false);
    expect(countByGrade(plan())).toEqual({
      safe: 5,
      ordering: 0,
      availability: 2,
      'data-loss': 0,
      irreversible: 0,
    });
  });

  test('takes acknowledgements, and tells which are of no use', () => {
    const wanted = {
      code: 'ACL-DELETE',
      path: 'principals.b',
      from: 'may join group g from any address',
      to: 'none',
      reason: 'moved',
      at: 'acknowledge[0]',
    };
    const desired = {
      ...DESIRED,
      acknowledgements: [wanted, { ...wanted, path: 'principals.c', at: 'acknowledge[1]' }],
    };
    const { changes, findings } = plan({ desired });
    expect(changes.find(({ code }) => code === 'ACL-DELETE')!.status).toBe('acknowledged');
    expect(findings.map(({ code, path }) => `${code} ${path}`)).toEqual(['ACKNOWLEDGEMENT-UNUSED acknowledge[1]']);
  });

  test('of nothing is empty', () => {
    const nothing = buildPlan({ desired: desiredWith(), observed: observedWith(), evidence: NO_EVIDENCE });
    expect(isEmpty(nothing)).toBe(true);
    expect(nothing.findings).toEqual([]);
  });

  test('asks for the groups of those that lose rights', () => {
    expect(evidenceRequest(DESIRED, OBSERVED).groups).toEqual(['g']);
    expect(evidenceRequest(desiredWith(), observedWith())).toEqual({ sizes: [], cuts: [], usage: [], groups: [] });
  });

  test('of 20,000 ACLs holds each of them once', () => {
    const acls = Array.from({ length: 20_000 }, (_, index): Acl =>
      acl(`User:p${index % 500} allow read topic t${index}`),
    );
    const principals = Array.from({ length: 500 }, (_, index) => ({
      principal: `User:p${index}`,
      path: `principals.p${index}`,
    }));
    const access = { acls: acls.map((one) => ({ acl: one, path: 'p' })), principals };
    const made = buildPlan({
      desired: desiredWith({ access }),
      observed: observedWith({ acls: [] }),
      evidence: NO_EVIDENCE,
    });
    const kept = buildPlan({
      desired: desiredWith({ access }),
      observed: observedWith({ acls }),
      evidence: NO_EVIDENCE,
    });
    const gone = buildPlan({
      desired: desiredWith({ access: { ...access, acls: [] } }),
      observed: observedWith({ acls }),
      evidence: NO_EVIDENCE,
    });
    expect([made.changes.length, kept.changes.length, gone.changes.length]).toEqual([20_000, 0, 20_000]);
  }, 60_000);
});

describe('what a plan was made from', () => {
  const topic = {
    name: 't',
    internal: false,
    topicId: 'id-1',
    partitions: [{ partition: 0, leader: 1, replicas: [1, 2, 3], isr: [1, 2, 3], offline: [] }],
  };
  const desired = desiredWith({
    ...DESIRED,
    topics: [{ name: 't', partitions: 1, replicationFactor: 3, config: {}, paths: {} }],
  });
  const observed: ObservedState = {
    ...OBSERVED,
    topics: new Map([['t', topic]]),
    topicConfigs: new Map([['t', [{ option: 'retention.ms', value: '1', source: 'topic' }]]]),
    connectors: new Map([['c', { name: 'c', config: {}, state: 'running', tasks: [] }]]),
  };
  const made = plan({ desired, observed });
  const withTopic = (more: object): Partial<ObservedState> => ({ topics: new Map([['t', { ...topic, ...more }]]) });
  const [partition] = topic.partitions;

  test.each<[title: string, more: Partial<ObservedState>]>([
    ['time', { readAtMs: 0 }],
    [
      'the leader and the replicas in sync',
      withTopic({ partitions: [{ ...partition, leader: 2, isr: [2], offline: [3] }] }),
    ],
    ['the preferred leader', withTopic({ partitions: [{ ...partition, replicas: [3, 2, 1] }] })],
    [
      'a topic that is not declared',
      {
        topics: new Map([
          ['t', topic],
          ['other', { ...topic, name: 'other' }],
        ]),
      },
    ],
    [
      'a default of the brokers',
      {
        topicConfigs: new Map([
          [
            't',
            [
              { option: 'retention.ms', value: '1', source: 'topic' as const },
              { option: 'segment.ms', value: '9', source: 'default' as const },
            ],
          ],
        ]),
      },
    ],
    ['ACLs of others', { acls: [...OBSERVED.acls!, acl('User:z deny read topic y')] }],
    ['users of others', { users: [...OBSERVED.users!, { user: 'z', mechanism: 'SCRAM-SHA-512', iterations: 1 }] }],
    ['quotas of others', { quotas: [{ entity: { user: 'z' }, values: { producer_byte_rate: 1 } }] }],
    ['whether a user could log in', { logins: new Map([['a', false]]) }],
    [
      'tasks that failed',
      { connectors: new Map([['c', { name: 'c', config: {}, state: 'failed', tasks: [{ id: 0, state: 'failed' }] }]]) },
    ],
  ])('does not depend on %s', (_title, more) => {
    expect(staleSections(made, fingerprint(desired, { ...observed, ...more }))).toEqual([]);
  });

  test.each<[title: string, section: string, more: Partial<ObservedState>]>([
    ['a topic that was made again', 'topics', withTopic({ topicId: 'id-2' })],
    ['a topic that is gone', 'topics', { topics: new Map() }],
    ['replicas that moved', 'topics', withTopic({ partitions: [{ ...partition, replicas: [1, 2, 4] }] })],
    [
      'an option that was set',
      'topics',
      { topicConfigs: new Map([['t', [{ option: 'retention.ms', value: '2', source: 'topic' }]]]) },
    ],
    ['an ACL of the file', 'acls', { acls: [...OBSERVED.acls!, READ] }],
    ['ACLs that are not read any more', 'acls', { acls: undefined }],
    ['a user of the file', 'users', { users: [] }],
    ['a quota of the file', 'quotas', { quotas: [{ entity: { user: 'a' }, values: { producer_byte_rate: 1 } }] }],
    ['a default of all brokers', 'brokerOptions', { clusterOptions: [{ option: 'x', value: 'y', source: 'cluster' }] }],
    [
      'a connector',
      'connectors',
      { connectors: new Map([['c', { name: 'c', config: { a: 'b' }, state: 'running', tasks: [] }]]) },
    ],
    [
      'a connector that somebody paused',
      'connectors',
      { connectors: new Map([['c', { name: 'c', config: {}, state: 'paused', tasks: [] }]]) },
    ],
  ])('is stale after a change of %s', (_title, section, more) => {
    expect(staleSections(made, fingerprint(desired, { ...observed, ...more }))).toEqual([section]);
  });
});
