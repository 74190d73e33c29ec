import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { connectOptionsOf, parseProperties } from '../../../lib/admin/credentials';
import { renderProperties } from '../../../lib/core/config';

const FILES: Readonly<Record<string, string>> = {
  '/secrets/billing/password': 's3cret\n',
  '/etc/admin.properties': 'password = from file\n',
  '/tls/ca.crt': '-----BEGIN CERTIFICATE-----\nCA\n-----END CERTIFICATE-----\n',
  '/tls/client.pem':
    '-----BEGIN PRIVATE KEY-----\nKEY\n-----END PRIVATE KEY-----\n-----BEGIN CERTIFICATE-----\nOWN\n-----END CERTIFICATE-----\n',
};

const options = (text: string, variables: Record<string, string> = {}) =>
  connectOptionsOf(text, {
    file: 'admin.properties',
    readText: (path) => {
      const found = FILES[path];
      if (found === undefined) throw Object.assign(new Error('none'), { code: 'ENOENT' });
      return found;
    },
    variables,
    iam: (region) => ({ mechanism: 'OAUTHBEARER', token: () => Promise.resolve(`iam ${region}`) }),
  });

const scram = (jaas: string) => `bootstrap.servers=b1:9092, b2:9092
security.protocol=SASL_PLAINTEXT
sasl.mechanism=SCRAM-SHA-512
sasl.jaas.config=org.apache.kafka.common.security.scram.ScramLoginModule required ${jaas};
`;

describe('properties', () => {
  test('are read as Java reads them', () => {
    expect([...parseProperties('# c\n! c\n\na=1\nb : 2\nc 3\n d\\ e=\\u00e9\\t\\\nf\ng\nh=\\\\\n')]).toEqual([
      ['a', '1'],
      ['b', '2'],
      ['c', '3'],
      ['d e', 'é\tf'],
      ['g', ''],
      ['h', '\\'],
    ]);
  });

  test('that the kit writes are read back', () => {
    const entries = [
      ['a b', ' x=:#!\\\n\tä€'],
      ['plain', 'value'],
    ] as const;
    expect([...parseProperties(renderProperties(entries))]).toEqual(entries);
  });
});

describe('the settings of an administrator', () => {
  test('are a user with a password', () => {
    expect(options(scram('username="admin" password="a\\\\"b"'))).toEqual({
      bootstrapServers: ['b1:9092', 'b2:9092'],
      sasl: { mechanism: 'SCRAM-SHA-512', username: 'admin', password: 'a"b' },
    });
  });

  test.each([
    ['${dir:/secrets/billing:password}', 's3cret'],
    ['${file:/etc/admin.properties:password}', 'from file'],
    ['${env:ADMIN_PASSWORD}', 'from env'],
  ])('hold secrets by reference: %s', (reference, password) => {
    const { sasl } = options(scram(`username=admin password="${reference}"`), { ADMIN_PASSWORD: 'from env' });
    expect(sasl).toMatchObject({ password });
  });

  test('are certificates as PEM, key and chain in one file', () => {
    const { tls } = options(
      'security.protocol=SSL\nssl.truststore.type=PEM\nssl.truststore.location=/tls/ca.crt\nssl.keystore.type=PEM\nssl.keystore.location=/tls/client.pem\nssl.endpoint.identification.algorithm=\n',
    );
    expect(tls).toEqual({
      ca: FILES['/tls/ca.crt'],
      certificate: '-----BEGIN CERTIFICATE-----\nOWN\n-----END CERTIFICATE-----\n',
      key: '-----BEGIN PRIVATE KEY-----\nKEY\n-----END PRIVATE KEY-----\n',
      verifyHost: false,
    });
  });

  test('are a role of AWS, whose region the brokers tell', async () => {
    const text = 'security.protocol=SASL_SSL\nsasl.mechanism=AWS_MSK_IAM\n';
    const server = 'bootstrap.servers=b-1.events.abc.c2.kafka.eu-west-1.amazonaws.com:9098\n';
    for (const [settings, variables] of [
      [`${server}${text}`, {}],
      [text, { AWS_REGION: 'eu-west-1' }],
    ] as const) {
      const { sasl } = options(settings, variables);
      expect(sasl?.mechanism === 'OAUTHBEARER' && (await sasl.token())).toBe('iam eu-west-1');
    }
    expect(() => options(text)).toThrow(/region of Amazon MSK/);
  });

  test('are a token that is fetched', async () => {
    const asked: string[] = [];
    const server = createServer((request, response) => {
      let body = '';
      request.on('data', (chunk: Buffer) => (body += chunk.toString()));
      request.on('end', () => {
        asked.push(`${request.headers.authorization} ${body}`);
        response.end(JSON.stringify({ access_token: asked.length === 1 ? 'token' : undefined }));
      });
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/token`;
    const { sasl } = options(
      `security.protocol=SASL_SSL\nsasl.mechanism=OAUTHBEARER\nsasl.oauthbearer.token.endpoint.url=${url}\nsasl.oauthbearer.scope=kafka\nsasl.jaas.config=org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule required clientId="admin" clientSecret="x:y";\n`,
    );
    const token = sasl?.mechanism === 'OAUTHBEARER' ? sasl.token : () => Promise.reject(new Error('none'));
    expect(await token()).toBe('token');
    expect(asked).toEqual([
      `Basic ${Buffer.from('admin:x%3Ay').toString('base64')} grant_type=client_credentials&scope=kafka`,
    ]);
    await expect(token()).rejects.toMatchObject({ code: 'OAUTH-TOKEN', status: 3 });
    await new Promise((done) => server.close(done));
    await expect(token()).rejects.toMatchObject({ code: 'OAUTH-TOKEN', status: 3 });
  });

  test.each([
    ['an unknown protocol', 'security.protocol=TLS\n', /security\.protocol cannot be used, got TLS/],
    [
      'a keystore of Java',
      'security.protocol=SSL\nssl.truststore.location=/a.jks\n',
      /ssl\.truststore\.type .* got JKS/,
    ],
    ['Kerberos', 'security.protocol=SASL_SSL\n', /sasl\.mechanism cannot be used, got GSSAPI/],
    ['a log-in without a password', scram('username=admin'), /got no password/],
    ['no log-in at all', 'security.protocol=SASL_SSL\nsasl.mechanism=PLAIN\n', /got none that can be read/],
    ['a secret that is not there', scram('username=a password="${env:NONE}"'), /got \$\{env:NONE\}/],
    [
      'a store that is not there',
      'security.protocol=SSL\nssl.truststore.type=PEM\nssl.truststore.location=/none\n',
      /got \/none \(ENOENT\)/,
    ],
  ])('fails with wrong usage for %s', (_what, text, message) => {
    expect(() => options(text)).toThrow(
      expect.objectContaining({ code: 'COMMAND-CONFIG', status: 2, message: expect.stringMatching(message) }),
    );
  });
});
