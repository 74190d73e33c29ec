import type { EnvironmentModel } from '../../lib/core/model';
import { modelOfFile, modelOfText } from './environments';
import { kubernetesText } from './manifests';
import { MIRROR, mirrorsText, sourceText } from './mirror-environments';

const POD = `image: 'registry.example/app@sha256:${'a'.repeat(64)}', principal: app, ports: { http: 8080 }, probes: { startup: { port: 8080 }, readiness: { path: /ready, port: 8080 }, liveness: { path: /live, port: 8080 } }`;

/** Every environment on Kubernetes, and variants that render otherwise: schemas, kube-score and the policy of pods look at all of them. */
export const KUBERNETES_CASES: readonly [title: string, model: EnvironmentModel][] = [
  ['staging', modelOfFile('staging')],
  [
    'combined nodes with several disks and the zone of their pod',
    modelOfText(
      kubernetesText({
        version: '1.35',
        pools: '{ nodes: { roles: [broker, controller], replicas: 3, volumes: [{ size: 1GiB }, { size: 1GiB }] } }',
        settings: 'rackSource: pod-zone-label',
        more: 'connect: {}',
      }),
    ),
  ],
  [
    'no metrics and certificates of others',
    modelOfText(kubernetesText({ settings: 'certificates: secret', more: 'monitoring: { metrics: false }' })),
  ],
  [
    'applications that scale by lag and processor time, keep stores, and write exactly once',
    modelOfText(
      kubernetesText({
        more: `topics: { orders: { partitions: 12 }, invoices: { partitions: 3 } }
principals:
  app: { listener: internal, consume: { topics: [orders], groups: [app] }, produce: { topics: [invoices], transactionalIds: [app-*] } }
applications:
  reader: { ${POD}, consume: { topics: [orders], group: app }, autoscaling: { maxReplicas: 12, lag: 500, cpu: 0.7 } }
  writer: { ${POD}, produce: { topics: [invoices], transactionalIdPrefix: app- }, deliveryGuarantee: exactly-once }
  totals: { ${POD}, streams: { applicationId: totals, consume: [orders], produce: [invoices], state: { size: 1GiB } } }`,
      }),
    ),
  ],
  [
    'mirrors of another environment and of servers that are not known',
    modelOfText(
      mirrorsText(
        `{ dc1: ${MIRROR}, far: { source: { bootstrapServers: 'far.example:9093', authentication: mtls }, topics: ['*'] } }`,
        'drift: { schedule: "0 3 * * *" }',
      ).replace(
        "images: { kafka: 'registry.example/kafka:4.3.1' }",
        "images: { kafka: 'registry.example/kafka:4.3.1', tools: 'registry.example/tools:1.0.0' }",
      ),
      { files: { 'dc1.yaml': sourceText() } },
    ),
  ],
];
