import { isIP } from 'node:net';
import { createSecureContext, type ConnectionOptions } from 'node:tls';
import type { Failure } from '../../../core/issue';
import { untrusted } from '../../failures';
import type { TlsOptions } from '../../port';
import { formatAddress, type Address } from './addresses';

/** What Node.js is given. Fails where the texts are no certificates and keys: in the middle of connecting, nobody would catch that. */
export function usableTls(tls: TlsOptions, address: Address): ConnectionOptions {
  const { ca, certificate, key, keyPassword, verifyHost = true } = tls;
  try {
    const secureContext = createSecureContext({
      ...(ca === undefined ? {} : { ca }),
      ...(certificate === undefined ? {} : { cert: certificate }),
      ...(key === undefined ? {} : { key }),
      ...(keyPassword === undefined ? {} : { passphrase: keyPassword }),
    });
    return {
      secureContext,
      // A name in the hello must not be an address.
      ...(isIP(address.host) === 0 ? { servername: address.host } : {}),
      ...(verifyHost ? {} : { checkServerIdentity: () => undefined }),
    };
  } catch (error) {
    throw tlsFailure({ server: formatAddress(address), tls }, error as NodeJS.ErrnoException) ?? error;
  }
}

const UNKNOWN_AUTHORITY = new Set([
  'SELF_SIGNED_CERT_IN_CHAIN',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'CERT_SIGNATURE_FAILURE',
]);

const CLIENT_CERTIFICATE =
  /ALERT_(CERTIFICATE_REQUIRED|HANDSHAKE_FAILURE|UNKNOWN_CA|BAD_CERTIFICATE|CERTIFICATE_UNKNOWN|CERTIFICATE_EXPIRED)/;

/** What an error of the encrypted connection means, or undefined where it is of another kind. */
export function tlsFailure(
  { server, tls }: { readonly server: string; readonly tls: TlsOptions },
  { code = '', message }: NodeJS.ErrnoException,
): Failure | undefined {
  if (UNKNOWN_AUTHORITY.has(code))
    return untrusted(
      server,
      `a certificate of an unknown authority (${code})`,
      'Give the certificate of the authority that signed it, as PEM.',
    );
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID')
    return untrusted(
      server,
      `a certificate for other hosts (${message.replace(/\.$/, '')})`,
      'Use the address that the certificate names, or switch off the check of the host.',
    );
  if (code === 'CERT_HAS_EXPIRED' || code === 'CERT_NOT_YET_VALID')
    return untrusted(server, `a certificate that is not valid today (${code})`, 'Renew it, or set the clock right.');
  if (CLIENT_CERTIFICATE.test(code)) {
    // Which of the alerts comes for a missing certificate depends on the version of TLS and on the broker's Java.
    return tls.certificate === undefined
      ? untrusted(
          server,
          `a listener that asks for the certificate of the client (${code})`,
          'Give a certificate and key that the brokers trust.',
        )
      : untrusted(
          server,
          `brokers that do not trust the certificate of the client (${code})`,
          'Give a certificate and key of an authority that the brokers trust.',
        );
  }
  if (code === 'ERR_SSL_WRONG_VERSION_NUMBER' || code === 'EPROTO')
    return untrusted(server, `an answer that is not encrypted (${code})`, 'Leave out encryption for this listener.');
  if (/^ERR_(OSSL|SSL|TLS|CRYPTO)/.test(code))
    return untrusted(server, `${message} (${code})`, 'Check the certificates and the private key.');
  return undefined;
}
