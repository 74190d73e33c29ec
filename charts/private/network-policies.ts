import type { Construct } from 'constructs';
import { k8s } from 'cdk8s-plus-27';
import {
  applicationName,
  connectName,
  runsWorkers,
  type ApplicationModel,
  type EnvironmentModel,
  type ExternalListenerModel,
  type NodeModel,
} from '../../lib/core/model';
import {
  ADMIN_LABEL,
  APPLICATION_CLIENT_LABEL,
  applicationSelector,
  BROKER_LABEL,
  CLIENT_LABEL,
  CONNECT_CLIENT_LABEL,
  objectLabels,
  selectorLabels,
  sourceLabel,
  workerWorkload,
  type Labels,
  type Workload,
} from './labels';
import { connectScalingListeners } from './connect-scaling';

const tcp = (port: number): k8s.NetworkPolicyPort => ({ port: k8s.IntOrString.fromNumber(port), protocol: 'TCP' });
const unique = (ports: number[]): k8s.NetworkPolicyPort[] => [...new Set(ports)].map(tcp);
const pods = (matchLabels: Labels): k8s.NetworkPolicyPeer => ({ podSelector: { matchLabels } });
const podsAnywhere = (matchLabels: Labels): k8s.NetworkPolicyPeer => ({
  ...pods(matchLabels),
  namespaceSelector: {},
});

/** Name resolution, wherever it runs: some clusters have it on every host. */
const DNS: k8s.NetworkPolicyEgressRule = {
  ports: [{ port: k8s.IntOrString.fromNumber(53), protocol: 'UDP' }, tcp(53)],
};
/** As the charts and the operator of Prometheus label its pods. */
const PROMETHEUS = podsAnywhere({ 'app.kubernetes.io/name': 'prometheus' });
/** As its chart and its manifests label the pods of its operator. */
const KEDA = podsAnywhere({ app: 'keda-operator' });

/** Nothing reaches the nodes, and they reach nothing, but for what is here. */
export function addNodeNetworkPolicies(scope: Construct, model: EnvironmentModel): void {
  const nodes = pods(selectorLabels(model, 'kafka'));
  const internal = model.internalListeners!;
  const metricsPorts = model.nodes.flatMap(({ metricsPort }: NodeModel) => metricsPort ?? []);
  // Nodes read each other's metrics: a rollout goes on when the others say so.
  const internalPorts = unique([internal.controller.port, internal.replication.port, ...metricsPorts]);
  const policy = policies(scope, model, 'kafka');
  policy(`${model.name}-nodes`, selectorLabels(model, 'kafka'), {
    policyTypes: ['Ingress', 'Egress'],
    ingress: [
      { from: [nodes], ports: internalPorts },
      { from: [pods({ [ADMIN_LABEL]: model.name })], ports: unique([internal.replication.port]) },
      ...metrics(metricsPorts),
    ],
    egress: [{ to: [nodes], ports: internalPorts }, DNS, ...tokenIssuers(model)],
  });
  policy(
    `${model.name}-clients`,
    { ...selectorLabels(model, 'kafka'), [BROKER_LABEL]: 'true' },
    {
      policyTypes: ['Ingress'],
      ingress: [
        {
          // The reconciler tries whether passwords are in force.
          from: [
            podsAnywhere({ [CLIENT_LABEL]: model.name }),
            podsAnywhere({ [sourceLabel(model.name)]: 'true' }),
            pods({ ...selectorLabels(model, 'kafka-reconciler'), [ADMIN_LABEL]: model.name }),
          ],
          ports: unique(model.listeners.map(({ port }) => port)),
        },
      ],
    },
  );
  addExternalPolicies(scope, model);
}

/** Clients outside come from addresses, or through the pods of a Gateway; where nothing says from which, from anywhere. */
function addExternalPolicies(scope: Construct, model: EnvironmentModel): void {
  const brokers = { ...selectorLabels(model, 'kafka'), [BROKER_LABEL]: 'true' };
  for (const listener of model.listeners) {
    if (listener.external === undefined) continue;
    const from = outsidePeers(model, listener.external);
    policies(scope, model, 'kafka')(`${model.name}-${listener.name}-outside`, brokers, {
      policyTypes: ['Ingress'],
      ingress: [{ ...(from.length === 0 ? {} : { from }), ports: unique([listener.port]) }],
    });
  }
}

function outsidePeers(model: EnvironmentModel, { expose, settings }: ExternalListenerModel): k8s.NetworkPolicyPeer[] {
  const { gateway, sourceRanges, proxyRanges } = settings;
  if (expose !== 'tls-route') return (proxyRanges ?? sourceRanges ?? []).map((cidr) => ({ ipBlock: { cidr } }));
  const namespace = gateway?.proxyNamespace ?? gateway?.namespace ?? model.spec.targets!.kubernetes!.namespace;
  return [
    {
      namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': namespace } },
      ...(gateway?.proxyLabels === undefined ? {} : { podSelector: { matchLabels: { ...gateway.proxyLabels } } }),
    },
  ];
}

/** Workers reach out to whatever their connectors copy from and to, which nobody but the connectors knows. */
export function addConnectNetworkPolicy(scope: Construct, model: EnvironmentModel): void {
  const { restPort, metricsPort } = model.connect!;
  const workload = workerWorkload(model);
  const workers = selectorLabels(model, workload);
  policies(scope, model, workload)(connectName(model), workers, {
    policyTypes: ['Ingress', 'Egress'],
    ingress: [
      { from: [pods(workers), podsAnywhere({ [CONNECT_CLIENT_LABEL]: model.name })], ports: unique([restPort]) },
      ...metrics(metricsPort === undefined ? [] : [metricsPort]),
    ],
    egress: [{}],
  });
  letKedaIn(scope, model, {
    name: connectName(model),
    ports: connectScalingListeners(model).map(({ port }) => port),
    workload,
  });
}

/**
 * The reconciler speaks to brokers as their administrator, to the workers of `model`, and to nobody else; nobody speaks to it. Policies of
 * one pod add up: the workers of mirrors have one more.
 */
export function addReconcilerNetworkPolicy(scope: Construct, model: EnvironmentModel, name: string): void {
  policies(scope, model, 'kafka-reconciler')(name, selectorLabels(model, 'kafka-reconciler'), {
    // Both, with openings for one only: nobody reaches it.
    policyTypes: ['Ingress', 'Egress'],
    egress: [
      ...(model.brokersElsewhere === undefined
        ? [
            {
              to: [pods(selectorLabels(model, 'kafka'))],
              ports: unique([model.internalListeners!.replication.port, ...model.listeners.map(({ port }) => port)]),
            },
          ]
        : []),
      ...(runsWorkers(model)
        ? [{ to: [pods(selectorLabels(model, workerWorkload(model)))], ports: unique([model.connect!.restPort]) }]
        : []),
      DNS,
    ],
  });
}

/** It asks brokers as their administrator and looks at the certificates that they show; Prometheus asks it. */
export function addExporterNetworkPolicy(
  scope: Construct,
  model: EnvironmentModel,
  { name, port }: { readonly name: string; readonly port: number },
): void {
  policies(scope, model, 'kafka-exporter')(name, selectorLabels(model, 'kafka-exporter'), {
    policyTypes: ['Ingress', 'Egress'],
    ingress: metrics([port]),
    egress: [
      { to: [pods(selectorLabels(model, 'kafka'))], ports: unique([model.internalListeners!.replication.port]) },
      DNS,
    ],
  });
}

/** Applications reach out to whatever they work with; nobody reaches them, but for who may ask their ports. KEDA asks brokers for their lag. */
export function addApplicationNetworkPolicies(scope: Construct, model: EnvironmentModel): void {
  for (const application of model.applications) {
    const ports = Object.values(application.ports);
    const name = applicationName(model, application.name);
    policies(scope, model, 'kafka-application')(name, applicationSelector(model, application), {
      policyTypes: ['Ingress', 'Egress'],
      ...(ports.length === 0
        ? {}
        : {
            ingress: [
              {
                from: [
                  pods(applicationSelector(model, application)),
                  podsAnywhere({ [APPLICATION_CLIENT_LABEL]: name }),
                  PROMETHEUS,
                ],
                ports: unique(ports),
              },
            ],
          }),
      egress: [{}],
    });
    addScalerNetworkPolicy(scope, model, application);
  }
}

function addScalerNetworkPolicy(scope: Construct, model: EnvironmentModel, application: ApplicationModel): void {
  const keda = model.spec.targets!.kubernetes!.autoscaling?.by === 'keda';
  if (!keda || application.autoscaling?.lag === undefined) return;
  const { port } = model.listeners.find(({ name }) => name === application.listener)!;
  letKedaIn(scope, model, {
    name: applicationName(model, application.name),
    ports: [port],
    workload: 'kafka-application',
  });
}

interface KedaPolicy {
  readonly name: string;
  readonly ports: readonly number[];
  readonly workload: Workload;
}

/** To the brokers, where they are here. */
function letKedaIn(scope: Construct, model: EnvironmentModel, { name, ports, workload }: KedaPolicy): void {
  if (model.brokersElsewhere !== undefined || ports.length === 0) return;
  policies(scope, model, workload)(
    `${name}-keda`,
    { ...selectorLabels(model, 'kafka'), [BROKER_LABEL]: 'true' },
    { policyTypes: ['Ingress'], ingress: [{ from: [KEDA], ports: unique([...ports]) }] },
  );
}

function policies(scope: Construct, model: EnvironmentModel, workload: Workload) {
  return (name: string, matchLabels: Labels, spec: Omit<k8s.NetworkPolicySpec, 'podSelector'>): void => {
    new k8s.KubeNetworkPolicy(scope, `NetworkPolicy-${name}`, {
      metadata: {
        name,
        namespace: model.spec.targets!.kubernetes!.namespace,
        labels: objectLabels(model, workload),
      },
      spec: { podSelector: { matchLabels }, ...spec },
    });
  };
}

function metrics(ports: number[]): k8s.NetworkPolicyIngressRule[] {
  return ports.length === 0 ? [] : [{ from: [PROMETHEUS], ports: unique(ports) }];
}

/** Brokers fetch the keys that tokens are checked with. */
function tokenIssuers(model: EnvironmentModel): k8s.NetworkPolicyEgressRule[] {
  const ports = [...model.brokerConfig].flatMap(([option, { value }]) => {
    if (!option.endsWith('sasl.oauthbearer.jwks.endpoint.url') || !URL.canParse(value)) return [];
    const { port, protocol } = new URL(value);
    return [port === '' ? (protocol === 'http:' ? 80 : 443) : Number(port)];
  });
  return ports.length === 0 ? [] : [{ ports: unique(ports) }];
}
