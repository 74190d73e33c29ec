import { webcrypto } from 'node:crypto';
import type * as X509 from '@peculiar/x509';
import type { CertificateNames } from '../../../core/config';
import { keyText, newKeys, readKeys, type SigningKeys } from './key-pair';

/** A certificate and its private key (PKCS #8), as PEM. */
export interface CertificatePair {
  readonly certificate: string;
  readonly key: string;
}

export interface Authority extends CertificatePair {
  /** Of the key, where that is encrypted. */
  readonly passphrase?: string;
}

export interface AuthorityRequest {
  readonly commonName: string;
  readonly days: number;
  readonly now: Date;
  /** Encrypts the key. @default not encrypted */
  readonly passphrase?: string;
}

export interface CertificateRequest extends CertificateNames {
  readonly commonName: string;
  readonly days: number;
  readonly now: Date;
  /** Nodes call each other and so are clients too. */
  readonly use: 'node' | 'client';
}

const DAY_MS = 86_400_000;
/** Clocks differ: who looks at a new certificate with one that is behind is not to find it invalid. */
const BEFORE_MS = 3_600_000;

/** A private authority that signs for itself. */
export async function createAuthority(request: AuthorityRequest): Promise<CertificatePair> {
  const keys = await newKeys();
  const certificate = await ownCertificate(keys, [{ CN: [request.commonName] }], request);
  return { certificate, key: await keyText(keys, request.passphrase) };
}

/** The authority with its own key for longer: what it signed stays good, and whoever trusts the new certificate trusts that too. */
export async function renewAuthority(authority: Authority, days: number, now: Date): Promise<string> {
  const { X509Certificate } = library();
  const { subjectName } = new X509Certificate(authority.certificate);
  const keys = await readKeys(authority.key, authority.passphrase);
  return ownCertificate(keys, subjectName.toJSON(), { days, now });
}

/** A certificate with a new key, signed by an authority; it ends no later than that. */
export async function issueCertificate(authority: Authority, request: CertificateRequest): Promise<CertificatePair> {
  const x509 = library();
  const issuer = new x509.X509Certificate(authority.certificate);
  const signer = await readKeys(authority.key, authority.passphrase);
  const subject = await newKeys();
  const { notBefore, notAfter } = lifetime(request);
  const names = [
    ...request.dnsNames.map((value): X509.JsonGeneralName => ({ type: 'dns', value })),
    ...request.ipAddresses.map((value): X509.JsonGeneralName => ({ type: 'ip', value })),
  ];
  const { clientAuth, serverAuth } = x509.ExtendedKeyUsage;
  const certificate = await x509.X509CertificateGenerator.create({
    serialNumber: serialNumber(),
    subject: [{ CN: [request.commonName] }],
    issuer: issuer.subjectName.toJSON(),
    notBefore,
    notAfter: new Date(Math.min(notAfter.getTime(), issuer.notAfter.getTime())),
    publicKey: subject.keys.publicKey,
    signingKey: signer.keys.privateKey,
    signingAlgorithm: signer.algorithm,
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      new x509.ExtendedKeyUsageExtension(request.use === 'node' ? [serverAuth, clientAuth] : [clientAuth]),
      ...(names.length === 0 ? [] : [new x509.SubjectAlternativeNameExtension(names)]),
      await x509.SubjectKeyIdentifierExtension.create(subject.keys.publicKey),
      await x509.AuthorityKeyIdentifierExtension.create(signer.keys.publicKey),
    ],
  });
  return { certificate: pem(certificate), key: await keyText(subject) };
}

async function ownCertificate(
  { keys, algorithm }: SigningKeys,
  name: X509.JsonName,
  request: Pick<AuthorityRequest, 'days' | 'now'>,
): Promise<string> {
  const x509 = library();
  const { keyCertSign, cRLSign } = x509.KeyUsageFlags;
  return pem(
    await x509.X509CertificateGenerator.createSelfSigned({
      serialNumber: serialNumber(),
      name,
      ...lifetime(request),
      keys,
      signingAlgorithm: algorithm,
      extensions: [
        new x509.BasicConstraintsExtension(true, 0, true),
        new x509.KeyUsagesExtension(keyCertSign | cRLSign, true),
        await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
      ],
    }),
  );
}

function lifetime({ days, now }: Pick<AuthorityRequest, 'days' | 'now'>): { notBefore: Date; notAfter: Date } {
  return {
    notBefore: new Date(now.getTime() - BEFORE_MS),
    notAfter: new Date(now.getTime() + days * DAY_MS),
  };
}

/** RFC 5280: positive, at most 20 bytes, not to be guessed. */
function serialNumber(): string {
  const bytes = webcrypto.getRandomValues(new Uint8Array(16));
  bytes[0] = (bytes[0]! & 0x7f) | 0x40;
  return Buffer.from(bytes).toString('hex');
}

function pem(certificate: X509.X509Certificate): string {
  return `${certificate.toString('pem').trim()}\n`;
}

/** Half a second to load, so it is loaded when a certificate is made. */
function library(): typeof X509 {
  require('reflect-metadata');
  const x509 = require('@peculiar/x509') as typeof X509;
  x509.cryptoProvider.set(webcrypto as unknown as Parameters<typeof x509.cryptoProvider.set>[0]);
  return x509;
}
