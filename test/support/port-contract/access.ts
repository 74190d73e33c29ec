import type { UserChange } from '../../../lib/admin';
import { aclKey, quotaEntityKey, type Acl, type QuotaDescription, type QuotaEntity } from '../../../lib/core/cluster';
import type { ContractTraits } from '../port-contract';
import { codes, eventually, TEST_MS, type Opened } from './contract';

const really = { validateOnly: false };
const dry = { validateOnly: true };

const acl = (change: Partial<Acl>): Acl => ({
  principal: 'User:contract-ada',
  host: '*',
  resourceType: 'topic',
  resourceName: 'contract-acl',
  pattern: 'literal',
  operation: 'read',
  permission: 'allow',
  ...change,
});

const ACLS: readonly Acl[] = [
  acl({}),
  acl({ pattern: 'prefixed' }),
  acl({ operation: 'write' }),
  acl({ permission: 'deny', host: '10.0.0.1' }),
  acl({ principal: 'User:contract-bob' }),
  acl({ resourceName: '*', operation: 'describe' }),
  acl({ resourceType: 'group', resourceName: 'contract-group' }),
  acl({ resourceType: 'transactional-id', resourceName: 'contract-', pattern: 'prefixed', operation: 'write' }),
  acl({ resourceType: 'cluster', resourceName: 'kafka-cluster', operation: 'idempotent-write' }),
  acl({ resourceType: 'user', resourceName: 'contract-eve', operation: 'describe-tokens' }),
];

export function accessContract(opened: Opened, traits: ContractTraits): void {
  if (traits.authorizer === 'standard') aclContract(opened);
  else disabledContract(opened);
  userContract(opened);
  quotaContract(opened);
}

function aclContract(opened: Opened): void {
  const ours = async (broker?: number): Promise<string[]> =>
    (await opened().client.describeAcls(broker === undefined ? {} : { broker }))
      .filter(({ principal }) => principal.startsWith('User:contract-'))
      .map(aclKey)
      .sort();

  test(
    'creates ACLs of every kind, shows them as they are, and deletes exactly those named',
    async () => {
      const { client, brokers } = opened();
      expect(await client.createAcls(ACLS)).toEqual(ACLS.map((item) => ({ item })));
      expect(codes(await client.createAcls([ACLS[0]!]))).toEqual([0]);
      for (const broker of brokers)
        expect(
          await eventually(
            () => ours(broker),
            (found) => found.length === ACLS.length,
          ),
        ).toEqual(ACLS.map(aclKey).sort());

      const gone = [ACLS[0]!, ACLS[5]!, acl({ principal: 'User:contract-nobody' })];
      expect(await client.deleteAcls(gone)).toEqual(gone.map((item) => ({ item })));
      const left = ACLS.filter((each) => !gone.includes(each));
      expect(await eventually(ours, (found) => found.length === left.length)).toEqual(left.map(aclKey).sort());
      await client.deleteAcls(left);
      expect(await eventually(ours, (found) => found.length === 0)).toEqual([]);
    },
    TEST_MS,
  );

  test(
    'fails to create an ACL that cannot be, beside one that can',
    async () => {
      const { client } = opened();
      const wanted = [acl({ principal: 'contract-no-type' }), acl({ principal: 'User:contract-fine' })];
      const results = await client.createAcls(wanted);
      expect(results.map(({ item, error }) => [item, error?.name])).toEqual([
        [wanted[0], 'INVALID_REQUEST'],
        [wanted[1], undefined],
      ]);
      await client.deleteAcls([wanted[1]!]);
    },
    TEST_MS,
  );
}

function disabledContract(opened: Opened): void {
  test(
    'fails, and never says that there are none, where the cluster has no authorizer',
    async () => {
      const { client } = opened();
      await expect(client.describeAcls()).rejects.toMatchObject({
        code: 'KAFKA-REFUSED',
        message: expect.stringContaining('SECURITY_DISABLED'),
      });
      expect((await client.createAcls([ACLS[0]!]))[0]!.error).toMatchObject({ name: 'SECURITY_DISABLED' });
    },
    TEST_MS,
  );
}

function userContract(opened: Opened): void {
  test(
    'makes, changes and removes SCRAM users',
    async () => {
      const { client, brokers } = opened();
      const user = (name: string, mechanism: 'SCRAM-SHA-256' | 'SCRAM-SHA-512', iterations = 8192): UserChange => ({
        user: name,
        mechanism,
        iterations,
        salt: Buffer.from('salt of contract'),
        saltedPassword: Buffer.alloc(mechanism === 'SCRAM-SHA-256' ? 32 : 64, 7),
      });
      const ada = user('contract-ada', 'SCRAM-SHA-512');
      const bob = user('contract-bob', 'SCRAM-SHA-256', 4096);
      const found = async (broker?: number) =>
        (await client.describeUsers(broker === undefined ? {} : { broker }))
          .filter((each) => each.user.startsWith('contract-'))
          .sort((a, b) => (a.user < b.user ? -1 : 1));
      expect(await client.alterUsers([ada, bob])).toEqual([{ item: 'contract-ada' }, { item: 'contract-bob' }]);
      for (const broker of brokers)
        expect(
          await eventually(
            () => found(broker),
            (users) => users.length === 2,
          ),
        ).toEqual([
          { user: 'contract-ada', mechanism: 'SCRAM-SHA-512', iterations: 8192 },
          { user: 'contract-bob', mechanism: 'SCRAM-SHA-256', iterations: 4096 },
        ]);

      const results = await client.alterUsers([
        user('contract-weak', 'SCRAM-SHA-256', 10),
        { user: 'contract-nobody', mechanism: 'SCRAM-SHA-256', deleted: true },
        { user: 'contract-ada', mechanism: 'SCRAM-SHA-512', deleted: true },
      ]);
      expect(results.map(({ item, error }) => [item, error?.name])).toEqual([
        ['contract-weak', 'UNACCEPTABLE_CREDENTIAL'],
        ['contract-nobody', 'RESOURCE_NOT_FOUND'],
        ['contract-ada', undefined],
      ]);
      await client.alterUsers([{ user: 'contract-bob', mechanism: 'SCRAM-SHA-256', deleted: true }]);
      expect(await eventually(found, (users) => users.length === 0)).toEqual([]);
    },
    TEST_MS,
  );
}

function quotaContract(opened: Opened): void {
  test(
    'sets, shows and removes quotas of users, clients, both and addresses, and their defaults',
    async () => {
      const { client } = opened();
      const bytes = { producer_byte_rate: 1_048_576, consumer_byte_rate: 2_097_152 };
      const wanted: readonly QuotaDescription[] = [
        { entity: { user: 'contract-ada' }, values: bytes },
        { entity: { user: null }, values: { request_percentage: 150 } },
        { entity: { clientId: 'contract-app' }, values: { controller_mutation_rate: 5 } },
        { entity: { clientId: null }, values: { producer_byte_rate: 9 } },
        { entity: { user: 'contract-ada', clientId: 'contract-app' }, values: { producer_byte_rate: 10 } },
        { entity: { user: 'contract-ada', clientId: null }, values: { producer_byte_rate: 11 } },
        { entity: { user: null, clientId: 'contract-app' }, values: { producer_byte_rate: 12 } },
        { entity: { user: null, clientId: null }, values: { producer_byte_rate: 13 } },
        { entity: { ip: '10.20.30.40' }, values: { connection_creation_rate: 14 } },
        { entity: { ip: null }, values: { connection_creation_rate: 15 } },
      ];
      const byKey = (quotas: readonly QuotaDescription[]) =>
        new Map(quotas.map(({ entity, values }) => [quotaEntityKey(entity), values]));
      const changes = wanted.map(({ entity, values }) => ({ entity, set: values, remove: [] }));
      expect(await client.alterQuotas(changes, dry)).toEqual(wanted.map(({ entity }) => ({ item: entity })));
      expect(await client.describeQuotas()).toEqual([]);
      expect(await client.alterQuotas(changes, really)).toEqual(wanted.map(({ entity }) => ({ item: entity })));
      for (const broker of opened().brokers) {
        const described = await eventually(
          () => client.describeQuotas({ broker }),
          (quotas) => quotas.length === wanted.length,
        );
        expect(byKey(described)).toEqual(byKey(wanted));
      }
      const ada: QuotaEntity = { user: 'contract-ada' };
      await client.alterQuotas(
        [{ entity: ada, set: { producer_byte_rate: 5 }, remove: ['consumer_byte_rate'] }],
        really,
      );
      const changed = await eventually(
        () => client.describeQuotas(),
        (quotas) => byKey(quotas).get(quotaEntityKey(ada))?.producer_byte_rate === 5,
      );
      expect(byKey(changed).get(quotaEntityKey(ada))).toEqual({ producer_byte_rate: 5 });

      const removals = changed.map(({ entity, values }) => ({
        entity,
        set: {},
        remove: Object.keys(values) as never[],
      }));
      await client.alterQuotas(removals, really);
      expect(
        await eventually(
          () => client.describeQuotas(),
          (quotas) => quotas.length === 0,
        ),
      ).toEqual([]);
    },
    TEST_MS,
  );

  test(
    'fails for a quota that an entity cannot have, beside one that it can',
    async () => {
      const { client } = opened();
      const entities: QuotaEntity[] = [{ ip: '10.20.30.41' }, { user: 'contract-fine' }];
      const changes = entities.map((entity) => ({ entity, set: { producer_byte_rate: 7 }, remove: [] }));
      expect(codes(await client.alterQuotas(changes, dry))).toEqual([42, 0]);
    },
    TEST_MS,
  );
}
