import * as z from 'zod';
import { labelValue, metadataKey, namespaceName } from './kubernetes-name';
import { line, listenerName, port } from './scalar';

const issuer = z
  .strictObject({
    name: line('issuer', 253).describe('Name of the issuer of cert-manager.'),
    kind: z.enum(['Issuer', 'ClusterIssuer']).optional().describe('Issuer or ClusterIssuer. Default: ClusterIssuer.'),
    group: line('API group', 253)
      .optional()
      .describe('API group, for an external issuer such as that of AWS Private CA. Default: cert-manager.io.'),
  })
  .describe('Who signs the certificate of this listener. Default: the authority of the environment.');

const gateway = z
  .strictObject({
    name: line('gateway', 253).describe('Name of the Gateway, which has a TLS listener in mode Passthrough.'),
    namespace: namespaceName().optional().describe('Namespace of the Gateway. Default: that of the environment.'),
    section: line('listener of a gateway', 253)
      .optional()
      .describe("Name of the Gateway's listener. Default: every one that fits."),
    apiVersion: z
      .enum(['v1', 'v1alpha3', 'v1alpha2'])
      .optional()
      .describe('Version of TLSRoute: v1 from Gateway API 1.5 on, before that an experimental one. Default: v1.'),
    proxyNamespace: namespaceName()
      .optional()
      .describe('Namespace of the pods that forward connections. Default: that of the Gateway.'),
    proxyLabels: z
      .record(metadataKey(), labelValue())
      .optional()
      .describe('Labels of the pods that forward connections. Default: all pods of that namespace.'),
  })
  .describe('The Gateway that routes attach to.');

const listener = z
  .strictObject({
    expose: z
      .enum(['load-balancer', 'node-port', 'tls-route'])
      .describe(
        'How clients outside reach brokers: a load balancer a broker, a port of every node a broker, or one Gateway for all by the name that clients ask for (SNI).',
      ),
    host: line('host template', 253).describe(
      'Name of a broker, with {id}, {ordinal}, {pool} and {rack} in it, for example b{id}.kafka.example.org; for node-port also one name for all nodes, or {nodeIp}, the address of the node that a pod runs on.',
    ),
    bootstrapHost: line('host', 253)
      .optional()
      .describe('Name that clients begin with. Default for node-port: host, or nodeAddresses; else none.'),
    port: port()
      .optional()
      .describe('Port of load balancers. Default: that of the listener. Routes are at 443, node ports at their own.'),
    firstNodePort: port().optional().describe('Node port of a broker is this plus its node.id, 30000 to 32767.'),
    bootstrapNodePort: port().optional().describe('Node port that clients begin with.'),
    nodeAddresses: z
      .array(line('address', 253))
      .min(1)
      .optional()
      .describe(
        'Addresses of the Kubernetes nodes, for host {nodeIp}: certificates name them, and clients begin there.',
      ),
    loadBalancerClass: line('class of load balancers', 253)
      .optional()
      .describe(
        'Class of load balancers, for example service.k8s.aws/nlb. Default: the one of the Kubernetes cluster.',
      ),
    nodePorts: z
      .enum(['allocate', 'none'])
      .optional()
      .describe('none: load balancers reach pods directly, and take no node ports. Default: allocate.'),
    dnsRecords: z
      .enum(['external-dns', 'own'])
      .optional()
      .describe('Who makes the records of the hosts: external-dns, by an annotation, or you. Default: external-dns.'),
    annotations: z
      .record(metadataKey(), z.string().max(65536))
      .optional()
      .describe('Annotations of the Services or routes, for the controller that serves them.'),
    sourceRanges: z
      .array(line('address range', 43))
      .min(1)
      .optional()
      .describe('Addresses that may connect, in CIDR notation. Default: any.'),
    proxyRanges: z
      .array(line('address range', 43))
      .min(1)
      .optional()
      .describe(
        'Addresses that load balancers speak from, where they hide those of clients: network policies go by them. Default: sourceRanges.',
      ),
    gateway: gateway.optional(),
    issuer: issuer.optional(),
    certificate: line('Secret', 253)
      .optional()
      .describe(
        'Secret with tls.crt and tls.key (PKCS #8) for this listener only. Default: made by cert-manager, or that of the nodes.',
      ),
  })
  .describe('How a listener is reached from outside the Kubernetes cluster.');

export const kubernetesListeners = z
  .record(listenerName(), listener)
  .describe('Listeners for clients outside the Kubernetes cluster, by their name in listeners.');

export type KubernetesListenerSpec = z.output<typeof listener>;
