import {
  bootstrapServiceName,
  headlessServiceName,
  listenerCertificateName,
  NODE_IP,
  podDomain,
  type EnvironmentModel,
  type ListenerModel,
} from '../model';

/** What a certificate is good for. */
export interface CertificateNames {
  readonly dnsNames: readonly string[];
  readonly ipAddresses: readonly string[];
}

const ADDRESS = /^[\d.]+$|:/;

/**
 * Names of the certificate that all nodes share: every pod, also those that a larger pool will have, the Services that clients begin with,
 * and what listeners without a certificate of their own advertise outside.
 */
export function nodeCertificateNames(model: EnvironmentModel): CertificateNames {
  const { namespace } = model.spec.targets!.kubernetes!;
  const inside = model.listeners.flatMap((listener) => {
    const service = bootstrapServiceName(model, listener);
    return [service, `${service}.${namespace}`, `${service}.${namespace}.svc`, podDomain(model.spec, service)];
  });
  const outside = model.listeners
    .filter((listener) => listenerCertificateName(model, listener) === undefined)
    .flatMap((listener) => outsideHosts(model, listener, wildcard));
  return sorted([`*.${podDomain(model.spec, headlessServiceName(model.name))}`, ...inside], outside);
}

/** Names of the certificate of one listener: what it advertises outside, one by one, since many authorities sign no wildcard. */
export function listenerCertificateNames(model: EnvironmentModel, listener: ListenerModel): CertificateNames {
  return sorted(
    [],
    outsideHosts(model, listener, () => undefined),
  );
}

/** Every host that clients outside may see, `{nodeIp}` replaced by the addresses that are listed for it. */
export function outsideHosts(
  model: EnvironmentModel,
  { kafkaName, external }: ListenerModel,
  inOne: (template: string) => string | undefined = () => undefined,
): string[] {
  if (external === undefined) return [];
  const { host, nodeAddresses = [] } = external.settings;
  const all = inOne(host);
  const brokers =
    all === undefined ? model.nodes.flatMap(({ advertised }) => advertised?.[kafkaName]?.host ?? []) : [all];
  const hosts = [...brokers, ...external.bootstrap.map((address) => address.host)];
  return [...new Set(hosts.flatMap((name) => (name === NODE_IP ? nodeAddresses : [name])))];
}

/** Brokers that differ in the first part of their name only, and are to come as well, share one. */
function wildcard(template: string): string | undefined {
  const [first, ...rest] = template.split('.');
  const parent = rest.join('.');
  return first!.includes('{') && rest.length >= 2 && !parent.includes('{') ? `*.${parent}` : undefined;
}

/** Those inside as they come; those outside once each, names apart from addresses. */
function sorted(inside: readonly string[], outside: readonly string[]): CertificateNames {
  const covered = (name: string): boolean =>
    outside.some(
      (other) => other.startsWith('*.') && other !== name && other.slice(2) === name.split('.').slice(1).join('.'),
    );
  return {
    dnsNames: [...new Set([...inside, ...outside.filter((name) => !ADDRESS.test(name) && !covered(name))])],
    ipAddresses: [...new Set(outside.filter((name) => ADDRESS.test(name)))],
  };
}
