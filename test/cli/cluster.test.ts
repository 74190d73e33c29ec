import { execFileSync, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { createServer as createTcpServer, type AddressInfo, type Server as TcpServer } from 'node:net';
import { createServer as createTlsServer, type Server as TlsServer } from 'node:tls';
import { MINIMAL } from '../support/environments';
import { KDK, STACK_TRACE, TemporaryProject } from '../support/kdk';

const MSK = `name: events
target: msk
kafka: { version: '4.1' }
nodePools:
  brokers: { roles: [broker], replicas: 3, volumes: [{ size: 100GiB }] }
racks: [eu-west-1a, eu-west-1b, eu-west-1c]
listeners:
  internal: { authentication: none }
aws: { account: '111122223333', region: eu-west-1 }
targets:
  msk: { instanceType: kafka.m7g.large }
`;
const CREDENTIALS = { AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE', AWS_SECRET_ACCESS_KEY: 'example' };
const NO_CREDENTIALS = {
  AWS_ACCESS_KEY_ID: '',
  AWS_SECRET_ACCESS_KEY: '',
  AWS_PROFILE: '',
  AWS_SHARED_CREDENTIALS_FILE: '/nonexistent',
  AWS_CONFIG_FILE: '/nonexistent',
  AWS_EC2_METADATA_DISABLED: 'true',
};
const ARN = 'arn:aws:kafka:eu-west-1:111122223333:cluster/events/1';

const project = new TemporaryProject({
  'environments/mini.yaml': MINIMAL,
  'environments/events.yaml': MSK,
  'environments/secure.yaml': MSK.replace('name: events', 'name: secure').replace(
    'authentication: none',
    'authentication: scram-sha-512',
  ),
  'environments/roles.yaml': MSK.replace('name: events', 'name: roles').replace(
    'authentication: none',
    'authentication: iam',
  ),
});

/** Answers like the API of Amazon MSK. */
class MskApi {
  readonly requests: string[] = [];
  answer: (request: IncomingMessage) => { status: number; type?: string; body: unknown } = () => ({
    status: 404,
    body: {},
  });
  private readonly server: Server = createServer((request, response) => {
    this.requests.push(request.url!);
    const { status, type, body } = this.answer(request);
    response.writeHead(status, {
      'content-type': 'application/json',
      ...(type === undefined ? {} : { 'x-amzn-errortype': type }),
    });
    response.end(JSON.stringify(body));
  });

  async listen(): Promise<string> {
    await new Promise<void>((done) => this.server.listen(0, '127.0.0.1', done));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  close(): Promise<unknown> {
    return new Promise((done) => this.server.close(done));
  }
}

/** Has a certificate of its own for localhost, made by the JDK, and closes what connects. */
class TlsBroker {
  readonly certificate = project.path('certificate.pem');
  handshakes = 0;
  private readonly server: TlsServer;

  constructor() {
    const store = project.path('keystore.p12');
    const secrets = ['-keystore', store, '-storetype', 'PKCS12', '-storepass', 'changeit', '-alias', 'broker'];
    const subject = ['-dname', 'CN=localhost', '-ext', 'san=dns:localhost', '-keyalg', 'EC', '-validity', '2'];
    execFileSync('keytool', ['-genkeypair', ...secrets, ...subject], { stdio: 'pipe' });
    execFileSync('keytool', ['-exportcert', '-rfc', ...secrets, '-file', this.certificate], { stdio: 'pipe' });
    this.server = createTlsServer({ pfx: readFileSync(store), passphrase: 'changeit' }, (socket) => {
      this.handshakes += 1;
      socket.destroy();
    });
    this.server.on('tlsClientError', () => undefined);
  }

  async listen(): Promise<number> {
    if (!this.server.listening) await new Promise<void>((done) => this.server.listen(0, '127.0.0.1', done));
    return (this.server.address() as AddressInfo).port;
  }

  close(): void {
    this.server.close();
  }
}

describe('kdk status and verify', () => {
  const api = new MskApi();
  const tls = new TlsBroker();
  const unanswering: TcpServer = createTcpServer((socket) => socket.on('error', () => undefined));
  let aws: Record<string, string>;
  let silent: string;

  beforeAll(async () => {
    aws = { ...CREDENTIALS, AWS_ENDPOINT_URL: await api.listen(), AWS_REGION: 'eu-west-1' };
    await new Promise<void>((done) => unanswering.listen(0, '127.0.0.1', done));
    silent = `127.0.0.1:${(unanswering.address() as AddressInfo).port}`;
  });
  afterAll(async () => {
    await api.close();
    tls.close();
    unanswering.close();
    project.remove();
  });

  test('fails with status 1 for an environment that was never up here', async () => {
    const { status, stdout, stderr } = await project.kdk(['status', 'mini']);
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toMatch(
      /error NOT-RUNNING mini does not run on this machine, got no node that was ever started here/,
    );
    expect(await project.kdk(['down', 'mini'])).toMatchObject({ status: 0, stdout: 'mini was never up here\n' });
  });

  test('fails with status 2 for up of another target, and says what to do', async () => {
    const { status, stderr } = await project.kdk(['up', 'events']);
    expect(status).toBe(2);
    expect(stderr).toMatch(
      /NOT-LOCAL .*Run kdk up events --target local, or deploy it: npx cdk deploy -c environment=events/,
    );
  });

  test('fails with status 3 where nothing listens, and names the address', async () => {
    for (const command of ['status', 'verify']) {
      const { status, stdout, stderr } = await project.kdk([command, 'mini', '--bootstrap', '127.0.0.1:1', '--json']);
      expect(status).toBe(3);
      expect(JSON.parse(stdout)).toMatchObject({
        command,
        environment: 'mini',
        result: null,
        issues: [{ code: 'KAFKA-UNREACHABLE' }],
      });
      expect(stderr).not.toMatch(STACK_TRACE);
    }
  });

  test('fails with status 2 for what is not an address', async () => {
    for (const address of ['nowhere', 'a:99999', 'a:1,,b:2', 'http://a:1']) {
      const { status, stderr } = await project.kdk(['status', 'mini', '--bootstrap', address]);
      expect(status).toBe(2);
      expect(stderr).toContain('BOOTSTRAP-ADDRESS');
    }
  });

  test('Ctrl-C ends a command that waits, with a message and the status of shells', async () => {
    const child = spawn(process.execPath, [KDK, 'status', 'mini', '--bootstrap', silent], { cwd: project.folder });
    let stderr = '';
    const isWaiting = new Promise<void>((done) => {
      child.stderr.on('data', (chunk: Buffer) => {
        stderr += chunk.toString();
        if (stderr.includes('asking the cluster')) done();
      });
    });
    await isWaiting;
    child.kill('SIGINT');
    const status = await new Promise((done) => child.on('close', done));
    expect(status).toBe(130);
    expect(stderr).toContain('press Ctrl-C again to leave at once');
    expect(stderr).toContain('error INTERRUPTED');
    expect(stderr).not.toMatch(STACK_TRACE);
  });

  test('fails with status 3 without credentials of AWS', async () => {
    const { status, stderr } = await project.kdk(['status', 'events'], { ...aws, ...NO_CREDENTIALS });
    expect(status).toBe(3);
    expect(stderr).toMatch(/error AWS-AUTHENTICATION AWS did not accept who asks, got CredentialsProviderError/);
    expect(stderr).not.toMatch(STACK_TRACE);
  });

  test('fails with status 3 where AWS refuses the credentials', async () => {
    api.answer = () => ({
      status: 403,
      type: 'UnrecognizedClientException',
      body: { message: 'The security token is invalid' },
    });
    const { status, stderr } = await project.kdk(['verify', 'events'], aws);
    expect(status).toBe(3);
    expect(stderr).toContain('AWS-AUTHENTICATION');
  });

  test('fails with status 3 where the API is not reached', async () => {
    const { status, stderr } = await project.kdk(['status', 'events'], {
      ...aws,
      AWS_ENDPOINT_URL: 'http://127.0.0.1:1',
    });
    expect(status).toBe(3);
    expect(stderr).toMatch(/AWS-UNREACHABLE Amazon MSK in eu-west-1 gave no answer, got ECONNREFUSED/);
  });

  test('fails with status 1 where no cluster has exactly this name', async () => {
    api.answer = () => ({
      status: 200,
      body: { clusterInfoList: [{ clusterName: 'events-old', clusterArn: `${ARN}x` }] },
    });
    const { status, stderr } = await project.kdk(['status', 'events'], aws);
    expect(status).toBe(1);
    expect(stderr).toMatch(/MSK-CLUSTER-MISSING .*got the name events/);
  });

  test('asks MSK for the bootstrap servers of the listener, page by page, and trusts only known certificates', async () => {
    const broker = `localhost:${await tls.listen()}`;
    api.requests.length = 0;
    api.answer = (request) => {
      if (request.url!.includes('bootstrap-brokers'))
        return { status: 200, body: { bootstrapBrokerStringTls: broker } };
      return request.url!.includes('nextToken')
        ? { status: 200, body: { clusterInfoList: [{ clusterName: 'events', clusterArn: ARN }] } }
        : {
            status: 200,
            body: { clusterInfoList: [{ clusterName: 'events-old', clusterArn: `${ARN}x` }], nextToken: 'two' },
          };
    };
    const distrusted = await project.kdk(['status', 'events'], aws);
    expect(distrusted.status).toBe(3);
    expect(distrusted.stderr).toMatch(
      /KAFKA-TLS no encrypted connection to Kafka at localhost:\d+, got a certificate of an unknown authority/,
    );
    expect(tls.handshakes).toBe(0);
    expect(api.requests).toEqual([
      '/api/v2/clusters?clusterNameFilter=events',
      '/api/v2/clusters?clusterNameFilter=events&nextToken=two',
      `/v1/clusters/${encodeURIComponent(ARN)}/bootstrap-brokers`,
    ]);

    // The broker of this test closes every connection once it is encrypted.
    const trusted = await project.kdk(['status', 'events'], { ...aws, NODE_EXTRA_CA_CERTS: tls.certificate });
    expect(trusted.status).toBe(3);
    expect(trusted.stderr).toMatch(/KAFKA-UNREACHABLE Kafka does not answer at localhost/);
    expect(tls.handshakes).toBeGreaterThan(0);
  });

  test('fails with status 3 for a listener that kdk cannot log in to', async () => {
    api.answer = (request) =>
      request.url!.includes('bootstrap-brokers')
        ? { status: 200, body: { bootstrapBrokerStringSaslScram: 'b-1.example:9096' } }
        : { status: 200, body: { clusterInfoList: [{ clusterName: 'secure', clusterArn: ARN }] } };
    const { status, stderr } = await project.kdk(['status', 'secure'], aws);
    expect(status).toBe(3);
    expect(stderr).toMatch(/AUTHENTICATION-UNSUPPORTED .*at b-1\.example:9096, got scram-sha-512 over SASL_SSL/);
    expect(stderr).toContain('Give --command-config');
  });

  test('uses the listener with IAM where there is one, over TLS', async () => {
    const broker = `localhost:${await tls.listen()}`;
    api.answer = (request) =>
      request.url!.includes('bootstrap-brokers')
        ? { status: 200, body: { bootstrapBrokerStringSaslIam: broker } }
        : { status: 200, body: { clusterInfoList: [{ clusterName: 'roles', clusterArn: ARN }] } };
    const before = tls.handshakes;
    const ran = await project.kdk(['plan', 'roles'], { ...aws, NODE_EXTRA_CA_CERTS: tls.certificate });
    expect(ran.status).toBe(3);
    expect(ran.stderr).toMatch(/KAFKA-UNREACHABLE Kafka does not answer at localhost/);
    expect(tls.handshakes).toBeGreaterThan(before);
  });
});
