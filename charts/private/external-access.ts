import type { Construct } from 'constructs';
import { ApiObject } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';
import {
  bootstrapServiceName,
  brokerServiceName,
  NODE_IP,
  type EnvironmentModel,
  type ExternalListenerModel,
  type ListenerModel,
} from '../../lib/core/model';
import { objectLabels, selectorLabels } from './labels';
import { portName } from './node-stateful-set';

const HOSTNAME = 'external-dns.alpha.kubernetes.io/hostname';

/** One Service a broker for each listener that is reached from outside, and routes to them where a Gateway does it. */
export function addBrokerServices(scope: Construct, model: EnvironmentModel): void {
  const { namespace } = model.spec.targets!.kubernetes!;
  const labels = objectLabels(model, 'kafka');
  for (const listener of model.listeners) {
    const { external } = listener;
    if (external === undefined) continue;
    for (const node of model.nodes) {
      const address = node.advertised?.[listener.kafkaName];
      if (address === undefined) continue;
      const name = brokerServiceName(node, listener);
      new k8s.KubeService(scope, `Service-${name}`, {
        metadata: { name, namespace, labels, ...hostAnnotations(external, address.host) },
        spec: {
          ...exposure(external),
          // Leaders are reached by clients while their other replicas still catch up, inside as well as outside.
          publishNotReadyAddresses: true,
          selector: { ...selectorLabels(model, 'kafka'), 'statefulset.kubernetes.io/pod-name': node.name },
          ports: [servicePort(listener, address.port)],
        },
      });
      if (external.expose === 'tls-route') addRoute(scope, model, { name, host: address.host, listener });
    }
    const [begin] = external.bootstrap;
    if (external.expose === 'tls-route' && begin !== undefined) {
      addRoute(scope, model, { name: bootstrapServiceName(model, listener), host: begin.host, listener });
    }
  }
}

/** What makes the Service that clients begin with reachable from outside. */
export function bootstrapExposure(listener: ListenerModel): {
  readonly metadata: Pick<k8s.ObjectMeta, 'annotations'>;
  readonly spec: Pick<k8s.ServiceSpec, 'type' | 'externalTrafficPolicy'>;
  readonly port: k8s.ServicePort;
} {
  const { external } = listener;
  const [begin] = external?.bootstrap ?? [];
  if (external === undefined || begin === undefined) {
    const { kafkaName, port } = listener;
    return { metadata: {}, spec: {}, port: { name: portName(kafkaName, port), port } };
  }
  return {
    metadata: hostAnnotations(external, begin.host),
    spec: exposure(external),
    port: servicePort(listener, begin.port),
  };
}

function exposure({ expose, settings }: ExternalListenerModel): Partial<k8s.ServiceSpec> {
  switch (expose) {
    case 'load-balancer':
      return {
        type: 'LoadBalancer',
        // Not by way of another node, which would hide who connects.
        externalTrafficPolicy: 'Local',
        ...(settings.loadBalancerClass === undefined ? {} : { loadBalancerClass: settings.loadBalancerClass }),
        ...(settings.nodePorts === 'none' ? { allocateLoadBalancerNodePorts: false } : {}),
        ...(settings.sourceRanges === undefined ? {} : { loadBalancerSourceRanges: [...settings.sourceRanges] }),
      };
    case 'node-port':
      // A name for all nodes leads to any of them, which has to pass the connection on.
      return { type: 'NodePort', ...(settings.host === NODE_IP ? { externalTrafficPolicy: 'Local' } : {}) };
    case 'tls-route':
      return {};
  }
}

function servicePort({ kafkaName, port, external }: ListenerModel, outside: number): k8s.ServicePort {
  const name = portName(kafkaName, port);
  if (external?.expose === 'node-port') return { name, port, nodePort: outside };
  if (external?.expose !== 'load-balancer' || outside === port) return { name, port };
  return { name, port: outside, targetPort: k8s.IntOrString.fromNumber(port) };
}

/** A route carries its name itself, and the records of nodes are none of the Service's. */
function hostAnnotations(
  { expose, settings }: ExternalListenerModel,
  host: string,
): { readonly annotations?: Record<string, string> } {
  if (expose === 'tls-route') return {};
  const named = expose === 'load-balancer' && settings.dnsRecords !== 'own';
  const annotations = { ...(named ? { [HOSTNAME]: host } : {}), ...settings.annotations };
  return Object.keys(annotations).length === 0 ? {} : { annotations };
}

interface Route {
  readonly name: string;
  readonly host: string;
  readonly listener: ListenerModel;
}

/** By the name that a client asks for in its first message of TLS, which the Gateway passes on unopened. */
function addRoute(scope: Construct, model: EnvironmentModel, { name, host, listener }: Route): void {
  const { namespace } = model.spec.targets!.kubernetes!;
  const { gateway, annotations } = listener.external!.settings;
  if (gateway === undefined) return; // a rule reports it
  new ApiObject(scope, `TLSRoute-${name}`, {
    apiVersion: `gateway.networking.k8s.io/${gateway.apiVersion ?? 'v1'}`,
    kind: 'TLSRoute',
    metadata: {
      name,
      namespace,
      labels: objectLabels(model, 'kafka'),
      ...(annotations === undefined ? {} : { annotations }),
    },
    spec: {
      parentRefs: [
        {
          name: gateway.name,
          ...(gateway.namespace === undefined || gateway.namespace === namespace
            ? {}
            : { namespace: gateway.namespace }),
          ...(gateway.section === undefined ? {} : { sectionName: gateway.section }),
        },
      ],
      hostnames: [host],
      rules: [{ backendRefs: [{ name, port: listener.port }] }],
    },
  });
}
