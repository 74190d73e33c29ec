import { createPrivateKey, X509Certificate } from 'node:crypto';

/** What is to be known of a certificate. */
export interface CertificateFacts {
  readonly commonName: string | undefined;
  readonly dnsNames: readonly string[];
  readonly ipAddresses: readonly string[];
  readonly notBefore: Date;
  readonly notAfter: Date;
  /** Whether the private key in the same text is its own; undefined where there is none. */
  readonly keyMatches: boolean | undefined;
  /** Whether one of these signed it. */
  isSignedBy(authorities: string): boolean;
}

const CERTIFICATE = /-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g;
const PRIVATE_KEY = /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]+?-----END [A-Z ]*PRIVATE KEY-----/;

/** The certificates in a PEM text, as they stand there. */
export function certificatesIn(text: string): string[] {
  return (text.match(CERTIFICATE) ?? []).map((each) => `${each}\n`);
}

/** Reads the first certificate of a PEM text, and the key that stands with it; undefined where that is none. */
export function readCertificate(text: string): CertificateFacts | undefined {
  const [first] = certificatesIn(text);
  if (first === undefined) return undefined;
  let certificate: X509Certificate;
  try {
    certificate = new X509Certificate(first);
  } catch {
    return undefined;
  }
  const names = (certificate.subjectAltName ?? '').split(', ');
  const of = (kind: string): string[] =>
    names.filter((name) => name.startsWith(kind)).map((name) => name.slice(kind.length));
  return {
    commonName: /^CN=(.*)$/m.exec(certificate.subject)?.[1],
    dnsNames: of('DNS:'),
    ipAddresses: of('IP Address:'),
    notBefore: new Date(certificate.validFrom),
    notAfter: new Date(certificate.validTo),
    keyMatches: keyMatches(certificate, text),
    isSignedBy: (authorities) =>
      certificatesIn(authorities).some((each) => {
        const authority = new X509Certificate(each);
        return certificate.checkIssued(authority) && certificate.verify(authority.publicKey);
      }),
  };
}

function keyMatches(certificate: X509Certificate, text: string): boolean | undefined {
  const [key] = PRIVATE_KEY.exec(text) ?? [];
  if (key === undefined) return undefined;
  try {
    return certificate.checkPrivateKey(createPrivateKey(key));
  } catch {
    return false;
  }
}
