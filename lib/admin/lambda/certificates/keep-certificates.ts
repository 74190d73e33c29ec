import { Failure } from '../../../core/issue';
import type { SecretDocument, SecretDocuments } from '../../adapters/aws/secret-documents';
import {
  createAuthority,
  issueCertificate,
  readCertificate,
  renewAuthority,
  type Authority,
  type CertificateFacts,
} from '../../adapters/x509';
import { batch } from '../../batches';
import type { WantedCertificate } from './certificate-properties';

const AUTHORITY_DAYS = 3650;
const CERTIFICATE_DAYS = 365;
/** Share of a lifetime that is left when a certificate is renewed. */
const RENEWED_AT = 1 / 3;
/** Secrets that are looked at together. */
const AT_A_TIME = 8;

export interface KeepOptions {
  readonly environment: string;
  readonly authoritySecretArn: string;
  /** Absent: what was wanted last. */
  readonly wanted?: readonly WantedCertificate[];
  readonly now: Date;
  readonly log: (line: string) => void;
}

/**
 * Makes the authority of an environment if there is none, and every certificate that is missing, says something else than is wanted or is
 * near its end. What is wanted is kept with the authority, so that a schedule can ask for the same again. Returns the certificate of the
 * authority.
 */
export async function keepCertificates(secrets: SecretDocuments, options: KeepOptions): Promise<string> {
  const { authoritySecretArn: id, log, now } = options;
  const before = await secrets.read(id);
  const authority = await currentAuthority(before, options);
  const wanted = options.wanted ?? lastWanted(before);
  const after = {
    'ca.crt': authority.certificate,
    'ca.key': authority.key,
    certificates: JSON.stringify(wanted),
  };
  if (JSON.stringify(before) !== JSON.stringify(after)) await secrets.write(id, after);
  const foreign: string[] = [];
  for (const some of batch(wanted, { items: AT_A_TIME }))
    await Promise.all(
      some.map(async (each) => {
        const kept = await keep(secrets, authority, each, now);
        if (kept === 'foreign') foreign.push(each.SecretArn);
        else if (kept !== 'good') log(`${kept}: ${each.CommonName} ${(each.DnsNames ?? []).join(' ')}`);
      }),
    );
  if (foreign.length > 0) throw foreignCertificates(foreign, wanted.length);
  return authority.certificate;
}

async function currentAuthority(before: SecretDocument | undefined, options: KeepOptions): Promise<Authority> {
  const { environment, now, log } = options;
  const { 'ca.crt': certificate, 'ca.key': key } = before ?? {};
  if (certificate === undefined || key === undefined) {
    log('made an authority');
    return createAuthority({ commonName: `authority:${environment}`, days: AUTHORITY_DAYS, now });
  }
  const facts = readCertificate(certificate);
  if (facts !== undefined && !isNearItsEnd(facts, now)) return { certificate, key };
  log('renewed the authority');
  return { certificate: await renewAuthority({ certificate, key }, AUTHORITY_DAYS, now), key };
}

function lastWanted(before: SecretDocument | undefined): readonly WantedCertificate[] {
  return JSON.parse(before?.certificates ?? '[]') as WantedCertificate[];
}

async function keep(
  secrets: SecretDocuments,
  authority: Authority,
  wanted: WantedCertificate,
  now: Date,
): Promise<'good' | 'foreign' | 'issued' | 'renewed' | 'authority replaced'> {
  const { SecretArn: id, Layout: layout } = wanted;
  const before = await secrets.read(id);
  const pem = before?.['node.pem'] ?? `${before?.key ?? ''}${before?.certificate ?? ''}`;
  const facts = readCertificate(pem);
  if (facts !== undefined) {
    if (!facts.isSignedBy(authority.certificate)) return 'foreign';
    if (says(facts, wanted) && facts.keyMatches === true && !isNearItsEnd(facts, now)) {
      if (before!['ca.crt'] === authority.certificate) return 'good';
      await secrets.write(id, { ...before, 'ca.crt': authority.certificate });
      return 'authority replaced';
    }
  }
  const pair = await issueCertificate(authority, {
    commonName: wanted.CommonName,
    dnsNames: wanted.DnsNames ?? [],
    ipAddresses: [],
    days: CERTIFICATE_DAYS,
    now,
    use: layout,
  });
  const files = layout === 'node' ? { 'node.pem': `${pair.key}${pair.certificate}` } : pair;
  await secrets.write(id, { ...files, 'ca.crt': authority.certificate });
  return facts === undefined ? 'issued' : 'renewed';
}

function says({ commonName, dnsNames }: CertificateFacts, wanted: WantedCertificate): boolean {
  const sorted = (names: readonly string[]): string => [...names].sort().join(' ');
  return commonName === wanted.CommonName && sorted(dnsNames) === sorted(wanted.DnsNames ?? []);
}

function isNearItsEnd({ notBefore, notAfter }: CertificateFacts, now: Date): boolean {
  const lifetime = notAfter.getTime() - notBefore.getTime();
  return notAfter.getTime() - now.getTime() < lifetime * RENEWED_AT;
}

/** Nodes of two authorities would not know each other: nothing of somebody else is replaced. */
function foreignCertificates(secrets: readonly string[], of: number): Failure {
  const names = secrets.map((arn) => arn.replace(/^.*:secret:/, '').replace(/-[A-Za-z0-9]{6}$/, ''));
  return new Failure(
    'CERTIFICATES-FOREIGN',
    `certificates of another authority lie in ${secrets.length} of ${of} secrets, got ${names.sort().join(', ')}; those of the authority of the stack, or none, are allowed.`,
    'Keep certificates: secret for certificates of your own. Where the authority of the stack was lost, empty the secrets and restart all nodes together.',
  );
}
