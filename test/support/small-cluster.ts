import { Size } from 'cdk8s';
import { KafkaVersion, NodePool, type KafkaChartProps } from '../../charts';

/** Three controllers and three brokers, with no more said of them than a chart needs. */
export const SMALL_CLUSTER: KafkaChartProps = {
  namespace: 'kafka',
  kafkaVersion: KafkaVersion.V4_3,
  kubernetesVersion: '1.34',
  image: 'registry.example/kafka:4.3.1',
  nodePools: [
    NodePool.controllers({ replicas: 3, volumes: [Size.gibibytes(1)] }),
    NodePool.brokers('brokers', { replicas: 3, volumes: [Size.gibibytes(1)] }),
  ],
};
