import { GUARD_ACLS } from '../../../../lib/core/cluster';
import { buildPlan, evidenceRequest, NO_EVIDENCE } from '../../../../lib/core/plan/build-plan';
import type { DesiredAccess } from '../../../../lib/core/plan/desired';
import type { ObservedState, TopicUsage } from '../../../../lib/core/plan/observed';
import { phaseOf, prerequisites } from '../../../../lib/core/plan/phases';
import { desiredOf } from '../desired-of';
import { acl, desiredWith, observedWith } from '../states';

const RIGHT = acl('User:acme allow read topic orders');
const CLOSED: DesiredAccess = {
  acls: [{ acl: RIGHT, path: 'principals.acme.consume.topics[0]' }],
  principals: [{ principal: 'User:acme', path: 'principals.acme' }],
  closing: { path: 'listeners.vendors' },
};
const topic = (name: string, internal = false) =>
  [name, { name, topicId: `${name}-id`, internal, partitions: [] }] as const;

function planOf(access: DesiredAccess, part: Partial<ObservedState>, usage: Record<string, TopicUsage> = {}) {
  const observed = observedWith({ acls: [], ...part });
  const desired = desiredWith({ target: 'msk', topicsManagedBy: 'cloudformation', access });
  const evidence = { ...NO_EVIDENCE, usage: new Map(Object.entries(usage)) };
  return { plan: buildPlan({ desired, observed, evidence }), asked: evidenceRequest(desired, observed).usage };
}

const EMPTY: TopicUsage = { records: 0, groups: [] };
const LISTENERS = 'listeners: { internal: { authentication: iam }, vendors: { authentication: scram-sha-512 } }';

describe('a cluster of Amazon MSK that clients without IAM come to', () => {
  test.each<[title: string, change: string, path: string | undefined]>([
    ['is closed where a listener has passwords', LISTENERS, 'listeners.vendors'],
    [
      'is closed where a listener has certificates',
      `listeners: { internal: { authentication: iam }, partners: { authentication: mtls } }
targets: { msk: { certificateAuthorities: ["arn:aws:acm-pca:eu-west-1:111122223333:certificate-authority/a"] } }`,
      'listeners.partners',
    ],
    [
      'is closed where brokers are too',
      `${LISTENERS}\nkafka: { config: { allow.everyone.if.no.acl.found: "false" } }`,
      'listeners.vendors',
    ],
    [
      'stays open where the file says so',
      `${LISTENERS}\nkafka: { config: { allow.everyone.if.no.acl.found: "true" } }`,
      undefined,
    ],
    [
      'stays as it is without a listener for IAM',
      'listeners: { internal: { authentication: scram-sha-512 } }',
      undefined,
    ],
    [
      'stays as it is where a listener lets everybody in',
      'listeners: { internal: { authentication: iam }, vendors: { authentication: scram-sha-512 }, all: { authentication: none } }',
      undefined,
    ],
    ['needs nothing with IAM alone', '', undefined],
  ])('%s', (_title, change, path) => {
    expect(desiredOf('msk', change).access?.closing?.path).toBe(path);
  });

  test('closes after all rights are given and before any goes, and not where one could not be given', () => {
    const { plan } = planOf(CLOSED, { acls: [acl('User:acme allow read topic old')] });
    expect(plan.changes.map((change) => phaseOf(change))).toEqual([
      'acls-created',
      ...GUARD_ACLS.map(() => 'acls-closed'),
      'acls-deleted',
    ]);
    const guards = plan.changes.filter(({ code }) => code === 'ACL-CLOSE');
    const needed = prerequisites(plan.changes);
    for (const { id } of guards) expect(needed.get(id)).toEqual([plan.changes[0]!.id]);
    expect(guards.map(({ summary }) => summary).sort()).toEqual([
      'every group is closed to whoever has no ACL for it',
      'every topic is closed to whoever has no ACL for it',
      'every transactional id is closed to whoever has no ACL for it',
      'the cluster itself is closed to whoever has no ACL for it',
    ]);
  });

  test('closes without more where nobody has written or read yet', () => {
    const topics = new Map([topic('orders'), topic('__amazon_msk_canary'), topic('__consumer_offsets', true)]);
    const { plan, asked } = planOf(CLOSED, { topics }, { orders: EMPTY });
    expect(asked).toEqual(['orders']);
    const guards = plan.changes.filter(({ code }) => code === 'ACL-CLOSE');
    expect(guards.map(({ grade, status }) => `${grade} ${status}`)).toEqual(GUARD_ACLS.map(() => 'safe ready'));
  });

  test.each<[title: string, usage: Record<string, TopicUsage>]>([
    ['has records', { orders: { ...EMPTY, records: 3 } }],
    ['had records', { orders: { ...EMPTY, lastWrittenMs: 1 } }],
    ['is read', { orders: { ...EMPTY, groups: [{ group: 'billing', members: 1 }] } }],
    ['is not known', {}],
  ])('needs one acknowledgement for all of it where a topic %s', (_title, usage) => {
    const { plan } = planOf(CLOSED, { topics: new Map([topic('orders')]) }, usage);
    const guards = plan.changes.filter(({ code }) => code === 'ACL-CLOSE');
    expect(new Set(guards.map(({ path, from, to, status }) => `${path} ${from} ${to} ${status}`))).toEqual(
      new Set(['listeners.vendors open closed held']),
    );
    expect(guards[0]!.reason).toContain('1 topic is in use.');
  });

  test('makes the guards that are missing, and never takes one away', () => {
    const present = [RIGHT, ...GUARD_ACLS.slice(1)];
    expect(planOf(CLOSED, { acls: present }).plan.changes.map(({ id }) => id)).toEqual(['close topic']);
    const { closing: _, ...open } = CLOSED;
    expect(planOf(open, { acls: [RIGHT, ...GUARD_ACLS] }).plan.changes).toEqual([]);
    expect(planOf(CLOSED, { acls: [RIGHT, ...GUARD_ACLS] }).asked).toEqual([]);
  });
});
