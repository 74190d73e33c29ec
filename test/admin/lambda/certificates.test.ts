import { X509Certificate } from 'node:crypto';
import type { SecretDocument, SecretDocuments } from '../../../lib/admin/adapters/aws/secret-documents';
import { createAuthority, issueCertificate, readCertificate } from '../../../lib/admin/adapters/x509';
import type { WantedCertificate } from '../../../lib/admin/lambda/certificates/certificate-properties';
import { keepCertificates, type KeepOptions } from '../../../lib/admin/lambda/certificates/keep-certificates';

const DAY = 86_400_000;
const START = Date.parse('2026-11-27T00:00:00Z');
const WANTED: readonly WantedCertificate[] = [
  { SecretArn: 'administrator', Layout: 'client', CommonName: 'admin:edge' },
  { SecretArn: 'b-0', Layout: 'node', CommonName: 'node:edge', DnsNames: ['b-0.edge.kafka.internal'] },
  { SecretArn: 'b-1', Layout: 'node', CommonName: 'node:edge', DnsNames: ['b-1.edge.kafka.internal'] },
];

/** Secrets Manager, as far as the function asks it. */
class Secrets implements SecretDocuments {
  readonly values = new Map<string, SecretDocument>();
  readonly written: string[] = [];

  read(id: string): Promise<SecretDocument | undefined> {
    return Promise.resolve(this.values.get(id));
  }

  write(id: string, document: SecretDocument): Promise<void> {
    this.written.push(id);
    this.values.set(id, document);
    return Promise.resolve();
  }
}

const run = (secrets: Secrets, days: number, more: Partial<KeepOptions> = {}): Promise<string> => {
  secrets.written.length = 0;
  return keepCertificates(secrets, {
    environment: 'edge',
    authoritySecretArn: 'authority',
    now: new Date(START + days * DAY),
    log: () => undefined,
    ...more,
  });
};

async function issued(): Promise<Secrets> {
  const secrets = new Secrets();
  await run(secrets, 0, { wanted: WANTED });
  return secrets;
}

describe('the certificates of a cluster on EC2', () => {
  test('are made with an authority: one for each node and its name, one for the administrator', async () => {
    const secrets = new Secrets();
    const authority = await run(secrets, 0, { wanted: WANTED });
    expect([...secrets.values.keys()].sort()).toEqual(['administrator', 'authority', 'b-0', 'b-1']);
    const node = readCertificate(secrets.values.get('b-0')!['node.pem']!)!;
    expect(node).toMatchObject({ commonName: 'node:edge', dnsNames: ['b-0.edge.kafka.internal'], keyMatches: true });
    expect(node.isSignedBy(authority)).toBe(true);
    const { certificate, key, 'ca.crt': trusted } = secrets.values.get('administrator')!;
    expect(readCertificate(`${key}${certificate}`)).toMatchObject({ commonName: 'admin:edge', keyMatches: true });
    expect(trusted).toBe(authority);
    expect(Object.keys(secrets.values.get('b-0')!).sort()).toEqual(['ca.crt', 'node.pem']);
  });

  test('are left alone while they are good', async () => {
    const secrets = await issued();
    await run(secrets, 200, { wanted: WANTED });
    expect(secrets.written).toEqual([]);
  });

  test('are renewed by the schedule, which knows what was wanted last, when a third of their life is left', async () => {
    const secrets = await issued();
    const before = secrets.values.get('b-1')!['node.pem'];
    await run(secrets, 242);
    expect(secrets.written).toEqual([]);
    const authority = await run(secrets, 245);
    expect([...secrets.written].sort()).toEqual(['administrator', 'b-0', 'b-1']);
    expect(secrets.values.get('b-1')!['node.pem']).not.toBe(before);
    expect(readCertificate(secrets.values.get('b-1')!['node.pem']!)!.isSignedBy(authority)).toBe(true);
  });

  test('are made for what is added, and again for another name', async () => {
    const secrets = await issued();
    const [administrator, , moved] = WANTED;
    const wanted = [
      administrator!,
      { ...moved!, DnsNames: ['b-1.other.internal'] },
      { SecretArn: 'gateway', Layout: 'client' as const, CommonName: 'gateway' },
    ];
    await run(secrets, 1, { wanted });
    expect([...secrets.written].sort()).toEqual(['authority', 'b-1', 'gateway']);
    expect(readCertificate(secrets.values.get('b-1')!['node.pem']!)!.dnsNames).toEqual(['b-1.other.internal']);
  });

  test('stay good when the authority is renewed, which keeps its key and is told to everybody', async () => {
    const secrets = await issued();
    await run(secrets, 2400);
    const before = secrets.values.get('authority')!;
    const signed = secrets.values.get('b-0')!['node.pem']!;
    await run(secrets, 2440);
    const after = secrets.values.get('authority')!;
    expect(after['ca.crt']).not.toBe(before['ca.crt']);
    expect(after['ca.key']).toBe(before['ca.key']);
    const { 'node.pem': node, 'ca.crt': trusted } = secrets.values.get('b-0')!;
    expect([node, trusted]).toEqual([signed, after['ca.crt']]);
    const key = new X509Certificate(after['ca.crt']!).publicKey;
    expect(new X509Certificate(/-----BEGIN CERTIFICATE[\s\S]*/.exec(node!)![0]).verify(key)).toBe(true);
  });

  test('fail where somebody else made one, and replace nothing of it', async () => {
    const secrets = new Secrets();
    const now = new Date(START);
    const theirs = await createAuthority({ commonName: 'theirs', days: 10, now });
    const pair = await issueCertificate(theirs, {
      commonName: 'node:edge',
      dnsNames: ['b-0.edge.kafka.internal'],
      ipAddresses: [],
      days: 5,
      now,
      use: 'node',
    });
    secrets.values.set('b-0', { 'node.pem': `${pair.key}${pair.certificate}`, 'ca.crt': theirs.certificate });
    await expect(run(secrets, 0, { wanted: WANTED })).rejects.toMatchObject({
      code: 'CERTIFICATES-FOREIGN',
      message:
        'certificates of another authority lie in 1 of 3 secrets, got b-0; those of the authority of the stack, or none, are allowed.',
    });
    expect(secrets.written).not.toContain('b-0');
  });
});
