import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { createAuthority, issueCertificate, type CertificatePair } from '../../lib/admin/adapters/x509';
import { PRINCIPAL_MAPPING_RULES } from '../../lib/core/config';
import { desiredState, type DesiredState } from '../../lib/core/plan';
import { AwsStandIn, type StackAnswer } from '../support/aws-stand-in';
import { startAskedCluster, type AskedCluster } from '../support/clusters-to-ask';
import { openText } from '../support/environments';
import { SecretService } from '../support/secret-service';
import { logInWhenKnown } from '../support/scram-user';

const ASSET = join(__dirname, '../../dist/lib/admin/lambda/asset/index.mjs');
const SCRAM = 'org.apache.kafka.common.security.scram.ScramLoginModule required;';

let folder: string;
let authority: CertificatePair;
let cluster: AskedCluster;
let aws: AwsStandIn;
let secrets: SecretService;

const issue = (commonName: string, use: 'node' | 'client'): Promise<CertificatePair> =>
  issueCertificate(authority, {
    commonName,
    dnsNames: [],
    ipAddresses: use === 'node' ? ['127.0.0.1'] : [],
    days: 2,
    now: new Date(),
    use,
  });

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'kdk-administrator-'));
  authority = await createAuthority({ commonName: 'authority:test', days: 10, now: new Date() });
  const node = await issue('node:test', 'node');
  writeFileSync(join(folder, 'node.pem'), node.key + node.certificate);
  writeFileSync(join(folder, 'ca.crt'), authority.certificate);
  cluster = await startAskedCluster('4.3', {
    listeners: { NODES: 'SSL', INTERNAL: 'SASL_SSL' },
    properties: {
      'authorizer.class.name': 'org.apache.kafka.metadata.authorizer.StandardAuthorizer',
      'super.users': 'User:ANONYMOUS;User:admin:test',
      'ssl.keystore.type': 'PEM',
      'ssl.keystore.location': join(folder, 'node.pem'),
      'ssl.truststore.type': 'PEM',
      'ssl.truststore.location': join(folder, 'ca.crt'),
      'ssl.principal.mapping.rules': PRINCIPAL_MAPPING_RULES,
      'listener.name.nodes.ssl.client.auth': 'required',
      'listener.name.internal.sasl.enabled.mechanisms': 'SCRAM-SHA-512',
      'listener.name.internal.scram-sha-512.sasl.jaas.config': SCRAM,
    },
  });
  aws = await AwsStandIn.start();
  secrets = await SecretService.start();
}, 300_000);

afterAll(async () => {
  await cluster?.stop();
  await Promise.all([aws?.stop(), secrets?.stop()]);
  rmSync(folder, { recursive: true, force: true });
}, 60_000);

function desired(more: string): DesiredState {
  const { model } = openText(`name: test
target: local
kafka: { version: '4.3' }
nodePools: { nodes: { roles: [broker, controller], replicas: 1 } }
listeners: { internal: { authentication: scram-sha-512 } }
topics: { orders: { partitions: 3 } }
principals: { checkout: { listener: internal, produce: { topics: [orders] } } }
${more}
`);
  const { brokerOptions: _, clusterId: _id, ...state } = desiredState(model!);
  return state;
}

/** The function as it is on EC2: the bundle, as the administrator, on the listener of the nodes. */
async function invoke(
  type: 'Create' | 'Update',
  { meanwhile = (): void => undefined, more = '' } = {},
): Promise<StackAnswer> {
  const event = {
    RequestType: type,
    ResponseURL: `${aws.url}/answer?X-Amz-Date=${new Date().toISOString().replace(/[-:]|\.\d+/g, '')}`,
    StackId: 'arn:aws:cloudformation:eu-west-1:111122223333:stack/kafka/0a1b2c3d',
    RequestId: 'request',
    LogicalResourceId: 'Reconciler',
    ...(type === 'Create' ? {} : { PhysicalResourceId: 'kafka-test' }),
    ResourceProperties: {
      Environment: 'test',
      Owner: 'test',
      Desired: gzipSync(JSON.stringify(desired(more))).toString('base64'),
      BootstrapServers: cluster.nodes.servers('NODES').join(','),
      LogInServers: cluster.nodes.servers('INTERNAL').join(','),
      Authentication: 'mtls',
      AdminSecretArn: 'kafka/test/administrator',
      Secrets: JSON.stringify({ checkout: 'kafka/test/users/checkout' }),
      FormingBrokers: '1',
      Region: 'eu-west-1',
    },
  };
  const program = `import { handler } from ${JSON.stringify(ASSET)};
    const end = Date.now() + 900000;
    await handler(${JSON.stringify(event)}, { awsRequestId: 'invocation', getRemainingTimeInMillis: () => end - Date.now() });`;
  const before = aws.answers.length;
  const child = spawn(process.execPath, ['--input-type=module', '-e', program], {
    env: {
      ...process.env,
      NODE_OPTIONS: '',
      AWS_ENDPOINT_URL: aws.url,
      AWS_ENDPOINT_URL_SECRETS_MANAGER: secrets.url,
      AWS_ACCESS_KEY_ID: 'id',
      AWS_SECRET_ACCESS_KEY: 'key',
      AWS_REGION: 'eu-west-1',
    },
    cwd: join(__dirname, '../..'),
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const timer = setTimeout(meanwhile, 3_000);
  await new Promise((done) => child.once('close', done));
  clearTimeout(timer);
  return aws.answers[before]!;
}

async function logIn(password: string): Promise<void> {
  const client = await logInWhenKnown({
    bootstrapServers: cluster.nodes.servers('INTERNAL'),
    tls: { ca: authority.certificate },
    sasl: { mechanism: 'SCRAM-SHA-512', username: 'checkout', password },
  });
  await client.close();
}

describe('the reconciler as the administrator', () => {
  test('waits for its certificate, and makes topics, users and ACLs', async () => {
    secrets.put('kafka/test/users/checkout', { username: 'checkout', password: 'first-password' });
    const { certificate, key } = await issue('admin:test', 'client');
    const answer = await invoke('Create', {
      meanwhile: () => secrets.put('kafka/test/administrator', { certificate, key, 'ca.crt': authority.certificate }),
    });
    expect(answer).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: 'kafka-test' });
    await logIn('first-password');
    const [topic] = await cluster.client.describeTopics(['orders']);
    expect(topic!.partitions).toHaveLength(3);
    const acls = await cluster.client.describeAcls();
    expect(acls.map(({ principal, operation }) => [principal, operation]).sort()).toEqual([
      ['User:checkout', 'describe'],
      ['User:checkout', 'write'],
    ]);
  }, 120_000);
});
