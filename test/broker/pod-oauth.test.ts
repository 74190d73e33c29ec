import { createSign, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bootstrapServers } from '../../lib/core/config';
import { kafkaHome, type KafkaHome } from '../../lib/local/kafka-home';
import { runJava } from '../support/bare-nodes';
import { modelOfText } from '../support/environments';
import { eventually, onLoopback } from '../support/host-nodes';
import { kubernetesText, Manifests } from '../support/manifests';
import { nodeCertificate } from '../support/node-certificate';
import { Pod } from '../support/pods';

const AUDIENCE = 'kafka';
const base64 = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** Publishes its key, and gives a token to whoever asks with a name; that of `stranger` is signed by another key. */
class Issuer {
  readonly #own = generateKeyPairSync('rsa', { modulusLength: 2048 });
  readonly #other = generateKeyPairSync('rsa', { modulusLength: 2048 });
  readonly #server: Server = createServer((request, response) => {
    response.setHeader('content-type', 'application/json');
    if (request.url === '/keys') {
      const key = { ...this.#own.publicKey.export({ format: 'jwk' }), kid: 'one', alg: 'RS256', use: 'sig' };
      response.end(JSON.stringify({ keys: [key] }));
      return;
    }
    const basic = Buffer.from((request.headers.authorization ?? '').replace('Basic ', ''), 'base64').toString();
    const name = basic.split(':')[0]!;
    const { privateKey } = name === 'stranger' ? this.#other : this.#own;
    response.end(
      JSON.stringify({ access_token: this.#token(name, privateKey), token_type: 'Bearer', expires_in: 600 }),
    );
  });

  async listen(): Promise<string> {
    await new Promise<void>((listening) => this.#server.listen(0, '127.0.0.1', listening));
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  close(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }

  #token(sub: string, key: KeyObject): string {
    const now = Math.floor(Date.now() / 1000);
    const claims = { sub, aud: AUDIENCE, iss: 'test', iat: now, exp: now + 600, scope: 'kafka' };
    const signed = `${base64({ alg: 'RS256', kid: 'one', typ: 'JWT' })}.${base64(claims)}`;
    return `${signed}.${createSign('RSA-SHA256').update(signed).sign(key, 'base64url')}`;
  }
}

describe('a broker whose clients show tokens, from what is rendered for Kubernetes', () => {
  const root = mkdtempSync(join(tmpdir(), 'kdk-oauth-'));
  const issuer = new Issuer();
  let home: KafkaHome;
  let pod: Pod;
  let servers: string;
  let url: string;

  beforeAll(async () => {
    url = await issuer.listen();
    const rendered = modelOfText(
      kubernetesText({
        pools:
          '{ nodes: { roles: [broker, controller], replicas: 1, heap: 384MiB, memory: 1GiB, volumes: [{ size: 1GiB }] } }',
        listeners: '{ internal: { authentication: oauthbearer } }',
        more: 'monitoring: { metrics: false }',
      }).replace(
        "{ version: '4.3' }",
        `{ version: '4.3', config: { sasl.oauthbearer.jwks.endpoint.url: '${url}/keys', sasl.oauthbearer.expected.audience: ${AUDIENCE} } }`,
      ),
    );
    home = await kafkaHome({ version: rendered.kafka.patch, metrics: true, progress: () => undefined });
    const model = await onLoopback(rendered, join(root, 'volumes'));
    const manifests = new Manifests(model);
    servers = bootstrapServers(model, 'internal');
    const { key, chain } = await nodeCertificate(home, join(root, 'node.p12'));
    writeFileSync(join(root, 'ca.crt'), chain);
    const [node] = model.nodes;
    pod = new Pod(manifests, 'small-nodes', node!.name, {
      root,
      kafkaHome: home.path,
      jmxExporterJar: home.jmxExporterJar,
    })
      .write('tls/tls.key', key)
      .write('tls/tls.crt', chain)
      .write('tls/ca.crt', chain);
    pod.start();
  }, 600_000);

  afterAll(async () => {
    await pod?.stop('SIGKILL');
    issuer.close();
    rmSync(root, { recursive: true, force: true });
  });

  /** What a client with the token of this name is told. */
  const features = (name: string): Promise<string> => {
    const file = join(root, `${name}.properties`);
    const login = 'org.apache.kafka.common.security.oauthbearer.OAuthBearerLogin';
    writeFileSync(
      file,
      `security.protocol=SASL_SSL
ssl.truststore.type=PEM
ssl.truststore.location=${join(root, 'ca.crt')}
sasl.mechanism=OAUTHBEARER
sasl.login.callback.handler.class=${login}CallbackHandler
sasl.oauthbearer.token.endpoint.url=${url}/token
sasl.jaas.config=${login}Module required clientId="${name}" clientSecret="secret";
default.api.timeout.ms=60000
`,
    );
    return runJava(home, [
      `-Dorg.apache.kafka.sasl.oauthbearer.allowed.urls=${url}/token`,
      'org.apache.kafka.tools.BrokerApiVersionsCommand',
      ...['--bootstrap-server', servers, '--command-config', file],
    ]);
  };

  test('lets in who has a token of the issuer, and fails for who has one of somebody else', async () => {
    expect(await eventually(280, () => features('checkout'))).toContain('ApiVersions');
    await expect(features('stranger')).rejects.toThrow(/SaslAuthenticationException/);
  }, 400_000);
});
