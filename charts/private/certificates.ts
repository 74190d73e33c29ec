import type { Construct } from 'constructs';
import { ApiObject } from 'cdk8s';
import { adminCommonName, connectListener, connectPrincipal, nodeCommonName } from '../../lib/core/config';
import {
  adminCertificateName,
  authorityName,
  bootstrapServiceName,
  connectCertificateName,
  nodeCertificateName,
  userCertificateName,
  headlessServiceName,
  podDomain,
  type EnvironmentModel,
} from '../../lib/core/model';
import { objectLabels, workerWorkload, type Workload } from './labels';

interface CertificateOptions {
  readonly commonName: string;
  readonly dnsNames?: string[];
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
    privateKey: { algorithm: 'ECDSA', size: 256 },
    issuerRef: { name: selfSigned },
  });
  object(scope, model, 'Issuer', authority, { ca: { secretName: authority } });
  const bootstrap = model.listeners.flatMap((listener) => {
    const service = bootstrapServiceName(model, listener);
    const { namespace } = model.spec.targets!.kubernetes!;
    return [service, `${service}.${namespace}`, `${service}.${namespace}.svc`, podDomain(model.spec, service)];
  });
  certificate(scope, model, nodeCertificateName(model), {
    commonName: nodeCommonName(model),
    // All pods, also those that a larger pool will have.
    dnsNames: [`*.${podDomain(model.spec, headlessServiceName(model.name))}`, ...bootstrap],
  });
  certificate(scope, model, adminCertificateName(model), { commonName: adminCommonName(model) });
  for (const { name, listener } of model.principals) {
    if (model.listeners.find((candidate) => candidate.name === listener)?.authentication !== 'mtls') continue;
    const commonName = model.spec.principals?.[name]?.commonName ?? name;
    certificate(scope, model, userCertificateName(model, name), { commonName });
  }
}

export function addConnectCertificate(scope: Construct, model: EnvironmentModel): void {
  if (connectListener(model).authentication !== 'mtls') return;
  certificate(scope, model, connectCertificateName(model), {
    commonName: connectPrincipal(model),
    workload: workerWorkload(model),
  });
}

function certificate(scope: Construct, model: EnvironmentModel, name: string, options: CertificateOptions): void {
  const { commonName, dnsNames, workload } = options;
  object(
    scope,
    model,
    'Certificate',
    name,
    {
      secretName: name,
      commonName,
      ...(dnsNames === undefined ? {} : { dnsNames }),
      duration: '8760h',
      renewBefore: '720h',
      // The only form of a key that Kafka reads from PEM.
      privateKey: { algorithm: 'ECDSA', size: 256, encoding: 'PKCS8', rotationPolicy: 'Always' },
      usages: ['digital signature', 'client auth', ...(dnsNames === undefined ? [] : ['server auth'])],
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
