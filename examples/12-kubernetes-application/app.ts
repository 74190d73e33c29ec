import { App, Size } from 'cdk8s';
import {
  DeliveryGuarantee,
  KafkaChart,
  KafkaVersion,
  NodePool,
  StreamAppChart,
  StreamAppProbe,
  StreamAppScaler,
} from 'kafka-deployment-kit/charts';

const app = new App();
const events = new KafkaChart(app, 'events', {
  namespace: 'kafka',
  kafkaVersion: KafkaVersion.V4_3,
  kubernetesVersion: '1.34',
  image: `registry.example.com/kafka@sha256:${'0'.repeat(64)}`,
  nodePools: [
    NodePool.controllers({ replicas: 3, volumes: [Size.gibibytes(20)] }),
    NodePool.brokers('brokers', { replicas: 3, volumes: [Size.gibibytes(500)], memory: Size.gibibytes(16) }),
  ],
});
new StreamAppChart(app, 'billing', {
  cluster: events,
  image: `registry.example.com/billing@sha256:${'0'.repeat(64)}`,
  topics: { orders: 12, invoices: 12 },
  consume: { topics: ['orders'], group: 'billing' },
  produce: { topics: ['invoices'], transactionalIdPrefix: 'billing-' },
  deliveryGuarantee: DeliveryGuarantee.EXACTLY_ONCE,
  autoscaling: { maxReplicas: 12, lag: 1000, scaler: StreamAppScaler.KEDA },
  ports: { http: 8080 },
  readinessProbe: StreamAppProbe.http('/ready', 8080),
  livenessProbe: StreamAppProbe.http('/live', 8080),
});
new StreamAppChart(app, 'totals', {
  cluster: events,
  image: `registry.example.com/totals@sha256:${'0'.repeat(64)}`,
  topics: { orders: 12, totals: 12 },
  streams: { applicationId: 'totals', consume: ['orders'], produce: ['totals'], stateSize: Size.gibibytes(10) },
  replicas: 3,
  readinessProbe: StreamAppProbe.http('/ready', 8080),
  livenessProbe: StreamAppProbe.http('/live', 8080),
});
app.synth();
