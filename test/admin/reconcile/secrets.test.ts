import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { awsSecrets } from '../../../lib/admin/adapters/aws/secrets';
import { environmentSecrets, firstOf, folderSecrets, readSecrets } from '../../../lib/admin/secrets';

const PASSWORD = { secret: 'orders-db', key: 'password' };

describe('secrets in a folder', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'kdk-secrets-'));
    mkdirSync(join(folder, 'orders-db'));
  });

  afterEach(() => rmSync(folder, { recursive: true }));

  const write = (value: string, mode = 0o600): void => {
    writeFileSync(join(folder, 'orders-db', 'password'), value, { mode });
    chmodSync(join(folder, 'orders-db', 'password'), mode);
  };

  test('are files, without the line end that editors add', async () => {
    write(' s3cret \n');
    expect(await folderSecrets(folder).read(PASSWORD)).toBe(' s3cret ');
  });

  test('may be in a folder that the environment names', async () => {
    write('s3cret');
    const store = folderSecrets('elsewhere', { folders: { db: join(folder, 'orders-db') } });
    expect(await store.read({ secret: 'db', key: 'password' })).toBe('s3cret');
  });

  test('are told once where everybody may read them', async () => {
    write('s3cret', 0o644);
    const warnings: string[] = [];
    const store = folderSecrets(folder, { warn: (message) => warnings.push(message) });
    await store.read(PASSWORD);
    await store.read(PASSWORD);
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toContain('orders-db/password');
    expect(warnings[0]).not.toContain('s3cret');
  });

  test.each(['', '\n'])('fails for an empty file, %j', async (text) => {
    write(text);
    await expect(folderSecrets(folder).read(PASSWORD)).rejects.toMatchObject({ code: 'SECRET-MISSING', status: 1 });
  });

  test('fails for a folder in place of a file', async () => {
    mkdirSync(join(folder, 'orders-db', 'password'));
    await expect(folderSecrets(folder).read(PASSWORD)).rejects.toMatchObject({ code: 'SECRET-UNREADABLE' });
  });
});

describe('secrets in environment variables', () => {
  test('have the name of secret and key', async () => {
    const store = environmentSecrets({ KDK_SECRET_ORDERS_DB_PASSWORD: 's3cret' });
    expect(await store.read(PASSWORD)).toBe('s3cret');
  });

  test('fails, naming the variable', async () => {
    await expect(environmentSecrets({}).read(PASSWORD)).rejects.toThrow(/KDK_SECRET_ORDERS_DB_PASSWORD/);
  });
});

describe('reading secrets', () => {
  test('asks for each once', async () => {
    let asked = 0;
    const store = { read: () => Promise.resolve(`value ${++asked}`) };
    expect(await readSecrets(store, [PASSWORD, { ...PASSWORD }])).toEqual(new Map([['orders-db/password', 'value 1']]));
  });

  test('takes the first store that has it', async () => {
    const store = firstOf(environmentSecrets({}), environmentSecrets({ KDK_SECRET_ORDERS_DB_PASSWORD: 'b' }));
    expect(await store.read(PASSWORD)).toBe('b');
    await expect(firstOf(environmentSecrets({}), folderSecrets('/nowhere')).read(PASSWORD)).rejects.toThrow(
      /nothing in 2 places.*KDK_SECRET_ORDERS_DB_PASSWORD and \/nowhere\/orders-db\/password/,
    );
  });

  test('fails once for all that are missing, and holds no value of those that are there', async () => {
    const store = environmentSecrets({ KDK_SECRET_A_P: 's3cret' });
    const reading = readSecrets(
      store,
      ['a', 'b', 'c'].map((secret) => ({ secret, key: 'p' })),
    );
    await expect(reading).rejects.toMatchObject({
      code: 'SECRETS-MISSING',
      message: expect.not.stringContaining('s3cret'),
    });
    await expect(reading).rejects.toThrow(/2 secrets.*b\/p.*c\/p/);
  });
});

describe('secrets in AWS Secrets Manager', () => {
  let server: Server;
  let requests: string[];
  let answer: (id: string) => { readonly status: number; readonly body: unknown };

  beforeEach(async () => {
    requests = [];
    server = createServer((request, response) => {
      let text = '';
      request.on('data', (data) => (text += data));
      request.on('end', () => {
        const { SecretId } = JSON.parse(text) as { SecretId: string };
        requests.push(SecretId);
        const { status, body } = answer(SecretId);
        response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1' });
        response.end(JSON.stringify(body));
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    process.env.AWS_ENDPOINT_URL_SECRETS_MANAGER = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    process.env.AWS_ACCESS_KEY_ID = 'test';
    process.env.AWS_SECRET_ACCESS_KEY = 'test';
  });

  afterEach(async () => {
    delete process.env.AWS_ENDPOINT_URL_SECRETS_MANAGER;
    delete process.env.AWS_ACCESS_KEY_ID;
    delete process.env.AWS_SECRET_ACCESS_KEY;
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  const secretString = (text: string) => ({ status: 200, body: { Name: 'x', SecretString: text } });

  async function withStore<T>(work: (store: ReturnType<typeof awsSecrets>) => Promise<T>): Promise<T> {
    const store = awsSecrets({ region: 'eu-west-1', ids: { 'orders-db': 'prod/orders-db' } });
    try {
      return await work(store);
    } finally {
      store.close();
    }
  }

  test('are keys of a JSON object, one request for all keys of a secret', async () => {
    answer = () => secretString('{"username":"u","password":"s3cret"}');
    const values = await withStore((store) => readSecrets(store, [PASSWORD, { secret: 'orders-db', key: 'username' }]));
    expect([...values.values()]).toEqual(['s3cret', 'u']);
    expect(requests).toEqual(['prod/orders-db']);
  });

  test('fails where there is no such secret or key', async () => {
    answer = (id) =>
      id === 'none'
        ? { status: 400, body: { __type: 'ResourceNotFoundException', message: 'not found' } }
        : secretString('{"username":"u"}');
    await expect(withStore((store) => store.read({ secret: 'none', key: 'p' }))).rejects.toMatchObject({
      code: 'SECRET-MISSING',
    });
    await expect(withStore((store) => store.read(PASSWORD))).rejects.toThrow(/key password of prod\/orders-db/);
  });

  test('fails without a word of it where it is no JSON', async () => {
    answer = () => secretString('s3cret');
    const reading = withStore((store) => store.read(PASSWORD));
    await expect(reading).rejects.toMatchObject({ code: 'SECRET-UNREADABLE' });
    await expect(reading).rejects.toMatchObject({ message: expect.not.stringContaining('s3cret') });
  });

  test('fails with the right that is missing', async () => {
    answer = () => ({ status: 400, body: { __type: 'AccessDeniedException', Message: 'no' } });
    await expect(withStore((store) => store.read(PASSWORD))).rejects.toMatchObject({
      status: 3,
      message: expect.stringContaining('secretsmanager:GetSecretValue'),
    });
  });
});
