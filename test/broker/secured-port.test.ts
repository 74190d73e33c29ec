import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { connectAdmin, type KafkaClient, type SaslOptions, type TlsOptions } from '../../lib/admin';
import type { Failure } from '../../lib/core/issue';
import { makeAuthority, type Authority } from '../support/certificates';
import { AUTHORIZED, startAskedCluster, type AskedCluster } from '../support/clusters-to-ask';
import { logInWhenKnown, scramUser } from '../support/scram-user';

const SESSION_MS = 3_000;
const JAAS = 'org.apache.kafka.common.security';

let folder: string;
let authority: Authority;
let stranger: Authority;
let cluster: AskedCluster;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'kdk-secured-'));
  authority = makeAuthority(folder, 'authority');
  stranger = makeAuthority(folder, 'stranger');
  const broker = authority.issue('broker', 'IP:127.0.0.1');
  writeFileSync(join(folder, 'broker.pem'), broker.key + broker.certificate);
  cluster = await startAskedCluster('4.3', {
    listeners: { SASL: 'SASL_PLAINTEXT', TLS: 'SSL', MTLS: 'SSL', LOGIN: 'SASL_SSL' },
    properties: {
      ...AUTHORIZED,
      'ssl.keystore.type': 'PEM',
      'ssl.keystore.location': join(folder, 'broker.pem'),
      'ssl.truststore.type': 'PEM',
      'ssl.truststore.location': join(folder, 'authority', 'ca.pem'),
      'listener.name.mtls.ssl.client.auth': 'required',
      'sasl.enabled.mechanisms': 'SCRAM-SHA-256,SCRAM-SHA-512,PLAIN,OAUTHBEARER',
      'listener.name.login.sasl.enabled.mechanisms': 'SCRAM-SHA-512',
      'listener.name.sasl.scram-sha-256.sasl.jaas.config': `${JAAS}.scram.ScramLoginModule required;`,
      'listener.name.sasl.scram-sha-512.sasl.jaas.config': `${JAAS}.scram.ScramLoginModule required;`,
      'listener.name.login.scram-sha-512.sasl.jaas.config': `${JAAS}.scram.ScramLoginModule required;`,
      'listener.name.sasl.plain.sasl.jaas.config': `${JAAS}.plain.PlainLoginModule required user_pia="pia, secret";`,
      'listener.name.sasl.oauthbearer.sasl.jaas.config': `${JAAS}.oauthbearer.OAuthBearerLoginModule required;`,
      'listener.name.sasl.scram-sha-256.connections.max.reauth.ms': String(SESSION_MS),
    },
  });
  await cluster.client.alterUsers([scramUser('ada', 'right'), scramUser('o=d,d,one', 'p,a=ss', 'SCRAM-SHA-256')]);
  const client = await logInWhenKnown({ bootstrapServers: cluster.nodes.servers('SASL'), ...ADA });
  await client.close();
}, 600_000);

afterAll(async () => {
  await cluster?.stop();
  rmSync(folder, { recursive: true, force: true });
}, 60_000);

interface Security {
  readonly tls?: TlsOptions;
  readonly sasl?: SaslOptions;
}

const ADA: Security = { sasl: { mechanism: 'SCRAM-SHA-512', username: 'ada', password: 'right' } };

function open(listener: string, security: Security): Promise<KafkaClient> {
  return connectAdmin({ bootstrapServers: cluster.nodes.servers(listener), timeoutMs: 15_000, ...security });
}

async function clusterId(listener: string, security: Security): Promise<string> {
  const client = await open(listener, security);
  try {
    return (await client.describeCluster()).clusterId;
  } finally {
    await client.close();
  }
}

/** A token that nobody signed, which Kafka takes where it is told nothing else. */
function token(subject: string, seconds = 3600): () => Promise<string> {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const now = Date.now() / 1000;
  return async () => `${part({ alg: 'none' })}.${part({ sub: subject, iat: now - 10, exp: now + seconds })}.`;
}

/** How it ended: jest does not show messages of errors that are not as wanted. */
async function failureOf(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => 'no failure',
    ({ code, status, message }: Failure) => ({ code, status, message }),
  );
}

describe('logging in', () => {
  const logIns: [string, SaslOptions][] = [
    ['SCRAM-SHA-512', ADA.sasl!],
    [
      'SCRAM-SHA-256, with signs that it gives a meaning',
      { mechanism: 'SCRAM-SHA-256', username: 'o=d,d,one', password: 'p,a=ss' },
    ],
    ['PLAIN', { mechanism: 'PLAIN', username: 'pia', password: 'pia, secret' }],
    ['OAUTHBEARER', { mechanism: 'OAUTHBEARER', token: token('otto') }],
  ];
  test.each(logIns)('works by %s', async (_, sasl) => {
    expect(await clusterId('SASL', { sasl })).toHaveLength(22);
  });

  test('goes on past the end of a session, with requests under way all the time', async () => {
    const sasl: SaslOptions = { mechanism: 'SCRAM-SHA-256', username: 'o=d,d,one', password: 'p,a=ss' };
    const client = await open('SASL', { sasl });
    const end = Date.now() + 3 * SESSION_MS;
    const ask = async (): Promise<void> => {
      while (Date.now() < end) expect((await client.describeCluster()).brokers).toHaveLength(1);
    };
    await Promise.all([ask(), ask(), ask()]);
    await sleep(SESSION_MS + 500);
    expect((await client.describeCluster()).brokers).toHaveLength(1);
    await client.close();
  }, 30_000);

  test('fails with a wrong password, naming the broker, the user and the mechanism', async () => {
    const sasl: SaslOptions = { mechanism: 'SCRAM-SHA-512', username: 'ada', password: 'wrong' };
    const [server] = cluster.nodes.servers('SASL');
    expect(await failureOf(open('SASL', { sasl }))).toMatchObject({
      code: 'KAFKA-AUTHENTICATION',
      status: 3,
      message: `Kafka at ${server} refused the log-in of ada by SCRAM-SHA-512, got Authentication failed during authentication due to invalid credentials with SASL mechanism SCRAM-SHA-512; the credentials of a declared principal are needed.`,
    });
  });

  const refused: [string, string, Security, string][] = [
    [
      'a user that is not there',
      'SASL',
      { sasl: { mechanism: 'SCRAM-SHA-512', username: 'nobody', password: '' } },
      'of nobody by SCRAM-SHA-512',
    ],
    [
      'a wrong password by PLAIN',
      'SASL',
      { sasl: { mechanism: 'PLAIN', username: 'pia', password: 'no' } },
      'of pia by PLAIN',
    ],
    [
      'a token that is over',
      'SASL',
      { sasl: { mechanism: 'OAUTHBEARER', token: token('otto', -3600) } },
      'by OAUTHBEARER',
    ],
    ['a listener that asks nobody', 'PLAINTEXT', ADA, 'a listener that asks nobody who they are'],
  ];
  test.each(refused)('fails with %s', async (_, listener, security, words) => {
    expect(await failureOf(open(listener, security))).toMatchObject({
      code: 'KAFKA-AUTHENTICATION',
      status: 3,
      message: expect.stringContaining(words),
    });
  });

  test('fails by a mechanism that the listener does not take, naming those that it takes', async () => {
    const sasl: SaslOptions = { mechanism: 'PLAIN', username: 'pia', password: 'pia, secret' };
    expect(await failureOf(open('LOGIN', { sasl, tls: { ca: authority.certificate } }))).toMatchObject({
      code: 'KAFKA-AUTHENTICATION',
      message: expect.stringContaining('a listener that takes SCRAM-SHA-512'),
    });
  });

  test('fails without a log-in where one is asked for, saying so', async () => {
    expect(await failureOf(open('SASL', {}))).toMatchObject({
      code: 'KAFKA-UNREACHABLE',
      message: expect.stringContaining('the listener may ask for a log-in by SASL'),
    });
  });
});

describe('encryption', () => {
  test('works with the authority given, alone, with a log-in, and with a certificate of the client', async () => {
    const tls = { ca: authority.certificate };
    const client = authority.issue('cleo');
    expect(await clusterId('TLS', { tls })).toHaveLength(22);
    expect(await clusterId('LOGIN', { tls, ...ADA })).toHaveLength(22);
    expect(await clusterId('MTLS', { tls: { ...tls, ...client } })).toHaveLength(22);
  });

  const failures: [string, string, () => Security, string, string][] = [
    [
      'a certificate of an unknown authority',
      'TLS',
      () => ({ tls: { ca: stranger.certificate } }),
      'KAFKA-TLS',
      'a certificate of an unknown authority',
    ],
    [
      'no certificate of the client where one is asked for',
      'MTLS',
      () => ({ tls: { ca: authority.certificate } }),
      'KAFKA-TLS',
      'a listener that asks for the certificate of the client',
    ],
    [
      'a certificate of the client that brokers do not trust',
      'MTLS',
      () => ({ tls: { ca: authority.certificate, ...stranger.issue('mallory') } }),
      'KAFKA-TLS',
      'brokers that do not trust the certificate of the client',
    ],
    [
      'a listener that is not encrypted',
      'PLAINTEXT',
      () => ({ tls: { ca: authority.certificate } }),
      'KAFKA-UNREACHABLE',
      'the listener may not be encrypted',
    ],
    [
      'none where the listener is encrypted',
      'TLS',
      () => ({}),
      'KAFKA-UNREACHABLE',
      'the listener may be encrypted with TLS',
    ],
    [
      'a key that is none',
      'MTLS',
      () => ({ tls: { ca: authority.certificate, certificate: 'x', key: 'y' } }),
      'KAFKA-TLS',
      'PEM',
    ],
  ];
  test.each(failures)('fails with %s', async (_, listener, security, code, words) => {
    expect(await failureOf(open(listener, security()))).toMatchObject({
      code,
      status: 3,
      message: expect.stringContaining(words),
    });
  });
});
