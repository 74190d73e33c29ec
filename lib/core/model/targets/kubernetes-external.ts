import type { EnvironmentSpec, KubernetesListenerSpec } from '../../spec';
import type { Address, ExternalListenerModel } from '../model';

/** Gateways take TLS connections at the port of HTTPS, whatever the port of the listener. */
export const TLS_ROUTE_PORT = 443;
/** Stands in the host of a broker for the address of the node that its pod runs on, which only the pod knows. */
export const NODE_IP = '{nodeIp}';

const PLACEHOLDER = /\{([^{}]*)\}/g;
/** What may stand in the host of a broker, beside `NODE_IP`. */
export const HOST_PLACEHOLDERS = ['id', 'ordinal', 'pool', 'rack'] as const;

/** What is known of a broker when its address is made. */
export interface AddressedBroker {
  readonly id: number;
  readonly ordinal: number;
  readonly pool: string;
  readonly rack?: string;
}

/** How a listener is reached from outside, or undefined where it is for clients inside only. */
export function externalListener(
  spec: EnvironmentSpec,
  name: string,
  listenerPort: number,
): ExternalListenerModel | undefined {
  const settings = spec.targets?.kubernetes?.listeners?.[name];
  if (settings === undefined) return undefined;
  const port = settings.expose === 'tls-route' ? TLS_ROUTE_PORT : (settings.port ?? listenerPort);
  const bootstrap =
    settings.expose === 'node-port'
      ? nodeHosts(settings).map((host) => ({ host, port: settings.bootstrapNodePort ?? 0 }))
      : settings.bootstrapHost === undefined
        ? []
        : [{ host: settings.bootstrapHost, port }];
  return { expose: settings.expose, port, bootstrap, settings };
}

/** `host:port` that a broker tells clients outside to use. */
export function externalAddress({ port, settings }: ExternalListenerModel, broker: AddressedBroker): Address {
  return {
    host: brokerHost(settings.host, broker),
    port: settings.expose === 'node-port' ? (settings.firstNodePort ?? 0) + broker.id : port,
  };
}

/** Placeholders of a host that are none of those that are known. */
export function unknownPlaceholders(host: string): string[] {
  const known: readonly string[] = [...HOST_PLACEHOLDERS.map((name) => `{${name}}`), NODE_IP];
  return [...host.matchAll(PLACEHOLDER)].map(([text]) => text).filter((text) => !known.includes(text));
}

function brokerHost(template: string, broker: AddressedBroker): string {
  return template.replaceAll(PLACEHOLDER, (text, name: string) => {
    const known = HOST_PLACEHOLDERS.find((candidate) => candidate === name);
    return known === undefined ? text : String(broker[known] ?? text);
  });
}

/** Any node answers at a node port: the addresses that are listed, or the one name that stands for all. */
function nodeHosts({ host, bootstrapHost, nodeAddresses = [] }: KubernetesListenerSpec): readonly string[] {
  if (bootstrapHost !== undefined) return [bootstrapHost];
  return host.includes('{') ? nodeAddresses : [host];
}
