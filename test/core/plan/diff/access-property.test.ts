import fc from 'fast-check';
import { aclKey, type Acl } from '../../../../lib/core/cluster';
import { buildPlan, NO_EVIDENCE } from '../../../../lib/core/plan/build-plan';
import { desiredState } from '../../../../lib/core/plan/desire';
import type { DesiredState } from '../../../../lib/core/plan/desired';
import type { Plan } from '../../../../lib/core/plan/plan';
import { modelOfText } from '../../../support/environments';
import { BASES } from '../../../support/rule-cases';
import { observedWith } from '../states';

const numRuns = Number(process.env.PROPERTY_RUNS ?? 40);
const seed = Number(process.env.PROPERTY_SEED ?? 20261126);

const TOPICS = ['orders', 'orders-v2', 'shop.orders', 'clicks'];
const PATTERNS = [...TOPICS, 'orders*', 'shop.*', '*'];
const GROUPS = ['billing', 'billing-*', '*', 'g'];
const DECLARED = ['a', 'b', 'c'];
const FOREIGN = ['aa', 'A', 'b-1x', 'other', '*', 'ANONYMOUS'];

const some = (words: readonly string[]) => fc.uniqueArray(fc.constantFrom(...words), { minLength: 1, maxLength: 3 });

const extraOn = (on: Record<string, fc.Arbitrary<unknown>>, operations: readonly string[]) =>
  fc.record({
    ...on,
    operations: fc.uniqueArray(fc.constantFrom(...operations), { minLength: 1 }),
    permission: fc.constantFrom('allow', 'deny'),
    host: fc.constantFrom('*', '10.0.0.1'),
  });
const extra = fc.oneof(
  extraOn({ topics: some(PATTERNS) }, ['read', 'write', 'describe', 'all', 'delete']),
  extraOn({ groups: some(GROUPS) }, ['read', 'describe', 'all', 'delete']),
  extraOn({ topics: some(PATTERNS), groups: some(GROUPS) }, ['read', 'describe', 'all']),
  extraOn({ cluster: fc.constant(true) }, ['create', 'alter', 'describe', 'all']),
);

const principal = fc.oneof(
  { weight: 1, arbitrary: fc.constant({ deleted: { reason: 'gone' } }) },
  {
    weight: 5,
    arbitrary: fc.record(
      {
        listener: fc.constant('internal'),
        produce: fc.record({ topics: some(PATTERNS), transactionalIds: some(GROUPS) }, { requiredKeys: ['topics'] }),
        consume: fc.record({ topics: some(PATTERNS), groups: some(GROUPS) }),
        acls: fc.array(extra, { maxLength: 2 }),
        users: fc.constantFrom({ 'b-1': {}, 'b-2': { deleted: { reason: 'rotated' } } }, { 'b-1': {} }),
      },
      { requiredKeys: ['listener'] },
    ),
  },
);

/** Only b has users, so that no two principals share one. */
const principals = fc.record({ a: principal, b: principal, c: principal }, { requiredKeys: [] }).map((declared) =>
  Object.fromEntries(
    Object.entries(declared).map(([name, value]) => {
      const { users, ...rest } = value as Record<string, unknown>;
      return [name, name === 'b' && users !== undefined ? { ...rest, users } : rest];
    }),
  ),
);

const observedAcl: fc.Arbitrary<Acl> = fc.record({
  principal: fc.constantFrom(...[...DECLARED, ...FOREIGN, 'b-1', 'b-2'].map((name) => `User:${name}`)),
  host: fc.constantFrom('*', '10.0.0.1'),
  resourceType: fc.constantFrom('topic', 'group', 'transactional-id'),
  resourceName: fc.constantFrom('orders', 'shop.', 'billing', '*'),
  pattern: fc.constantFrom('literal', 'prefixed'),
  operation: fc.constantFrom('read', 'write', 'describe', 'all'),
  permission: fc.constantFrom('allow', 'deny'),
});

function stateOf(declared: object): DesiredState {
  const topics = Object.fromEntries(TOPICS.map((name) => [name, {}]));
  const yaml = JSON.stringify({ extends: './base.yaml', topics, principals: declared });
  const desired = desiredState(modelOfText(yaml, { files: { 'base.yaml': BASES.kubernetes } }));
  // Access alone.
  const { users: _users, quotas: _quotas, brokerOptions: _options, ...rest } = desired;
  return { ...rest, topics: [] };
}

const planOf = (desired: DesiredState, acls: readonly Acl[]): Plan =>
  buildPlan({ desired, observed: observedWith({ acls }), evidence: NO_EVIDENCE });

function apply(acls: readonly Acl[], plan: Plan): Acl[] {
  const after = new Map(acls.map((acl) => [aclKey(acl), acl]));
  for (const { operation } of plan.changes) {
    if (operation.kind === 'create-acl') after.set(aclKey(operation.acl), operation.acl);
    else if (operation.kind === 'delete-acl') after.delete(aclKey(operation.acl));
    else throw new Error(`a change of something else: ${operation.kind}`);
  }
  return [...after.values()];
}

const keys = (acls: readonly Acl[]): string[] => [...new Set(acls.map(aclKey))].sort();

describe('access, whatever is declared and whatever is there', () => {
  test('ends as declared, leaves others alone, and is done with then', () => {
    fc.assert(
      fc.property(principals, fc.array(observedAcl, { maxLength: 40 }), (declared, acls) => {
        const desired = stateOf(declared);
        const owned = new Set(desired.access!.principals.map((one) => one.principal));
        const plan = planOf(desired, acls);
        const after = apply(acls, plan);
        const isOwn = (acl: Acl): boolean => owned.has(acl.principal);
        expect(keys(after.filter(isOwn))).toEqual(keys(desired.access!.acls.map(({ acl }) => acl)));
        expect(keys(after.filter((acl) => !isOwn(acl)))).toEqual(keys(acls.filter((acl) => !isOwn(acl))));
        expect(planOf(desired, after).changes).toEqual([]);
        expect(FOREIGN.some((name) => owned.has(`User:${name}`))).toBe(false);
      }),
      { numRuns, seed },
    );
  });

  test('is created before anything is deleted, each change once', () => {
    fc.assert(
      fc.property(principals, fc.array(observedAcl, { maxLength: 40 }), (declared, acls) => {
        const { changes } = planOf(stateOf(declared), acls);
        const kinds = changes.map(({ operation }) => operation.kind);
        const firstDelete = kinds.indexOf('delete-acl');
        if (firstDelete !== -1) expect(kinds.slice(firstDelete)).not.toContain('create-acl');
        expect(new Set(changes.map(({ id }) => id)).size).toBe(changes.length);
      }),
      { numRuns, seed },
    );
  });

  test('never loses a right on the way that a change called safe takes away', () => {
    const allows = (acls: readonly Acl[], wanted: Acl): boolean =>
      acls.some(
        (acl) =>
          acl.permission === 'allow' &&
          acl.principal === wanted.principal &&
          acl.resourceType === wanted.resourceType &&
          (acl.host === '*' || acl.host === wanted.host) &&
          (acl.operation === 'all' ||
            acl.operation === wanted.operation ||
            (wanted.operation === 'describe' && ['read', 'write', 'delete', 'alter'].includes(acl.operation))) &&
          (acl.pattern === 'prefixed'
            ? wanted.resourceName.startsWith(acl.resourceName)
            : acl.resourceName === '*' || acl.resourceName === wanted.resourceName),
      );
    const probes = ['orders', 'orders-v2', 'shop.orders', 'billing', 'billing-1', 'g', 'zzz'];
    fc.assert(
      fc.property(principals, fc.array(observedAcl, { maxLength: 40 }), (declared, acls) => {
        const plan = planOf(stateOf(declared), acls);
        const safe = plan.changes.filter(({ grade }) => grade === 'safe');
        const after = apply(acls, { ...plan, changes: safe });
        for (const { operation } of safe) {
          if (operation.kind !== 'delete-acl' || operation.acl.permission === 'deny') continue;
          for (const resourceName of probes) {
            const probe = { ...operation.acl, resourceName, pattern: 'literal' as const };
            if (allows(acls, probe)) expect(allows(after, probe)).toBe(true);
          }
        }
      }),
      { numRuns, seed },
    );
  });
});
