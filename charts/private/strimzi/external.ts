import {
  NODE_IP,
  type EnvironmentModel,
  type ExternalListenerModel,
  type ListenerModel,
} from '../../../lib/core/model';
import { present } from './object';

const HOSTNAME = 'external-dns.alpha.kubernetes.io/hostname';

const TYPES: Readonly<Record<ExternalListenerModel['expose'], string>> = {
  'load-balancer': 'loadbalancer',
  'node-port': 'nodeport',
  'tls-route': 'tlsroute',
};

/** `type` of a listener. */
export function listenerType({ external }: ListenerModel): string {
  return external === undefined ? 'internal' : TYPES[external.expose];
}

/** How clients outside reach a listener: addresses as the plain manifests advertise them, so that clients keep theirs. */
export function externalConfiguration(model: EnvironmentModel, listener: ListenerModel): Record<string, unknown> {
  const { external } = listener;
  if (external === undefined) return {};
  const { expose, settings, bootstrap } = external;
  const route = expose === 'tls-route';
  const brokers = model.nodes.flatMap(({ id, advertised }) => {
    const address = advertised?.[listener.kafkaName];
    if (address === undefined) return [];
    return [
      present({
        broker: id,
        host: route ? address.host : undefined,
        // The address of the node that a pod runs on is what the operator finds out by itself.
        advertisedHost: route || address.host === NODE_IP ? undefined : address.host,
        nodePort: expose === 'node-port' ? address.port : undefined,
        annotations: annotations(external, address.host),
      }),
    ];
  });
  const [begin] = bootstrap;
  return (
    present({
      class: settings.loadBalancerClass,
      externalTrafficPolicy: expose === 'load-balancer' ? 'Local' : undefined,
      allocateLoadBalancerNodePorts: settings.nodePorts === 'none' ? false : undefined,
      loadBalancerSourceRanges: expose === 'load-balancer' ? settings.sourceRanges : undefined,
      createBootstrapService: expose === 'load-balancer' && begin === undefined ? false : undefined,
      preferredNodePortAddressType: settings.host === NODE_IP ? 'InternalIP' : undefined,
      parentRefs: route ? parents(external) : undefined,
      bootstrap:
        begin === undefined
          ? undefined
          : present({
              host: route ? begin.host : undefined,
              nodePort: expose === 'node-port' ? begin.port : undefined,
              alternativeNames: route ? undefined : bootstrap.map(({ host }) => host),
              annotations: annotations(external, begin.host),
            }),
      brokers,
    }) ?? {}
  );
}

function parents({ settings }: ExternalListenerModel): unknown {
  const { gateway } = settings;
  if (gateway === undefined) return undefined;
  const { name, namespace, section } = gateway;
  return [present({ name, namespace, sectionName: section })];
}

/** A route carries its name itself, and the records of nodes are none of a Service's. */
function annotations({ expose, settings }: ExternalListenerModel, host: string): Record<string, string> | undefined {
  const named = expose === 'load-balancer' && settings.dnsRecords !== 'own';
  return present({ ...(named ? { [HOSTNAME]: host } : {}), ...settings.annotations }) as
    Record<string, string> | undefined;
}

/** Who may connect; undefined lets everybody. */
export function externalPeers({ external }: ListenerModel): unknown[] | undefined {
  const { expose, settings } = external!;
  const { gateway } = settings;
  if (expose === 'tls-route') {
    const namespace = gateway?.proxyNamespace ?? gateway?.namespace;
    const labels = gateway?.proxyLabels;
    return [
      present({
        namespaceSelector:
          namespace === undefined ? undefined : { matchLabels: { 'kubernetes.io/metadata.name': namespace } },
        podSelector: { matchLabels: labels ?? {} },
      }),
    ];
  }
  const ranges = settings.proxyRanges ?? settings.sourceRanges;
  return ranges?.map((cidr) => ({ ipBlock: { cidr } }));
}
