import { createPrivateKey, generateKeyPairSync, X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { connect, createServer } from 'node:tls';
import {
  certificatesIn,
  createAuthority,
  issueCertificate,
  readCertificate,
  renewAuthority,
  type Authority,
} from '../../../lib/admin/adapters/x509';

const now = new Date();
const DAY_MS = 86_400_000;
const node = {
  commonName: 'node:dc1',
  dnsNames: ['b1.example'],
  ipAddresses: ['127.0.0.1'],
  days: 30,
  now,
  use: 'node' as const,
};

describe('certificates of an own authority', () => {
  let authority: Authority;
  beforeAll(async () => (authority = await createAuthority({ commonName: 'dc1', days: 100, now })));

  test('say who a node is, where it is found, and end when they were told to; the key is PKCS #8', async () => {
    const pair = await issueCertificate(authority, node);
    expect(pair.key).toMatch(/^-----BEGIN PRIVATE KEY-----\n/);
    const facts = readCertificate(pair.key + pair.certificate)!;
    expect(facts).toMatchObject({
      commonName: 'node:dc1',
      dnsNames: ['b1.example'],
      ipAddresses: ['127.0.0.1'],
      keyMatches: true,
    });
    expect(Math.abs(facts.notAfter.getTime() - now.getTime() - 30 * DAY_MS)).toBeLessThan(2000);
    expect(facts.notBefore.getTime()).toBeLessThan(now.getTime() - 3_000_000);
    expect(facts.isSignedBy(authority.certificate)).toBe(true);
    const other = await createAuthority({ commonName: 'dc1', days: 100, now });
    expect(facts.isSignedBy(other.certificate)).toBe(false);
    expect(facts.isSignedBy(other.certificate + authority.certificate)).toBe(true);
    const stranger = await issueCertificate(authority, node);
    expect(readCertificate(stranger.key + pair.certificate)!.keyMatches).toBe(false);
  });

  test('are what both sides of a connection take, each asked for its own', async () => {
    const [server, client] = [await issueCertificate(authority, node), await issueCertificate(authority, { ...node, commonName: 'checkout', dnsNames: [], ipAddresses: [], use: 'client' })]; // prettier-ignore
    const listening = createServer({ key: server.key, cert: server.certificate, ca: authority.certificate, requestCert: true, rejectUnauthorized: true }); // prettier-ignore
    const said = new Promise((done) =>
      listening.on('secureConnection', (socket) => done(socket.getPeerCertificate().subject.CN)),
    );
    listening.listen(0, '127.0.0.1');
    await once(listening, 'listening');
    const { port } = listening.address() as AddressInfo;
    const socket = connect({ host: '127.0.0.1', port, key: client.key, cert: client.certificate, ca: authority.certificate }); // prettier-ignore
    await once(socket, 'secureConnect');
    expect(socket.authorized).toBe(true);
    expect(await said).toBe('checkout');
    socket.destroy();
    listening.close();
  });

  test('never outlive the authority', async () => {
    const { certificate } = await issueCertificate(authority, { ...node, days: 1000 });
    expect(new X509Certificate(certificate).validTo).toBe(new X509Certificate(authority.certificate).validTo);
  });

  test('stay good under the same authority with a longer life', async () => {
    const { certificate } = await issueCertificate(authority, node);
    const renewed = await renewAuthority(authority, 1000, now);
    expect(readCertificate(certificate)!.isSignedBy(renewed)).toBe(true);
    expect(new Date(new X509Certificate(renewed).validTo).getTime()).toBeGreaterThan(now.getTime() + 999 * DAY_MS);
  });

  test('come from a key that is encrypted, where there is a passphrase for it', async () => {
    const locked = await createAuthority({ commonName: 'dc1', days: 100, now, passphrase: 'open sesame' });
    expect(locked.key).toContain('BEGIN ENCRYPTED PRIVATE KEY');
    const { certificate } = await issueCertificate({ ...locked, passphrase: 'open sesame' }, node);
    expect(readCertificate(certificate)!.isSignedBy(locked.certificate)).toBe(true);
    await expect(issueCertificate(locked, node)).rejects.toMatchObject({
      code: 'CERTIFICATES-KEY',
      message: expect.stringContaining('got an encrypted key and no passphrase'),
    });
    await expect(issueCertificate({ ...locked, passphrase: 'wrong' }, node)).rejects.toMatchObject({
      message: expect.stringContaining('got another passphrase'),
    });
  });

  test.each([
    ['RSA', () => generateKeyPairSync('rsa', { modulusLength: 2048 })],
    ['P-384', () => generateKeyPairSync('ec', { namedCurve: 'secp384r1' })],
  ])('can be signed by an authority with a key of %s that was made elsewhere', async (_, make) => {
    const key = make().privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
    const certificate = await renewAuthority({ certificate: authority.certificate, key }, 10, now);
    const issued = await issueCertificate({ certificate, key }, node);
    expect(readCertificate(issued.certificate)!.isSignedBy(certificate)).toBe(true);
    expect(createPrivateKey(issued.key).asymmetricKeyDetails).toEqual({ namedCurve: 'prime256v1' });
  });

  test('fails on a key of a kind that Java does not take from it', async () => {
    const key = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
    await expect(issueCertificate({ certificate: authority.certificate, key }, node)).rejects.toMatchObject({
      code: 'CERTIFICATES-KEY',
    });
  });

  test('are found one by one in a text, and what is none is none', () => {
    expect(certificatesIn(`x\n${authority.certificate}y\n${authority.certificate}`)).toHaveLength(2);
    expect(readCertificate('nothing')).toBeUndefined();
    expect(readCertificate('-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n')).toBeUndefined();
  });
});
