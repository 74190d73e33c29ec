import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { connectOptionsOf } from '../../../lib/admin/credentials';

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
    ['${vault:ADMIN_PASSWORD}', 'from env'],
  ])('hold secrets by reference: %s', (reference, password) => {
    const declared =
      'config.providers=vault\nconfig.providers.vault.class=org.apache.kafka.common.config.provider.EnvVarConfigProvider\n';
    const text = scram(`username=admin password="${reference}"`) + declared;
    const { sasl } = options(text, { ADMIN_PASSWORD: 'from env' });
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

  test('are certificates in the file itself, each in one line', () => {
    const { tls } = options(
      'security.protocol=SSL\nssl.truststore.type=PEM\nssl.truststore.certificates=-----BEGIN CERTIFICATE----- AAAA BBBB -----END CERTIFICATE----- -----BEGIN CERTIFICATE-----CCCC-----END CERTIFICATE-----\nssl.keystore.type=PEM\nssl.keystore.certificate.chain=-----BEGIN CERTIFICATE----- DDDD -----END CERTIFICATE-----\nssl.keystore.key=-----BEGIN ENCRYPTED PRIVATE KEY----- EEEE -----END ENCRYPTED PRIVATE KEY-----\nssl.key.password=secret\n',
    );
    expect(tls).toEqual({
      ca: '-----BEGIN CERTIFICATE-----\nAAAABBBB\n-----END CERTIFICATE-----\n-----BEGIN CERTIFICATE-----\nCCCC\n-----END CERTIFICATE-----\n',
      certificate: '-----BEGIN CERTIFICATE-----\nDDDD\n-----END CERTIFICATE-----\n',
      key: '-----BEGIN ENCRYPTED PRIVATE KEY-----\nEEEE\n-----END ENCRYPTED PRIVATE KEY-----\n',
      keyPassword: 'secret',
    });
  });

  test('may hold what is not about the log-in, and what changes nothing of it', () => {
    const others = 'client.id=me\nacks=all\nsasl.login.refresh.window.factor=0.8\nssl.protocol=TLSv1.3\n';
    expect(options(`${scram('username=admin password=p')}${others}`).sasl).toMatchObject({ username: 'admin' });
  });

  test('fails for all that is wrong at once, each with what to do', () => {
    const text = `security.protocol=SASL_SSL
sasl.mechanism=SCRAM-SHA-512
sasl.jaas.config=org.apache.kafka.common.security.scram.ScramLoginModule required username="a" password="\${env:NONE}";
sasl.jass.config=typo
ssl.cipher.suites=TLS_AES_128_GCM_SHA256
ssl.truststore.location=/tls/trust.jks
ssl.keystore.type=PKCS12
ssl.keystore.location=/tls/own.p12
`;
    const failure = (() => {
      try {
        return options(text);
      } catch (error) {
        return error as { readonly code: string; readonly message: string; readonly hint: string };
      }
    })();
    expect(failure).toMatchObject({ code: 'COMMAND-CONFIG' });
    const { message, hint } = failure as { readonly message: string; readonly hint: string };
    expect(message.split('\n')).toEqual([
      'admin.properties: 5 settings cannot be used:',
      '- sasl.jaas.config cannot be used, got ${env:NONE}; ${dir:FOLDER:FILE}, ${file:FILE:KEY} and ${env:NAME} of what is there are allowed.',
      '- sasl.jass.config cannot be used, got typo; settings that clients of Kafka have are allowed.',
      '- ssl.cipher.suites cannot be used, got TLS_AES_128_GCM_SHA256; the kit does not honour it.',
      '- ssl.truststore.type cannot be used, got JKS; PEM is allowed.',
      '- ssl.keystore.type cannot be used, got PKCS12; PEM is allowed.',
    ]);
    expect(hint).toContain('Did you mean sasl.jaas.config?');
    expect(hint).toContain('keytool -list -rfc -keystore /tls/trust.jks > /tls/trust.pem');
    expect(hint).toContain('keytool -importkeystore -srckeystore /tls/own.p12');
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
    const jaas = 'sasl.jaas.config=software.amazon.msk.auth.iam.IAMLoginModule required awsProfileName="prod";\n';
    expect(() => options(server + text + jaas)).toThrow(expect.objectContaining({ hint: 'Set AWS_PROFILE=prod.' }));
    expect(options(server + text + jaas, { AWS_PROFILE: 'prod' }).sasl).toBeDefined();
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
      `Basic ${Buffer.from('admin:x:y').toString('base64')} grant_type=client_credentials&scope=kafka`,
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
    ['Kerberos', 'security.protocol=SASL_SSL\n', /sasl\.mechanism cannot be used, got none, which is GSSAPI to Kafka/],
    ['a log-in without a password', scram('username=admin'), /got no password/],
    ['no log-in at all', 'security.protocol=SASL_SSL\nsasl.mechanism=PLAIN\n', /got none that can be read/],
    ['a secret that is not there', scram('username=a password="${env:NONE}"'), /got \$\{env:NONE\}/],
    [
      'a certificate without its key',
      'security.protocol=SSL\nssl.keystore.type=PEM\nssl.keystore.location=/tls/ca.crt\n',
      /ssl\.keystore\.(location|key) cannot be used/,
    ],
    [
      'a provider that the kit does not know',
      'config.providers.vault.class=com.example.Vault\n',
      /config\.providers\.vault\.class cannot be used, got com\.example\.Vault/,
    ],
    [
      'a token endpoint that is none',
      'security.protocol=SASL_SSL\nsasl.mechanism=OAUTHBEARER\nsasl.jaas.config=a.OAuthBearerLoginModule required clientId=a clientSecret=b;\n',
      /token\.endpoint\.url cannot be used, got none/,
    ],
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
