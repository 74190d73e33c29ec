import { unauthenticated } from '../../../lib/admin/failures';
import { verifyAccess, type AccessProbe, type UserLogIn } from '../../../lib/admin/verify/access';
import { allowedOperations } from '../../../lib/admin/verify/access/expected';
import type { Acl } from '../../../lib/core/cluster';
import type { EnvironmentModel } from '../../../lib/core/model';
import { desiredState } from '../../../lib/core/plan';
import { modelOfText } from '../../support/environments';

const model = modelOfText(`name: shop
target: hosts
kafka: { version: '4.3' }
nodePools: { nodes: { roles: [broker, controller], replicas: 1 } }
listeners: { apps: { authentication: scram-sha-512 } }
topics: { orders: { partitions: 1 }, clicks: { partitions: 1 } }
principals:
  checkout: { listener: apps, produce: { topics: [orders], transactionalIds: [checkout-*] } }
  billing: { listener: apps, consume: { topics: [orders], groups: [billing] } }
targets:
  hosts: { inventory: { b1: { address: b1.example, nodePool: nodes, nodeId: 0, logDirs: [/data/kafka] } } }
`);

const REFUSED = { topic: 'TOPIC_AUTHORIZATION_FAILED', id: 'TRANSACTIONAL_ID_AUTHORIZATION_FAILED' };

/** A cluster whose authorizer goes by these ACLs. */
function probe(acls: readonly Acl[], user: string): AccessProbe {
  const own = acls.filter(({ principal }) => principal === `User:${user}` || principal === 'User:*');
  const told = (type: 'topic' | 'group', names: readonly string[]) =>
    new Map(
      names.flatMap((name) => {
        const operations = allowedOperations(own, { type, name });
        return operations.has('describe') ? [[name, operations] as const] : [];
      }),
    );
  const attempt = (allowed: boolean, refusal: string) =>
    Promise.resolve({ allowed, answer: allowed ? 'INVALID_RECORD' : refusal });
  return {
    topics: (names) => Promise.resolve(told('topic', names)),
    groups: (names) => Promise.resolve(told('group', names)),
    cluster: () => Promise.resolve(undefined),
    write: (name) => attempt(allowedOperations(own, { type: 'topic', name }).has('write'), REFUSED.topic),
    read: (name) => attempt(allowedOperations(own, { type: 'topic', name }).has('read'), REFUSED.topic),
    transactionalId: (id) =>
      attempt(
        own.some((acl) => acl.resourceType === 'transactional-id' && id.startsWith(acl.resourceName)),
        REFUSED.id,
      ),
    close: () => Promise.resolve(),
  };
}

const declared = desiredState(model).access!.acls.map((entry) => entry.acl);
const connect = { bootstrapServers: ['b1.example:9092'] };

async function verify(acls: readonly Acl[], logIn: (user: string) => UserLogIn, of: EnvironmentModel = model) {
  const users: string[] = [];
  const report = await verifyAccess(of, {
    connect: async () => probe(acls, users.at(-1)!),
    logInsOf: async ({ name }) => (users.push(name), [logIn(name)]),
    topics: ['orders', 'clicks', 'secret'],
    progress: () => undefined,
    patienceMs: 1,
  });
  return report.checks.map(({ id, subject, status, evidence }) => `${status} ${id} ${subject ?? ''}: ${evidence}`);
}

describe('the proof of access', () => {
  test('is what is declared and nothing else, with a real try of each kind', async () => {
    expect(await verify(declared, (user) => ({ user, connect }))).toEqual([
      'ok ACCESS-LOGIN User:checkout: logs in at b1.example:9092',
      'ok ACCESS-GRANTED User:checkout: everything that is declared, on 5 resources',
      'ok ACCESS-DENIED User:checkout: nothing else on 5 resources',
      'ok ACCESS-TRIED User:checkout: let through: write to orders, use transactional id checkout-kdk-verify; refused: write to clicks (TOPIC_AUTHORIZATION_FAILED), read orders (TOPIC_AUTHORIZATION_FAILED)',
      'ok ACCESS-LOGIN User:billing: logs in at b1.example:9092',
      'ok ACCESS-GRANTED User:billing: everything that is declared, on 5 resources',
      'ok ACCESS-DENIED User:billing: nothing else on 5 resources',
      'ok ACCESS-TRIED User:billing: let through: read orders; refused: write to orders (TOPIC_AUTHORIZATION_FAILED), read clicks (TOPIC_AUTHORIZATION_FAILED), use transactional id checkout-kdk-verify (TRANSACTIONAL_ID_AUTHORIZATION_FAILED)',
    ]);
  });

  test('names what a principal lacks', async () => {
    const checks = await verify(
      declared.filter(({ operation }) => operation !== 'write'),
      (user) => ({ user, connect }),
    );
    expect(checks).toContain('error ACCESS-GRANTED User:checkout: may not write topic orders');
    expect(checks).toContain(
      'error ACCESS-TRIED User:checkout: write to orders was refused (TOPIC_AUTHORIZATION_FAILED)',
    );
  });

  test('names what a principal has beyond its intent, whoever gave it', async () => {
    const everybody: Acl = {
      ...declared[0]!,
      principal: 'User:*',
      resourceType: 'topic',
      resourceName: 'secret',
      operation: 'read',
    };
    const checks = await verify([...declared, everybody], (user) => ({ user, connect }));
    expect(checks).toContain('error ACCESS-DENIED User:billing: may also read topic secret, describe topic secret');
  });

  test('says who was not tried, and who may not log in', async () => {
    const untried = await verify(declared, (user) => ({ user, untried: 'its secret is not here' }));
    expect(untried[0]).toBe('warning ACCESS-LOGIN User:checkout: not tried: its secret is not here');
    const report = await verifyAccess(model, {
      connect: () => Promise.reject(unauthenticated({ server: 'b1', user: 'x', mechanism: 'SCRAM-SHA-512' }, 'no')),
      logInsOf: async ({ name }) => [{ user: name, connect }],
      topics: [],
      progress: () => undefined,
    });
    expect(report).toMatchObject({ status: 'error', checks: [{ id: 'ACCESS-LOGIN', status: 'error' }, {}] });
  });

  test('is needless where nobody looks at ACLs', async () => {
    const open = modelOfText(`name: open
target: local
kafka: { version: '4.3' }
nodePools: { nodes: { roles: [broker, controller], replicas: 1 } }
listeners: { internal: { authentication: none } }
`);
    expect(await verify([], (user) => ({ user, connect }), open)).toEqual([expect.stringMatching(/^ok ACCESS-NONE/)]);
  });
});
