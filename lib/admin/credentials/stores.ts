import type { TlsOptions } from '../port';
import type { Providers } from './placeholders';
import type { Problems } from './problems';

const KEY = '(?:ENCRYPTED |RSA |EC )?PRIVATE KEY';
const CERTIFICATE = 'CERTIFICATE';

/** PEM, in the file itself or in files: what Node.js reads without Java's tools. */
export function tlsOf(
  properties: ReadonlyMap<string, string>,
  { readText }: Pick<Providers, 'readText'>,
  problems: Problems,
): TlsOptions {
  /** A text of the file itself, or of the file that it names; undefined where there is neither, or where it cannot be used. */
  const pem = (store: 'truststore' | 'keystore', inline: string, what: string): string | undefined => {
    const name = properties.has(inline) ? inline : `ssl.${store}.location`;
    const value = properties.get(name);
    if (value === undefined || !isPem(store, value)) return undefined;
    const text = name === inline ? value : read(name, value);
    if (text === undefined) return undefined;
    const found = blocks(text, what);
    if (found === '')
      problems.add({ name, got: 'a text without any', allowed: `PEM with BEGIN ${wordOf(what)} is needed` });
    return found;
  };
  const isPem = (store: 'truststore' | 'keystore', path: string): boolean => {
    const type = properties.get(`ssl.${store}.type`) ?? 'JKS';
    if (type === 'PEM') return true;
    const hint = path.startsWith('-----') ? `Set ssl.${store}.type=PEM.` : toPem(store, path);
    problems.add({ name: `ssl.${store}.type`, got: type, allowed: 'PEM is allowed', hint });
    return false;
  };
  const read = (name: string, path: string): string | undefined => {
    try {
      return readText(path);
    } catch (error) {
      const reason = (error as NodeJS.ErrnoException).code ?? (error as Error).message;
      problems.add({ name, got: `${path} (${reason})`, allowed: 'a readable file is needed' });
      return undefined;
    }
  };
  const ca = pem('truststore', 'ssl.truststore.certificates', CERTIFICATE);
  const certificate = pem('keystore', 'ssl.keystore.certificate.chain', CERTIFICATE);
  const key = certificate === undefined ? undefined : pem('keystore', 'ssl.keystore.key', KEY);
  if (certificate !== undefined && key === undefined)
    problems.add({ name: 'ssl.keystore.key', got: 'none', allowed: 'a certificate needs its private key' });
  if (certificate === undefined && properties.has('ssl.keystore.key'))
    problems.add({
      name: 'ssl.keystore.certificate.chain',
      got: 'none',
      allowed: 'a private key needs its certificate',
    });
  const keyPassword = properties.get('ssl.key.password');
  return {
    ...(ca === undefined ? {} : { ca }),
    ...(certificate === undefined ? {} : { certificate }),
    ...(key === undefined ? {} : { key }),
    ...(keyPassword === undefined ? {} : { keyPassword }),
    ...(properties.get('ssl.endpoint.identification.algorithm')?.trim() === '' ? { verifyHost: false } : {}),
  };
}

/** How to get at what is in a store of Java. */
function toPem(store: 'truststore' | 'keystore', path: string): string {
  const file = `${path.replace(/\.\w+$/, '')}.pem`;
  return store === 'truststore'
    ? `Export it with keytool -list -rfc -keystore ${path} > ${file}, and set ssl.truststore.type=PEM.`
    : `Export it with keytool -importkeystore -srckeystore ${path} -destkeystore store.p12 -deststoretype PKCS12 and openssl pkcs12 -in store.p12 -nodes -out ${file}, and set ssl.keystore.type=PEM.`;
}

function wordOf(what: string): string {
  return what === KEY ? 'PRIVATE KEY' : what;
}

/** The blocks of one kind: a file may hold the key and the certificates together, with words around them. */
function blocks(pem: string, what: string): string {
  const found = pem.matchAll(new RegExp(`-----BEGIN (${what})-----([\\s\\S]*?)-----END \\1-----`, 'g'));
  return [...found]
    .map(([, label, body]) => `-----BEGIN ${label}-----\n${lines(body!)}-----END ${label}-----\n`)
    .join('');
}

/** In a file of properties a block often stands in one line, with blanks where lines ended. */
function lines(body: string): string {
  return body.replace(/\s+/g, '').replace(/.{1,64}/g, '$&\n');
}
