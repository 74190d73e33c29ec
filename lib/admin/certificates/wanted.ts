import { adminCommonName, nodeCommonName, type CertificateNames } from '../../core/config';
import type { EnvironmentModel } from '../../core/model';
import { kafkaPrincipals } from '../../core/plan';

/** A certificate that an environment needs. */
export interface WantedCertificate extends CertificateNames {
  /** Where it lies in the folder of certificates: `hosts/b1`, `admin`, `clients/checkout`. */
  readonly place: string;
  /** Name of its file: key and certificate. */
  readonly file: string;
  readonly commonName: string;
  readonly use: 'node' | 'client';
}

/** Those of nodes that run on machines of one's own, of the administrator, and of clients that log in by certificate. */
export function wantedCertificates(model: EnvironmentModel): WantedCertificate[] {
  const nodes = model.nodes.map(({ name, host }): WantedCertificate => {
    const isAddress = /^[0-9.]+$|:/.test(host);
    return {
      place: `hosts/${name}`,
      file: 'node.pem',
      commonName: nodeCommonName(model),
      dnsNames: isAddress ? [] : [host],
      ipAddresses: isAddress ? [host] : [],
      use: 'node',
    };
  });
  const client = { dnsNames: [], ipAddresses: [], use: 'client' } as const;
  const clients = model.principals.flatMap((principal): WantedCertificate[] => {
    const isMtls = model.listeners.some(
      ({ name, authentication }) => name === principal.listener && authentication === 'mtls',
    );
    const [known] = isMtls ? kafkaPrincipals(model, principal) : [];
    if (known === undefined) return [];
    const commonName = known.principal.slice('User:'.length);
    return [{ place: `clients/${principal.name}`, file: 'client.pem', commonName, ...client }];
  });
  const admin = { place: 'admin', file: 'admin.pem', commonName: adminCommonName(model), ...client };
  return [...nodes, admin, ...clients];
}
