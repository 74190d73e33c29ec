import { readCertificate } from '../adapters/x509';
import type { WantedCertificate } from './wanted';

const DAY_MS = 86_400_000;

export interface CertificateVerdict {
  readonly place: string;
  /** Whole days until its end, negative afterwards; absent where there is none. */
  readonly endsInDays?: number;
  readonly notAfter?: string;
  /** Why it is to be issued; absent where it is good. */
  readonly why?: string;
}

export interface Judgement {
  readonly now: Date;
  /** How long before its end a certificate is renewed. */
  readonly withinMs: number;
  /** The authority that signs, as PEM. */
  readonly authority: string;
}

/** Whether a certificate is what the environment wants, and for how long. `text` is key and certificate, or undefined where nothing is there. */
export function judgeCertificate(
  wanted: WantedCertificate,
  text: string | undefined,
  { now, withinMs, authority }: Judgement,
): CertificateVerdict {
  const { place } = wanted;
  if (text === undefined) return { place, why: 'it is not there' };
  const facts = readCertificate(text);
  if (facts === undefined) return { place, why: 'there is no certificate in its file' };
  const ends = daysUntil(facts.notAfter, now);
  const verdict = { place, endsInDays: ends, notAfter: facts.notAfter.toISOString() };
  const because = (why: string): CertificateVerdict => ({ ...verdict, why });
  if (facts.keyMatches !== true)
    return because(facts.keyMatches === undefined ? 'its key is not there' : 'its key is of another certificate');
  if (facts.commonName !== wanted.commonName)
    return because(`it is for ${facts.commonName ?? 'nobody'}, and ${wanted.commonName} is wanted`);
  const names = [...facts.dnsNames, ...facts.ipAddresses.map(canonical)].sort().join(', ');
  const wantedNames = [...wanted.dnsNames, ...wanted.ipAddresses.map(canonical)].sort().join(', ');
  if (names.toLowerCase() !== wantedNames.toLowerCase())
    return because(`it is good for ${names || 'no address'}, and ${wantedNames || 'none'} is wanted`);
  if (!facts.isSignedBy(authority)) return because('another authority signed it');
  if (facts.notAfter.getTime() - now.getTime() > withinMs) return verdict;
  return because(ends < 0 ? `it ended ${-ends} days ago` : `it ends in ${ends} days`);
}

/** Certificates spell addresses out, the environment has them short. */
function canonical(address: string): string {
  return address.includes(':') ? new URL(`http://[${address}]`).hostname.slice(1, -1) : address;
}

export function daysUntil(end: Date, now: Date): number {
  return Math.floor((end.getTime() - now.getTime()) / DAY_MS);
}
