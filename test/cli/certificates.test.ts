import { X509Certificate } from 'node:crypto';
import { existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { extendAuthority, initAuthority, rotateAuthority } from '../../lib/cli/commands/certificate-authority';
import { issueCertificates, listCertificates } from '../../lib/cli/commands/certificates';
import type { Outcome } from '../../lib/cli/outcome';
import { MINIMAL } from '../support/environments';
import { TemporaryProject } from '../support/kdk';

const ENVIRONMENT = `name: own
target: hosts
kafka: { version: '4.3' }
nodePools:
  nodes: { roles: [broker, controller], replicas: 3 }
listeners:
  internal: { authentication: scram-sha-512 }
  partners: { authentication: mtls }
topics:
  orders: { partitions: 6 }
principals:
  checkout: { listener: internal, produce: { topics: [orders] } }
  acme: { listener: partners, commonName: acme-gateway, consume: { topics: [orders], groups: [acme] } }
targets:
  hosts:
    inventory:
      h1: { address: h1.example, nodePool: nodes, nodeId: 1, logDirs: [/data/1/kafka] }
      h2: { address: 10.0.0.2, nodePool: nodes, nodeId: 2, logDirs: [/data/1/kafka] }
      h3: { address: 'fd00::3', nodePool: nodes, nodeId: 3, logDirs: [/data/1/kafka] }
`;

describe('kdk certificates', () => {
  let project: TemporaryProject;
  let environment: string;
  let dir: string;
  beforeEach(() => {
    project = new TemporaryProject({ 'environments/own.yaml': ENVIRONMENT });
    environment = project.path('environments/own.yaml');
    dir = project.path('keys');
  });
  afterEach(() => project.remove());

  const pem = (path: string): string => readFileSync(project.path('keys', path), 'utf8');
  const facts = (path: string): X509Certificate => new X509Certificate(pem(path));
  const list = (): Outcome => listCertificates(environment, { dir });
  const issue = (options: object = {}): Promise<Outcome> => issueCertificates(environment, { dir, ...options });
  const places = ({ result }: Outcome): string[] =>
    (result as { issued: { place: string }[] }).issued.map(({ place }) => place);

  test('makes an authority, then a certificate for every node, the administrator and clients of mtls, with how they log in', async () => {
    await initAuthority(environment, { dir });
    const mode = (path: string): string => (statSync(project.path(path)).mode & 0o777).toString(8);
    expect([mode('keys'), mode('keys/ca.key'), mode('keys/ca.crt')]).toEqual(['700', '600', '644']);
    expect(list().status).toBe(1);
    const plan = await issue({ dryRun: true });
    expect(plan.lines).toContain('would issue hosts/h1: it is not there');
    expect(existsSync(project.path('keys/hosts'))).toBe(false);

    expect(places(await issue())).toEqual(['hosts/h1', 'hosts/h2', 'hosts/h3', 'admin', 'clients/acme']);
    expect(facts('hosts/h1/node.pem').subject).toBe('CN=node:own');
    expect(['h1', 'h2', 'h3'].map((host) => facts(`hosts/${host}/node.pem`).subjectAltName)).toEqual([
      'DNS:h1.example',
      'IP Address:10.0.0.2',
      'IP Address:FD00:0:0:0:0:0:0:3',
    ]);
    expect(mode('keys/hosts/h1/node.pem')).toBe('600');
    expect(facts('admin/admin.pem').subject).toBe('CN=admin:own');
    expect(pem('admin/admin.properties')).toContain(`ssl.keystore.location=${dir}/admin/admin.pem\n`);
    expect(facts('clients/acme/client.pem').subject).toBe('CN=acme-gateway');
    expect(pem('clients/acme/client.properties')).toContain('security.protocol=SSL\n');

    expect(list()).toMatchObject({ status: 0, result: { strangers: [] } });
    const before = pem('hosts/h1/node.pem');
    expect(places(await issue())).toEqual([]);
    expect(pem('hosts/h1/node.pem')).toBe(before);
    expect(places(await issue({ all: true }))).toHaveLength(5);
    expect(pem('hosts/h1/node.pem')).not.toBe(before);
  });

  test('issues again what is near its end, for another address, without its key, or of another authority, and says why', async () => {
    await initAuthority(environment, { dir });
    await issue({ lifetime: '20d' });
    expect(list().lines).toContain('hosts/h1, 19 days left: it ends in 19 days');
    await issue();
    expect(list().status).toBe(0);
    project.write('environments/own.yaml', ENVIRONMENT.replace('h1.example', 'h9.example').replace('h3:', 'h4:'));
    writeFileSync(project.path('keys/hosts/h2/node.pem'), facts('hosts/h2/node.pem').toString());
    const key = pem('admin/admin.pem').split('-----BEGIN CERTIFICATE')[0]!;
    writeFileSync(project.path('keys/clients/acme/client.pem'), key + facts('clients/acme/client.pem').toString());
    expect(list()).toMatchObject({ status: 1, result: { strangers: ['hosts/h3'] } });
    const issued = await issue();
    expect(issued.lines.slice(0, -1)).toEqual([
      'issued hosts/h1: it is good for h1.example, and h9.example is wanted',
      'issued hosts/h2: its key is not there',
      'issued hosts/h4: it is not there',
      'issued clients/acme: its key is of another certificate',
    ]);
    rmSync(project.path('keys/ca.key'));
    rmSync(project.path('keys/ca.crt'));
    await initAuthority(environment, { dir });
    expect(list().lines).toContain('admin, 364 days left: another authority signed it');
  });

  test('an authority near its end is extended with its key, and everything that it signed stays good', async () => {
    await initAuthority(environment, { dir, lifetime: '10d' });
    await issue({ within: '1d' });
    expect(listCertificates(environment, { dir, within: '5d' }).status).toBe(0);
    expect(list()).toMatchObject({ status: 1, result: { authority: { why: 'it ends in 9 days' } } });
    await extendAuthority(environment, { dir });
    expect(listCertificates(environment, { dir, within: '5d' }).status).toBe(0);
    // Certificates never outlive the authority, so those of the old days are short.
    expect(places(await issue())).toHaveLength(5);
    expect(list().status).toBe(0);
  });

  test('an authority gets another key in three steps, with everybody trusting both in between', async () => {
    await initAuthority(environment, { dir });
    await issue();
    const rotate = (step?: string): Promise<Outcome> =>
      rotateAuthority(environment, { dir, ...(step === undefined ? {} : { step }) });
    const trusted = (): number => pem('ca.crt').split('BEGIN').length - 1;
    expect((await rotate()).result).toMatchObject({ step: null, executed: false, next: 'trust' });
    await expect(rotate('sign')).rejects.toMatchObject({ code: 'CERTIFICATES-STEP' });
    const former = facts('hosts/h1/node.pem');
    expect((await rotate('trust')).result).toMatchObject({ executed: true, next: 'sign' });
    expect(trusted()).toBe(2);
    // What is issued between the steps is of the authority that everybody trusts already.
    expect(list().status).toBe(0);
    const signs = await rotate('sign');
    expect(signs.result).toMatchObject({ executed: true, next: 'forget' });
    expect(signs.lines.join('\n')).toMatch(
      /1\. kdk certificates issue .*\n +2\. kdk roll .*\n +3\. kdk certificates rotate .* --step forget/,
    );
    expect(trusted()).toBe(2);
    await expect(rotate('forget')).rejects.toMatchObject({
      message:
        'a certificate is still of the former authority, got hosts/h1; all are issued anew before it is forgotten.',
    });
    expect(places(await issue())).toHaveLength(5);
    expect(facts('hosts/h1/node.pem').issuer).toBe('CN=own Kafka authority 2');
    expect(former.issuer).toBe('CN=own Kafka authority');
    expect((await rotate('forget')).result).toMatchObject({ executed: true, next: 'trust' });
    expect(trusted()).toBe(1);
    expect(list().status).toBe(0);
  });

  test('a passphrase comes from a file and keeps the key of the authority shut', async () => {
    project.write('passphrase', 'open sesame\n');
    const passphraseFile = project.path('passphrase');
    await initAuthority(environment, { dir, passphraseFile });
    expect(pem('ca.key')).toContain('ENCRYPTED');
    await expect(issue()).rejects.toMatchObject({ code: 'CERTIFICATES-KEY' });
    await issue({ passphraseFile });
    expect(list().status).toBe(0);
  });

  test('fails beside the environment, without a folder, without an authority, over one, with a wrong key, and on other targets', async () => {
    const refusal = (code: string): object => ({ code });
    expect(() => listCertificates(environment, {})).toThrow(expect.objectContaining(refusal('USAGE')));
    expect(() => listCertificates(environment, { dir: project.path('environments/keys') })).toThrow(
      expect.objectContaining(refusal('CERTIFICATES-PLACE')),
    );
    await expect(issue()).rejects.toMatchObject(refusal('CERTIFICATES-AUTHORITY'));
    await initAuthority(environment, { dir });
    const key = pem('ca.key');
    await expect(initAuthority(environment, { dir })).rejects.toMatchObject(refusal('CERTIFICATES-AUTHORITY'));
    expect(pem('ca.key')).toBe(key);
    await initAuthority(environment, { dir: project.path('other') });
    writeFileSync(project.path('keys/ca.key'), readFileSync(project.path('other/ca.key')));
    await expect(issue()).rejects.toMatchObject(refusal('CERTIFICATES-AUTHORITY'));
    project.write('environments/mini.yaml', MINIMAL);
    expect(() => listCertificates(project.path('environments/mini.yaml'), { dir })).toThrow(
      expect.objectContaining(refusal('CERTIFICATES-TARGET')),
    );
  });
});
