import { Failure } from '../../../lib/core/issue';
import { Unreachable } from '../../../lib/admin';
import { MemoryCluster } from '../../../lib/admin/adapters/memory';
import { logInTrier, saltedCredential } from '../../../lib/admin/users';
import type { ConnectOptions, KafkaClient } from '../../../lib/admin';

const NEW = { user: 'ann', mechanism: 'SCRAM-SHA-512', iterations: 4096 } as const;

describe('salting a password', () => {
  test('lets the user in with it, and with no other', async () => {
    const cluster = new MemoryCluster();
    await cluster.connect().alterUsers([await saltedCredential(NEW, 'p@ss w0rd')]);
    expect(cluster.canLogIn('ann', 'p@ss w0rd')).toBe(true);
    expect(cluster.canLogIn('ann', 'p@ss w0rd ')).toBe(false);
  });

  test('takes another salt each time', async () => {
    const [a, b] = [await saltedCredential(NEW, 'secret'), await saltedCredential(NEW, 'secret')];
    expect('salt' in a && 'salt' in b && Buffer.from(a.salt).equals(b.salt)).toBe(false);
  });

  test.each([
    ['an empty one', ''],
    ['a line end', 'secret\n'],
    ['ligatures', 'e\ufb03cient'],
    ['another space', 'a\u00a0b'],
    ['a letter and its accent', 'cafe\u0301'],
    ['a soft hyphen', 'a\u00adb'],
  ])('fails for a password that clients send differently: %s', async (_title, password) => {
    const salting = saltedCredential(NEW, password);
    await expect(salting).rejects.toMatchObject({ code: 'PASSWORD-AMBIGUOUS' });
    if (password !== '')
      await expect(salting).rejects.toMatchObject({ message: expect.not.stringContaining(password) });
  });

  test('takes letters of any language that all clients send alike', async () => {
    await expect(saltedCredential(NEW, 'Grüße-пароль')).resolves.toBeDefined();
  });
});

describe('trying to log in', () => {
  const client = { close: async () => undefined } as unknown as KafkaClient;
  const trier = (connect: (options: ConnectOptions) => Promise<KafkaClient>, concurrency = 8) =>
    logInTrier({ connect, bootstrapServers: ['a:9092'], mechanism: 'SCRAM-SHA-512', concurrency });
  const refused = new Failure('KAFKA-AUTHENTICATION', 'no', 'no', 3);

  test('says whether the password is right', async () => {
    const tryLogIn = trier(async ({ sasl }) => {
      if (sasl !== undefined && 'password' in sasl && sasl.password === 'right') return client;
      throw refused;
    });
    expect(await tryLogIn('ann', 'right')).toBe(true);
    expect(await tryLogIn('ann', 'wrong')).toBe(false);
  });

  test('says nothing where nobody answers', async () => {
    const tryLogIn = trier(async () => {
      throw new Unreachable(['a:9092'], 'silence');
    });
    expect(await tryLogIn('ann', 'right')).toBeUndefined();
  });

  test('tries again what failed, and not what succeeded', async () => {
    let asked = 0;
    const tryLogIn = trier(async () => {
      if (++asked === 1) throw refused;
      return client;
    });
    expect([await tryLogIn('ann', 'p'), await tryLogIn('ann', 'p'), await tryLogIn('ann', 'p')]).toEqual([
      false,
      true,
      true,
    ]);
    expect(asked).toBe(2);
  });

  test('tries few at a time', async () => {
    let [now, most] = [0, 0];
    const tryLogIn = trier(async () => {
      most = Math.max(most, ++now);
      await new Promise((resolve) => setImmediate(resolve));
      now--;
      return client;
    }, 3);
    await Promise.all(Array.from({ length: 20 }, (_, index) => tryLogIn(`user-${index}`, 'p')));
    expect(most).toBe(3);
  });
});
