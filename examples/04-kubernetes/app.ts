import { App, Size } from 'cdk8s';
import { KafkaChart, KafkaConnectChart, KafkaListener, KafkaVersion, NodePool } from 'kafka-deployment-kit/charts';

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
  listeners: [KafkaListener.scram('internal')],
});
new KafkaConnectChart(app, 'connect', {
  cluster: events,
  plugins: { 'debezium-pg': 'io.debezium:debezium-connector-postgres:3.6.0.Final' },
  connectors: {
    orders: {
      plugin: 'debezium-pg',
      connectorClass: 'io.debezium.connector.postgresql.PostgresConnector',
      config: { 'topic.prefix': 'shop', 'database.hostname': 'orders-db', 'database.dbname': 'shop' },
      secretConfig: { 'database.password': { secretName: 'orders-db', key: 'password' } },
    },
  },
});
app.synth();
