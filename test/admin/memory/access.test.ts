import { pbkdf2Sync } from 'node:crypto';
import type { QuotaChange, UserChange } from '../../../lib/admin';
import { clusterOf, dry, outcomes, really } from './cluster';

function credential(password: string, mechanism: UserChange['mechanism'] = 'SCRAM-SHA-512'): UserChange {
  const salt = Buffer.from('a salt');
  const [bytes, hash] = mechanism === 'SCRAM-SHA-512' ? [64, 'sha512'] : [32, 'sha256'];
  const saltedPassword = pbkdf2Sync(password, salt, 4096, bytes, hash);
  return { user: 'ada', mechanism, iterations: 4096, salt, saltedPassword };
}

describe('users of a memory cluster', () => {
  it('log in with the password that their credential was made of, by mechanism, and not once it is gone', async () => {
    const { cluster, port } = clusterOf();
    expect(outcomes(await port.alterUsers([credential('one'), credential('two', 'SCRAM-SHA-256')]))).toEqual([
      '-',
      '-',
    ]);
    expect(cluster.canLogIn('ada', 'one')).toBe(true);
    expect(cluster.canLogIn('ada', 'two')).toBe(false);
    expect(cluster.canLogIn('ada', 'two', { mechanism: 'SCRAM-SHA-256' })).toBe(true);
    cluster.setLag(1);
    await port.alterUsers([credential('new')]);
    expect(cluster.canLogIn('ada', 'one', { broker: 2 })).toBe(true);
    expect(cluster.canLogIn('ada', 'new', { broker: 2 })).toBe(true);
    await port.alterUsers([{ user: 'ada', mechanism: 'SCRAM-SHA-512', deleted: true }]);
    expect(cluster.canLogIn('ada', 'new')).toBe(false);
    expect(cluster.snapshot().users.map(({ mechanism }) => mechanism)).toEqual(['SCRAM-SHA-256']);
  });

  it('fail for each by itself', async () => {
    const { port } = clusterOf();
    const results = await port.alterUsers([
      { ...credential('x'), user: '' },
      { ...credential('x'), iterations: 20_000 } as UserChange,
      { user: 'bob', mechanism: 'SCRAM-SHA-256', deleted: true },
    ]);
    expect(results.map(({ item }) => item)).toEqual(['', 'ada', 'bob']);
    expect(outcomes(results)).toEqual(['UNACCEPTABLE_CREDENTIAL', 'UNACCEPTABLE_CREDENTIAL', 'RESOURCE_NOT_FOUND']);
  });
});

describe('quotas of a memory cluster', () => {
  const change = (entity: QuotaChange['entity'], set: QuotaChange['set'], remove: QuotaChange['remove'] = []) => ({
    entity,
    set,
    remove,
  });

  it('are kept by entity, key by key, until none is left', async () => {
    const { cluster, port } = clusterOf();
    const ada = { user: 'ada' };
    await port.alterQuotas([change(ada, { producer_byte_rate: 5, request_percentage: 1.5 })], really);
    await port.alterQuotas([change(ada, { producer_byte_rate: 6 }, ['request_percentage'])], really);
    expect(await port.describeQuotas()).toEqual([{ entity: ada, values: { producer_byte_rate: 6 } }]);
    await port.alterQuotas([change(ada, {}, ['producer_byte_rate', 'consumer_byte_rate'])], dry);
    expect(cluster.snapshot().quotas).toHaveLength(1);
    await port.alterQuotas([change(ada, {}, ['producer_byte_rate', 'consumer_byte_rate'])], really);
    expect(await port.describeQuotas()).toEqual([]);
  });

  it('fail for entities, keys and values that cannot be', async () => {
    const { port } = clusterOf();
    const changes = [
      change({}, { producer_byte_rate: 1 }),
      change({ user: 'ada', ip: '10.0.0.1' }, { producer_byte_rate: 1 }),
      change({ user: '' }, { producer_byte_rate: 1 }),
      change({ clientId: 'app' }, { connection_creation_rate: 1 }),
      change({ user: 'bob' }, { producer_byte_rate: 0 }),
      change({ user: 'eve' }, { consumer_byte_rate: 1.5 }),
      change({ user: 'twice' }, { consumer_byte_rate: 1 }),
      change({ user: 'twice' }, { consumer_byte_rate: 2 }),
    ];
    expect(outcomes(await port.alterQuotas(changes, really))).toEqual(changes.map(() => 'INVALID_REQUEST'));
    expect(await port.describeQuotas()).toEqual([{ entity: { user: 'twice' }, values: { consumer_byte_rate: 1 } }]);
  });
});
