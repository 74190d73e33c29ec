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

  test('never gives more than before or declared, nor takes more than what is acknowledged, wherever it is held back', () => {
    fc.assert(
      fc.property(principals, fc.array(observedAcl, { maxLength: 40 }), fc.nat(), (declared, acls, salt) => {
        const desired = stateOf(declared);
        const held = planOf(desired, acls).changes.filter(({ status }) => status === 'held');
        const some = held.filter((_change, index) => ((salt >> (index % 30)) & 1) === 1);
        const acknowledgements = some.map(({ code, path, from, to }) => ({
          code,
          path,
          from,
          to,
          reason: 'r',
          at: 'a',
        }));
        const plan = planOf({ ...desired, acknowledgements }, acls);
        const done = plan.changes.filter(({ status }) => status === 'ready' || status === 'acknowledged');
        const dangerous = done.some(({ grade }) => grade !== 'safe');
        const after = apply(acls, { ...plan, changes: done });
        const own = new Set(desired.access!.principals.map((one) => one.principal));
        const atLast = [
          ...desired.access!.acls.map(({ acl }) => acl),
          ...acls.filter((acl) => !own.has(acl.principal)),
        ];
        for (const probe of probesOf([...acls, ...atLast])) {
          const [before, now, last] = [acls, after, atLast].map((set) => may(set, probe));
          if (now) expect({ probe, allowed: before || last }).toEqual({ probe, allowed: true });
          else if (!dangerous) expect({ probe, before }).toEqual({ probe, before: false });
        }
      }),
      { numRuns, seed },
    );
  });
});

/** What somebody may try: each principal with each operation on names that the patterns are about. */
function* probesOf(acls: readonly Acl[]): Iterable<Acl> {
  const own = new Set(acls.map((acl) => acl.principal).filter((name) => /^User:[abc](-[12])?$/.test(name)));
  for (const principal of own)
    for (const resourceType of ['topic', 'group', 'transactional-id'] as const)
      for (const operation of ['read', 'write', 'describe', 'delete'] as const)
        for (const resourceName of ['orders', 'orders-v2', 'shop.orders', 'billing', 'billing-1', 'zzz'])
          for (const host of ['10.0.0.1', '10.0.0.2'])
            yield { principal, resourceType, operation, resourceName, host, pattern: 'literal', permission: 'allow' };
}

/** As Kafka's StandardAuthorizer decides: a deny wins, what is allowed may imply describe, and nothing allows nothing. */
function may(acls: readonly Acl[], probe: Acl): boolean {
  const about = acls.filter(
    (acl) =>
      (acl.principal === probe.principal || acl.principal === 'User:*') &&
      acl.resourceType === probe.resourceType &&
      (acl.host === '*' || acl.host === probe.host) &&
      (acl.pattern === 'prefixed'
        ? probe.resourceName.startsWith(acl.resourceName)
        : acl.resourceName === '*' || acl.resourceName === probe.resourceName),
  );
  const implying =
    probe.operation === 'describe' ? ['describe', 'read', 'write', 'delete', 'alter'] : [probe.operation];
  return (
    !about.some(({ permission, operation }) => permission === 'deny' && ['all', probe.operation].includes(operation)) &&
    about.some(({ permission, operation }) => permission === 'allow' && ['all', ...implying].includes(operation))
  );
}
