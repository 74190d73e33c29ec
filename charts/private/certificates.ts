import type { Construct } from 'constructs';
import { ApiObject } from 'cdk8s';
import {
  adminCommonName,
  connectListener,
  connectPrincipal,
  listenerCertificateNames,
  nodeCertificateNames,
  nodeCommonName,
  type CertificateNames,
} from '../../lib/core/config';
import {
  adminCertificateName,
  authorityName,
  connectCertificateName,
  listenerCertificateName,
  nodeCertificateName,
  userCertificateName,
  type EnvironmentModel,
  type ListenerModel,
} from '../../lib/core/model';
import { objectLabels, workerWorkload, type Workload } from './labels';

/**
 * PKCS #8 is the only form of a key that Kafka reads from PEM. P-256: a broker signs once a connection, and with it does some twenty times as
 * many a second as with RSA of the same strength; every client since TLS 1.2 knows it.
 */
const PRIVATE_KEY = { algorithm: 'ECDSA', size: 256, encoding: 'PKCS8', rotationPolicy: 'Always' } as const;

interface CertificateOptions {
  readonly commonName: string;
  readonly names?: CertificateNames;
  readonly workload?: Workload;
}

/** An authority of the environment's own, kept in its namespace, and what it signs: all nodes, the administrator, clients with mTLS. */
export function addNodeCertificates(scope: Construct, model: EnvironmentModel): void {
  const authority = authorityName(model);
  const selfSigned = `${model.name}-selfsigned`;
  object(scope, model, 'Issuer', selfSigned, { selfSigned: {} });
  object(scope, model, 'Certificate', authority, {
    secretName: authority,
    isCA: true,
    commonName: authority,
    duration: '87600h',
    // With its key it renews itself and stays the same authority; with another key every node would be a stranger to those before it.
    privateKey: { algorithm: 'ECDSA', size: 256, rotationPolicy: 'Never' },
    issuerRef: { name: selfSigned },
  });
  object(scope, model, 'Issuer', authority, { ca: { secretName: authority } });
  certificate(scope, model, nodeCertificateName(model), {
    commonName: nodeCommonName(model),
    names: nodeCertificateNames(model),
  });
  certificate(scope, model, adminCertificateName(model), { commonName: adminCommonName(model) });
  addUserCertificates(scope, model);
}

/** Of the principals that log in with one. */
export function addUserCertificates(scope: Construct, model: EnvironmentModel): void {
  for (const { name, listener } of model.principals) {
    if (model.listeners.find((candidate) => candidate.name === listener)?.authentication !== 'mtls') continue;
    const commonName = model.spec.principals?.[name]?.commonName ?? name;
    certificate(scope, model, userCertificateName(model, name), { commonName });
  }
}

/** Certificates that somebody else signs, for listeners that say so: of brokers only, and good for nothing but being a server. */
export function addListenerCertificates(scope: Construct, model: EnvironmentModel): void {
  for (const listener of model.listeners) addListenerCertificate(scope, model, listener);
}

function addListenerCertificate(scope: Construct, model: EnvironmentModel, listener: ListenerModel): void {
  const issuer = listener.external?.settings.issuer;
  const name = listenerCertificateName(model, listener);
  if (issuer === undefined || name === undefined) return;
  object(scope, model, 'Certificate', name, {
    secretName: name,
    // How long it is good is the issuer's to say, and who it is stands in its names: many sign no common name that is not among them.
    ...alternativeNames(listenerCertificateNames(model, listener)),
    privateKey: PRIVATE_KEY,
    usages: ['digital signature', 'server auth'],
    issuerRef: {
      name: issuer.name,
      kind: issuer.kind ?? 'ClusterIssuer',
      ...(issuer.group === undefined ? {} : { group: issuer.group }),
    },
  });
}

function alternativeNames({ dnsNames, ipAddresses }: CertificateNames): Record<string, readonly string[]> {
  return { dnsNames, ...(ipAddresses.length === 0 ? {} : { ipAddresses }) };
}

export function addConnectCertificate(scope: Construct, model: EnvironmentModel): void {
  if (connectListener(model).authentication !== 'mtls') return;
  certificate(scope, model, connectCertificateName(model), {
    commonName: connectPrincipal(model),
    workload: workerWorkload(model),
  });
}

function certificate(scope: Construct, model: EnvironmentModel, name: string, options: CertificateOptions): void {
  const { commonName, names, workload } = options;
  object(
    scope,
    model,
    'Certificate',
    name,
    {
      secretName: name,
      commonName,
      ...(names === undefined ? {} : alternativeNames(names)),
      duration: '8760h',
      renewBefore: '720h',
      privateKey: PRIVATE_KEY,
      usages: ['digital signature', 'client auth', ...(names === undefined ? [] : ['server auth'])],
      issuerRef: { name: authorityName(model) },
    },
    workload,
  );
}

function object(
  scope: Construct,
  model: EnvironmentModel,
  kind: 'Issuer' | 'Certificate',
  name: string,
  spec: Record<string, unknown>,
  workload: Workload = 'kafka',
): void {
  new ApiObject(scope, `${kind}-${name}`, {
    apiVersion: 'cert-manager.io/v1',
    kind,
    metadata: {
      name,
      namespace: model.spec.targets!.kubernetes!.namespace,
      labels: objectLabels(model, workload),
    },
    spec,
  });
}
