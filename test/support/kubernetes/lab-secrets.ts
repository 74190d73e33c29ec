import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeAuthority } from '../certificates';
import type { Manifest } from '../manifests';
import { LAB } from './lab-environment';

export interface LabSecretsOptions {
  readonly namespace: string;
  /** Addresses that brokers have for clients outside. */
  readonly addresses?: readonly string[];
  /** Users with a password on a SCRAM listener, by name. */
  readonly passwords: Readonly<Record<string, string>>;
  /** Secrets with other keys, by name. */
  readonly secrets?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** The Secrets that whoever sets `certificates: secret` makes: certificates of one authority, and passwords. */
export function labSecrets({ namespace, addresses = [], passwords, secrets = {} }: LabSecretsOptions): Manifest[] {
  const folder = mkdtempSync(join(tmpdir(), 'kdk-lab-ca-'));
  try {
    const authority = makeAuthority(folder, `${LAB}-ca`);
    const domain = `${namespace}.svc.cluster.local`;
    const certificate = (name: string, commonName: string, alternatives?: string): Manifest => {
      const issued = authority.issue(commonName, alternatives);
      return secret(namespace, name, {
        'tls.crt': issued.certificate,
        'tls.key': issued.key,
        'ca.crt': authority.certificate,
      });
    };
    const names = [`*.${LAB}-nodes.${domain}`, `${LAB}-internal-bootstrap.${domain}`];
    return [
      certificate(
        `${LAB}-tls`,
        `node:${LAB}`,
        [...names.map((name) => `DNS:${name}`), ...addresses.map((address) => `IP:${address}`)].join(','),
      ),
      certificate(`${LAB}-admin-tls`, `admin:${LAB}`),
      ...Object.entries(passwords).map(([user, password]) => secret(namespace, user, { password })),
      ...Object.entries(secrets).map(([name, data]) => secret(namespace, name, data)),
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function secret(namespace: string, name: string, stringData: Readonly<Record<string, string>>): Manifest {
  return { apiVersion: 'v1', kind: 'Secret', metadata: { name, namespace }, stringData };
}
