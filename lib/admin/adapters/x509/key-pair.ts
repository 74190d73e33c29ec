import { createPrivateKey, webcrypto, type KeyObject } from 'node:crypto';
import { Failure } from '../../../core/issue';

/** What a key signs with, for the Web Crypto API. */
export interface SigningKeys {
  readonly keys: webcrypto.CryptoKeyPair;
  readonly algorithm: webcrypto.EcdsaParams | webcrypto.RsaHashedKeyGenParams | webcrypto.Algorithm;
}

const P256 = { name: 'ECDSA', namedCurve: 'P-256' };
const SHA256 = { name: 'ECDSA', hash: 'SHA-256' };

/**
 * ECDSA on P-256: every Java that runs Kafka, and every client in use, knows it; a handshake costs a broker a tenth of what RSA with 3072
 * bits does, which is as strong. Kafka's PEM reader takes it as PKCS #8.
 */
export async function newKeys(): Promise<SigningKeys> {
  const keys = await webcrypto.subtle.generateKey(P256, true, ['sign', 'verify']);
  return { keys, algorithm: SHA256 };
}

/** The key of an authority, also of one that was made elsewhere. */
export async function readKeys(pem: string, passphrase?: string): Promise<SigningKeys> {
  const key = privateKey(pem, passphrase);
  const [parameters, algorithm] = parametersOf(key);
  const der = key.export({ type: 'pkcs8', format: 'der' });
  const signing = await webcrypto.subtle.importKey('pkcs8', der, parameters, true, ['sign']);
  const jwk = await webcrypto.subtle.exportKey('jwk', signing);
  const { kty, crv, x, y, n, e } = jwk;
  const open = kty === 'EC' ? { kty, crv, x, y } : { kty, n, e };
  const verifying = await webcrypto.subtle.importKey('jwk', open as webcrypto.JsonWebKey, parameters, true, ['verify']);
  return { keys: { privateKey: signing, publicKey: verifying }, algorithm };
}

type Parameters = webcrypto.EcKeyImportParams | webcrypto.RsaHashedImportParams;

function parametersOf(key: KeyObject): readonly [Parameters, SigningKeys['algorithm']] {
  const { asymmetricKeyType: type, asymmetricKeyDetails: details } = key;
  if (type === 'rsa') {
    const rsa = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' };
    return [rsa, rsa];
  }
  if (type === 'ec' && details?.namedCurve === 'prime256v1') return [P256, SHA256];
  if (type === 'ec' && details?.namedCurve === 'secp384r1')
    return [{ name: 'ECDSA', namedCurve: 'P-384' }, { name: 'ECDSA', hash: 'SHA-384' }]; // prettier-ignore
  throw new Failure(
    'CERTIFICATES-KEY',
    `the key of the authority is of another kind, got ${details?.namedCurve ?? type ?? 'none'}; P-256, P-384 and RSA are allowed.`,
    'Sign with an authority of one of these kinds.',
  );
}

function privateKey(pem: string, passphrase: string | undefined): KeyObject {
  try {
    return createPrivateKey({ key: pem, ...(passphrase === undefined ? {} : { passphrase }) });
  } catch (error) {
    const encrypted = pem.includes('ENCRYPTED');
    throw new Failure(
      'CERTIFICATES-KEY',
      `the key of the authority cannot be read, got ${encrypted ? (passphrase === undefined ? 'an encrypted key and no passphrase' : 'another passphrase') : (error as Error).message}; a private key as PEM is needed.`,
      encrypted ? 'Name the file with its passphrase by --passphrase-file.' : 'Look at ca.key.',
    );
  }
}

/** A private key as PKCS #8 PEM; encrypted where there is a passphrase. */
export async function keyText({ keys }: SigningKeys, passphrase?: string): Promise<string> {
  const der = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', keys.privateKey));
  const key = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
  const plain = { type: 'pkcs8', format: 'pem' } as const;
  return key.export(passphrase === undefined ? plain : { ...plain, cipher: 'aes-256-cbc', passphrase }).toString();
}
