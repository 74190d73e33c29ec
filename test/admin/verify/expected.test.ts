import { allowedOperations, dependsOnAddress } from '../../../lib/admin/verify/access/expected';
import type { Acl, AclOperation } from '../../../lib/core/cluster';

const acl = (operation: AclOperation, resourceName: string, more: Partial<Acl> = {}): Acl => ({
  principal: 'User:billing',
  host: '*',
  resourceType: 'topic',
  resourceName,
  pattern: 'literal',
  operation,
  permission: 'allow',
  ...more,
});
const allowed = (acls: readonly Acl[], name = 'orders'): string[] => [
  ...allowedOperations(acls, { type: 'topic', name }),
];

describe('what ACLs allow', () => {
  test('is what they say and what it implies', () => {
    expect(allowed([acl('read', 'orders')])).toEqual(['read', 'describe']);
    expect(allowed([acl('create', 'orders')])).toEqual(['create']);
    expect(allowed([acl('alter-configs', 'orders')])).toEqual(['describe-configs', 'alter-configs']);
    expect(allowed([acl('all', 'orders')])).toHaveLength(8);
  });

  test('holds for names, prefixes and everything', () => {
    expect(allowed([acl('read', 'orders')], 'orders-v2')).toEqual([]);
    expect(allowed([acl('read', 'or', { pattern: 'prefixed' })])).toEqual(['read', 'describe']);
    expect(allowed([acl('read', '*')])).toEqual(['read', 'describe']);
    expect(allowed([acl('read', 'orders', { resourceType: 'group' })])).toEqual([]);
  });

  test('is less by a deny, which implies nothing', () => {
    expect(allowed([acl('read', 'orders'), acl('read', 'orders', { permission: 'deny' })])).toEqual(['describe']);
    expect(allowed([acl('all', '*'), acl('all', 'orders', { permission: 'deny' })])).toEqual([]);
    expect(allowed([acl('write', 'orders'), acl('describe', '*', { permission: 'deny' })])).toEqual(['write']);
  });

  test('is not known where an ACL holds for single addresses', () => {
    const acls = [acl('read', 'orders', { host: '10.0.0.7' })];
    expect(allowed(acls)).toEqual([]);
    expect(dependsOnAddress(acls, { type: 'topic', name: 'orders' })).toBe(true);
    expect(dependsOnAddress(acls, { type: 'topic', name: 'clicks' })).toBe(false);
  });
});
