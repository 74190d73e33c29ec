import { daysUntil } from '../admin/certificates';
import { readCertificate } from '../admin/adapters/x509';
import { Failure } from '../core/issue';

export interface AuthorityVerdict {
  readonly commonName: string | undefined;
  readonly endsInDays: number;
  readonly notAfter: string;
  /** Why it is to be renewed; absent where it is good. */
  readonly why?: string;
}

/** How long the authority that signs is good; what it signs ends no later. */
export function authorityVerdict(certificate: string, withinMs: number, now: Date): AuthorityVerdict {
  const facts = readCertificate(certificate);
  if (facts === undefined) {
    throw new Failure(
      'CERTIFICATES-AUTHORITY',
      'the certificate of the authority cannot be read, got what is no certificate in ca.crt; PEM is needed.',
      'Put it back from a backup.',
    );
  }
  const { commonName, notAfter } = facts;
  const endsInDays = daysUntil(notAfter, now);
  const verdict = { commonName, endsInDays, notAfter: notAfter.toISOString() };
  if (notAfter.getTime() - now.getTime() > withinMs) return verdict;
  return { ...verdict, why: endsInDays < 0 ? 'it has ended' : `it ends in ${endsInDays} days` };
}

export function authorityWarning({ why }: AuthorityVerdict, argument: string, folder: string): string[] {
  if (why === undefined) return [];
  return [`the authority has to be renewed, since ${why}: kdk certificates extend ${argument} --dir ${folder}`];
}
