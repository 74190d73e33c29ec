import { readdirSync, readFileSync } from 'node:fs';
import { stringify } from 'yaml';
import { renderKubernetes } from '../../charts/render';
import type { EnvironmentModel } from '../../lib/core/model';
import { modelOfFile, modelOfText as modelOf } from './environments';
import { exampleObjects, kubernetesExamples } from './kubernetes-examples';
import { kubernetesText, Manifests, ManifestList, type KubernetesText } from './manifests';
import { MIRROR, mirrorsText, sourceText } from './mirror-environments';
import { BASES } from './rule-cases';

export interface KubernetesCase {
  readonly title: string;
  readonly manifests: ManifestList;
  /** Minor of the oldest Kubernetes that has what it uses. */
  readonly from: number;
}

const DIGEST = `@sha256:${'a'.repeat(64)}`;
const IMAGE = `registry.example/app${DIGEST}`;
const POD = `image: '${IMAGE}', principal: app, ports: { http: 8080 }, probes: { startup: { port: 8080 }, readiness: { path: /ready, port: 8080 }, liveness: { path: /live, port: 8080 } }`;
const APPLICATIONS = `topics: { orders: { partitions: 12 }, invoices: { partitions: 3 } }
principals:
  app: { listener: internal, consume: { topics: [orders], groups: [app] }, produce: { topics: [invoices], transactionalIds: [app-*] } }
applications:
  reader: { ${POD}, consume: { topics: [orders], group: app }, autoscaling: { maxReplicas: 12, lag: 500, cpu: 0.7 } }
  writer: { ${POD}, produce: { topics: [invoices], transactionalIdPrefix: app- }, deliveryGuarantee: exactly-once }
  totals: { ${POD}, streams: { applicationId: totals, consume: [orders], produce: [invoices], state: { size: 1GiB } } }`;
const CONNECT = `topics: { orders: {} }
principals: { sink: { listener: internal, consume: { topics: [orders], groups: [connect-*] } } }
secrets: { db: { id: orders-db } }
connect:
  plugins: { jdbc: { maven: 'org.example:sink:1.0.0' } }
  connectors:
    orders: { plugin: jdbc, class: org.example.Sink, tasksMax: 3, principal: sink, config: { topics: orders },
      secretConfig: { database.password: { secret: db, key: password } } }`;
const TOOLS = "images: { kafka: 'registry.example/kafka:4.3.1', tools: 'registry.example/tools:1.0.0' }";
const OFFICIAL = (delivery: string): string =>
  `images: { kafka: 'apache/kafka:4.3.1', tools: 'registry.example/tools:1.0.0', jmxExporter: { image: 'registry.example/tools:1.0.0', delivery: ${delivery} }, plugins: { jdbc: { image: 'registry.example/jdbc:1.0.0', delivery: ${delivery} } } }`;

/** With every image by digest, as in production. */
const modelOfText: typeof modelOf = (yaml, extra) =>
  modelOf(yaml.replace(/(registry\.example\/[\w-]+|apache\/kafka):[\d.]+/g, `$&${DIGEST}`), extra);

/** Environments of the repository that are on Kubernetes. */
const ENVIRONMENTS = readdirSync('environments').filter(
  (file) => file.endsWith('.yaml') && /^target: kubernetes$/m.test(readFileSync(`environments/${file}`, 'utf8')),
);

const outside = (settings: string): EnvironmentModel =>
  modelOfText(
    kubernetesText({
      listeners: '{ internal: { authentication: scram-sha-512 }, vendors: { authentication: mtls } }',
      settings: `listeners: { vendors: { ${settings} } }`,
    }),
  );

/** A text whose images are others than those of `kubernetesText`. */
const withImages = (images: string, text: KubernetesText): EnvironmentModel =>
  modelOfText(kubernetesText(text).replace("images: { kafka: 'registry.example/kafka:4.3.1' }", images));

/** Workers of Connect here, for brokers of another target. */
const podsFor = (base: 'msk' | 'hosts'): EnvironmentModel =>
  modelOfText(
    stringify({
      name: 'pods',
      target: 'kubernetes',
      brokers: { environment: './brokers.yaml' },
      targets: {
        kubernetes: { version: '1.34', namespace: 'apps', images: { kafka: 'registry.example/kafka:4.3.1' } },
      },
    }),
    { files: { 'brokers.yaml': `${BASES[base]}connect: { runtime: { environment: pods }, replicas: 2 }\n` } },
  );

const MODELS: readonly [title: string, model: () => EnvironmentModel, from?: number][] = [
  ...ENVIRONMENTS.map((file): [string, () => EnvironmentModel] => [
    `the environment ${file}`,
    () => modelOfFile(file.replace(/\.yaml$/, '')),
  ]),
  [
    'combined nodes with several disks and the zone of their pod',
    () =>
      modelOfText(
        kubernetesText({
          version: '1.35',
          pools: '{ nodes: { roles: [broker, controller], replicas: 3, volumes: [{ size: 1GiB }, { size: 1GiB }] } }',
          settings: 'rackSource: pod-zone-label',
          more: 'connect: {}',
        }),
      ),
    35,
  ],
  [
    'no metrics and certificates of others',
    () => modelOfText(kubernetesText({ settings: 'certificates: secret', more: 'monitoring: { metrics: false }' })),
  ],
  [
    'a listener with tokens and one that asks nobody',
    () =>
      modelOfText(
        kubernetesText({
          listeners: '{ internal: { authentication: oauthbearer }, open: { authentication: none } }',
          more: 'topics: { orders: {} }',
        }).replace(
          "kafka: { version: '4.3' }",
          "kafka: { version: '4.3', config: { sasl.oauthbearer.jwks.endpoint.url: 'https://id.example/keys', sasl.oauthbearer.expected.audience: kafka } }",
        ),
      ),
  ],
  [
    'pods that are told where to run and what they get',
    () =>
      modelOfText(
        kubernetesText({
          settings: `pods: { brokers: { cpu: { request: 500m, limit: "2" }, priorityClass: kafka, nodeSelector: { disk: nvme },
            tolerations: [{ key: dedicated, value: kafka, effect: NoSchedule }, {}], evictAfter: 1h, hosts: one-each,
            annotations: { example.com/note: a text }, labels: { example.com/team: data }, readyFor: 65s } }`,
        }),
      ),
  ],
  [
    'a load balancer for each broker',
    () =>
      outside("expose: load-balancer, host: 'b{id}.kafka.example.org', bootstrapHost: kafka.example.org, port: 9443"),
  ],
  [
    'node ports',
    () =>
      outside(
        "expose: node-port, host: '{nodeIp}', firstNodePort: 30000, bootstrapNodePort: 30099, nodeAddresses: [10.0.0.1]",
      ),
  ],
  [
    'routes of a gateway, with a certificate of its own',
    () =>
      outside(
        "expose: tls-route, host: 'b{id}.kafka.example.org', bootstrapHost: kafka.example.org, gateway: { name: edge, namespace: gateways }, issuer: { name: company }",
      ),
  ],
  [
    'connectors with an autoscaler, restarts, drift and a plugin that is copied',
    () =>
      withImages(OFFICIAL('init-container'), {
        more: CONNECT,
        settings:
          'drift: { schedule: "0 3 * * *", timeZone: Europe/Berlin }, connect: { autoscaling: { maxReplicas: 3 }, restart: { attempts: 5 } }',
      }),
  ],
  [
    'connectors that KEDA scales by their lag',
    () =>
      modelOfText(
        kubernetesText({
          more: CONNECT,
          settings: 'autoscaling: { by: keda }, connect: { autoscaling: { maxReplicas: 3, lag: 1000 } }',
        }),
      ),
  ],
  [
    'an exporter and a plugin that are mounted as images',
    () => withImages(OFFICIAL('image-volume'), { more: CONNECT, version: '1.35' }),
    35,
  ],
  [
    'applications that scale by lag and processor time, keep stores, and write exactly once',
    () => modelOfText(kubernetesText({ more: APPLICATIONS })),
  ],
  [
    'applications that KEDA scales',
    () => modelOfText(kubernetesText({ more: APPLICATIONS, settings: 'autoscaling: { by: keda }' })),
  ],
  [
    'mirrors of another environment and of servers that are not known',
    () =>
      modelOfText(
        mirrorsText(
          `{ dc1: ${MIRROR}, far: { source: { bootstrapServers: 'far.example:9093', authentication: mtls }, topics: ['*'] } }`,
          'drift: { schedule: "0 3 * * *" }',
        ).replace("images: { kafka: 'registry.example/kafka:4.3.1' }", TOOLS),
        { files: { 'dc1.yaml': sourceText() } },
      ),
  ],
  ['workers for brokers on Amazon MSK', () => podsFor('msk')],
  ['workers for brokers on hosts', () => podsFor('hosts')],
];

/**
 * Every environment and example on Kubernetes, and variants that render otherwise: schemas, kube-score, checkov and the policy of pods look
 * at all of them.
 */
export function kubernetesCases(): KubernetesCase[] {
  return [
    ...MODELS.map(([title, model, from = 30]) => ({ title, from, manifests: new Manifests(model()) })),
    ...kubernetesExamples().map((name) => ({
      title: `the example ${name}`,
      from: 30,
      manifests: new ManifestList(exampleObjects(name)),
    })),
  ];
}

/** Files as `kdk render` writes them, from the objects of a case. */
export function filesOf({ manifests }: KubernetesCase): { readonly path: string; readonly content: string }[] {
  return manifests instanceof Manifests
    ? renderKubernetes(manifests.model)
    : manifests.all.map((object) => ({
        path: `${object.kind.toLowerCase()}-${object.metadata.name}.yaml`,
        content: stringify(object, { aliasDuplicateObjects: false }),
      }));
}
