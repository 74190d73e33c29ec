import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** PEM texts made by openssl, good for a day. */
export interface Authority {
  /** Its own certificate. */
  readonly certificate: string;
  /** Signs a certificate for who is called so; returns it and its private key (PKCS #8). */
  issue(name: string, alternatives?: string): { readonly certificate: string; readonly key: string };
}

export function makeAuthority(folder: string, name: string): Authority {
  const base = join(folder, name);
  mkdirSync(base, { recursive: true });
  const file = (of: string): string => join(base, of);
  const openssl = (...args: string[]): void => {
    execFileSync('openssl', args, { stdio: 'pipe' });
  };
  const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  openssl(
    'req',
    '-x509',
    ...newKey,
    '-days',
    '1',
    '-subj',
    `/CN=${name}`,
    '-keyout',
    file('ca.key'),
    '-out',
    file('ca.pem'),
  );
  return {
    certificate: readFileSync(file('ca.pem'), 'utf8'),
    issue: (whom, alternatives) => {
      const [key, request, out, extensions] = ['key', 'csr', 'pem', 'ext'].map((suffix) => file(`${whom}.${suffix}`));
      openssl('req', ...newKey, '-subj', `/CN=${whom}`, '-keyout', key!, '-out', request!);
      writeFileSync(extensions!, alternatives === undefined ? '' : `subjectAltName=${alternatives}\n`);
      const signing = ['-CA', file('ca.pem'), '-CAkey', file('ca.key'), '-CAcreateserial', '-days', '1'];
      openssl('x509', '-req', '-in', request!, ...signing, '-extfile', extensions!, '-out', out!);
      return { certificate: readFileSync(out!, 'utf8'), key: readFileSync(key!, 'utf8') };
    },
  };
}
