import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectRest } from '../../../lib/admin/adapters/connect-rest';
import type { ConnectRestOptions, ConnectWorkersPort } from '../../../lib/admin/port';
import { errorBody, StandIn, type Reply } from '../../support/connect-workers-stand-in';
import { freePorts } from '../../support/free-ports';

const REBALANCE = errorBody(
  409,
  'Cannot complete request momentarily due to stale configuration (typically caused by a concurrent config change)',
);
const NO_CONNECTORS: Reply = [200, {}];

describe('requests to Connect workers', () => {
  const standIns: StandIn[] = [];
  const ports: ConnectWorkersPort[] = [];

  const worker = async (...made: ConstructorParameters<typeof StandIn>): Promise<StandIn> => {
    const standIn = await new StandIn(...made).start();
    standIns.push(standIn);
    return standIn;
  };
  const open = (options: ConnectRestOptions): ConnectWorkersPort => {
    const port = connectRest(options);
    ports.push(port);
    return port;
  };
  const nobody = async (): Promise<string> => `http://127.0.0.1:${await freePorts(1)}`;

  afterEach(async () => {
    await Promise.all([...ports.splice(0).map((port) => port.close()), ...standIns.splice(0).map((one) => one.stop())]);
  });

  test('asks again while the workers rebalance', async () => {
    const standIn = await rebalancing(2);
    expect(await open({ urls: [standIn.url] }).connectors()).toEqual(new Map());
    expect(standIn.asked).toHaveLength(3);
  });

  test('fails with what Connect says where rebalancing does not end', async () => {
    const { url } = await rebalancing(Infinity);
    await expect(open({ urls: [url], patienceMs: 500 }).connectors()).rejects.toMatchObject({
      code: 'CONNECT-BUSY',
      status: 1,
      message: expect.stringContaining('could not list the connectors within 1 s, got Cannot complete request'),
    });
  });

  test('asks another worker where the first does not answer, and stays with it', async () => {
    const second = await worker(() => NO_CONNECTORS);
    const port = open({ urls: [await nobody(), second.url] });
    await port.connectors();
    await port.connectors();
    expect(second.lines).toEqual(Array(2).fill('GET /connectors?expand=info&expand=status'));
  });

  test('asks another worker where a worker cannot reach the leader', async () => {
    const lost = await worker(() => errorBody(500, 'IO Error trying to forward REST request: ConnectException'));
    const other = await worker(() => NO_CONNECTORS);
    await open({ urls: [lost.url, other.url] }).connectors();
    expect([lost.asked.length, other.asked.length]).toEqual([1, 1]);
  });

  test('waits for a worker that has answered before and restarts', async () => {
    const restarting = await worker((_, time) => (time === 2 || time === 3 || time === 4 ? 'hang-up' : NO_CONNECTORS));
    const port = open({ urls: [restarting.url] });
    await port.connectors();
    expect(await port.connectors()).toEqual(new Map());
    expect(restarting.asked).toHaveLength(5);
  });

  test('waits for a worker behind the same address that has no paths yet', async () => {
    const several = await worker((_, time) =>
      time === 2 || time === 3 ? [404, '<html>Not Found</html>'] : NO_CONNECTORS,
    );
    const port = open({ urls: [several.url] });
    await port.connectors();
    expect(await port.connectors()).toEqual(new Map());
    expect(several.asked).toHaveLength(4);
  });

  test('fails at once where no worker has ever answered', async () => {
    const urls = [await nobody(), await nobody()];
    await expect(open({ urls }).connectors()).rejects.toMatchObject({
      code: 'CONNECT-UNREACHABLE',
      status: 3,
      message: expect.stringContaining(`No Connect worker answers at ${urls.join(', ')}, got connect ECONNREFUSED`),
    });
  });

  test('fails after the time for a request where a worker does not finish its answer', async () => {
    const silent = createServer(() => undefined);
    await new Promise<void>((done) => silent.listen(0, '127.0.0.1', done));
    const { port } = silent.address() as AddressInfo;
    const failing = open({ urls: [`http://127.0.0.1:${port}`], timeoutMs: 200 }).connectors();
    await expect(failing).rejects.toMatchObject({ message: expect.stringContaining('got no answer within 0.2 s') });
    silent.close();
  });

  test('fails where what listens is no HTTP, with a hint', async () => {
    const broker = createServer((socket) => socket.end('\0\0\0\x0c'));
    await new Promise<void>((done) => broker.listen(0, '127.0.0.1', done));
    const { port } = broker.address() as AddressInfo;
    await expect(open({ urls: [`http://127.0.0.1:${port}`] }).connectors()).rejects.toMatchObject({
      code: 'CONNECT-UNREACHABLE',
      hint: expect.stringContaining('does not speak HTTP'),
    });
    broker.close();
  });

  test('fails where what answers is no worker', async () => {
    const page = await worker(() => [200, '<html>Welcome</html>']);
    await expect(open({ urls: [page.url] }).connectors()).rejects.toMatchObject({
      code: 'CONNECT-ANSWER',
      status: 3,
      message: expect.stringContaining('got 200 and "<html>Welcome</html>"'),
    });
  });

  test('logs in with a user name and password, and fails with status 3 where they are refused', async () => {
    const guarded = await worker(({ authorization }) =>
      authorization === `Basic ${Buffer.from('kit:pässword').toString('base64')}`
        ? NO_CONNECTORS
        : [401, 'User cannot access the resource.'],
    );
    const urls = [guarded.url];
    await open({ urls, basicAuth: { username: 'kit', password: 'pässword' } }).connectors();
    const wrong = open({ urls, basicAuth: { username: 'kit', password: 'guessed' } }).connectors();
    await expect(wrong).rejects.toMatchObject({ code: 'CONNECT-AUTHENTICATION', status: 3 });
    await expect(wrong).rejects.not.toThrow(/guessed/);
    await expect(open({ urls }).connectors()).rejects.toThrow('got 401 without a user name and password');
    expect(guarded.asked).toHaveLength(3);
  });

  test('fails with the words of Connect where a right is missing', async () => {
    const guarded = await worker(() => errorBody(403, 'Forbidden'));
    await expect(open({ urls: [guarded.url] }).connectors()).rejects.toMatchObject({
      message: 'Connect refused to list the connectors, got 403: Forbidden.',
      hint: 'Give the user this right, or use another one.',
    });
  });

  test('keeps the path of an address, for workers behind a proxy', async () => {
    const proxy = await worker(() => NO_CONNECTORS);
    await open({ urls: [`${proxy.url}/connect/`] }).connectors();
    expect(proxy.lines).toEqual(['GET /connect/connectors?expand=info&expand=status']);
  });

  test.each([
    [[], 'got nothing;'],
    [['worker:8083'], 'got "worker:8083";'],
    [['ftp://worker'], 'got "ftp://worker";'],
    [['http://kit:hunter2@worker:8083'], 'got a user in the address of worker:8083;'],
    [['http://kit:hunter2@wor ker'], 'got "http://wor ker";'],
  ])('fails for the addresses %j before anything is asked', (urls, got) => {
    expect(() => connectRest({ urls })).toThrow(got);
    expect(() => connectRest({ urls })).not.toThrow(/hunter2/);
  });

  test('describes each worker by itself, and those that do not answer', async () => {
    const one = await worker(() => [200, { version: '4.3.1', commit: 'a', kafka_cluster_id: 'abc' }]);
    const gone = await nobody();
    expect(await open({ urls: [one.url, gone] }).workers()).toEqual([
      { url: one.url, version: '4.3.1', kafkaClusterId: 'abc' },
      { url: gone, error: expect.stringContaining('ECONNREFUSED') },
    ]);
    await expect(open({ urls: [gone] }).workers()).rejects.toMatchObject({ code: 'CONNECT-UNREACHABLE' });
  });

  test('ends what waits when it is closed', async () => {
    const { url } = await rebalancing(Infinity);
    const port = open({ urls: [url] });
    const waiting = port.connectors();
    await new Promise((wake) => setTimeout(wake, 100));
    await port.close();
    await expect(waiting).rejects.toThrow();
  });

  describe('over TLS', () => {
    const folder = mkdtempSync(join(tmpdir(), 'kdk-connect-tls-'));
    const store = join(folder, 'store.p12');
    let certificate: string;
    let key: string;
    let tls: { pfx: Buffer; passphrase: string };

    beforeAll(() => {
      const secrets = ['-keystore', store, '-storetype', 'PKCS12', '-storepass', 'changeit', '-alias', 'worker'];
      const subject = ['-dname', 'CN=worker', '-ext', 'SAN=ip:127.0.0.1', '-keyalg', 'EC', '-validity', '2'];
      execFileSync('keytool', ['-genkeypair', ...secrets, ...subject], { stdio: 'pipe' });
      certificate = execFileSync('keytool', ['-exportcert', '-rfc', ...secrets], { encoding: 'utf8', stdio: 'pipe' });
      key = execFileSync('java', [join(__dirname, '../../broker/java/ExportKey.java'), store, 'changeit'], {
        encoding: 'utf8',
      });
      tls = { pfx: readFileSync(store), passphrase: 'changeit' };
    }, 60_000);

    afterAll(() => rmSync(folder, { recursive: true, force: true }));

    test('trusts the authority that was given, and shows the certificate of the client', async () => {
      const mutual = await worker(() => NO_CONNECTORS, { ...tls, requestCert: true, ca: certificate });
      await open({ urls: [mutual.url], tls: { ca: certificate, certificate, key } }).connectors();
      await expect(open({ urls: [mutual.url], tls: { ca: certificate } }).connectors()).rejects.toMatchObject({
        code: 'CONNECT-UNREACHABLE',
        status: 3,
      });
      expect(mutual.asked).toHaveLength(1);
    });

    test('fails where the authority is unknown, or the name is another', async () => {
      const secured = await worker(() => NO_CONNECTORS, tls);
      await expect(open({ urls: [secured.url] }).connectors()).rejects.toMatchObject({
        status: 3,
        hint: 'Give the certificate of the authority that the worker has its own from.',
      });
      const urls = [secured.url.replace('127.0.0.1', 'localhost')];
      await expect(open({ urls, tls: { ca: certificate } }).connectors()).rejects.toMatchObject({
        hint: 'Use the name that stands in the certificate of the worker.',
      });
      await open({ urls, tls: { ca: certificate, verifyHost: false } }).connectors();
    });

    test('fails where one side speaks TLS and the other does not', async () => {
      const secured = await worker(() => NO_CONNECTORS, tls);
      const plain = await worker(() => NO_CONNECTORS);
      await expect(open({ urls: [plain.url.replace('http', 'https')] }).connectors()).rejects.toMatchObject({
        hint: expect.stringContaining('is the address http://?'),
      });
      await expect(open({ urls: [secured.url.replace('https', 'http')] }).connectors()).rejects.toMatchObject({
        code: 'CONNECT-UNREACHABLE',
      });
    });

    test('fails for certificates that cannot be read, as wrong usage', () => {
      expect(() => connectRest({ urls: ['https://worker'], tls: { certificate, key: 'no key' } })).toThrow(
        expect.objectContaining({ code: 'CONNECT-TLS', status: 2 }),
      );
    });
  });

  function rebalancing(times: number): Promise<StandIn> {
    return worker((_, time) => (time <= times ? REBALANCE : NO_CONNECTORS));
  }
});
