import type { IConnectable } from 'aws-cdk-lib/aws-ec2';
import type { Grant, IGrantable } from 'aws-cdk-lib/aws-iam';
import type { ClientAuthentication } from '../aws/client-authentication';
import type { IKafkaCluster } from '../aws/kafka-cluster';
import type { IKafkaNetwork } from '../aws/kafka-network';
import type { Ec2KafkaMetrics } from './ec2-kafka-metrics';

/** A self-managed Apache Kafka cluster on EC2. */
export interface IEc2KafkaCluster extends IKafkaCluster {
  /** Name of the cluster; names of its nodes and secrets come from it. */
  readonly clusterName: string;

  /** Id of the cluster, as its brokers report it. */
  readonly clusterId: string;

  /**
   * Certificate of the authority that the nodes have theirs of, PEM: clients trust it. The parameter `/kafka/NAME/ca.crt` holds it too.
   *
   * Undefined where somebody else makes the certificates.
   */
  readonly certificateAuthority?: string;

  /** What CloudWatch knows of the nodes by itself. */
  readonly metrics: Ec2KafkaMetrics;

  /** The subnets that the nodes live in. */
  readonly network: IKafkaNetwork;

  /**
   * Lets clients in on the port of an authentication; `connections.allowDefaultPortFrom` is that of the first one.
   *
   * @param clients Who connects.
   * @param via How they prove who they are; the cluster has it.
   */
  allowClientsFrom(clients: IConnectable, via: ClientAuthentication): void;

  /**
   * Lets a collector of metrics in, on the port of the JMX exporter of every node.
   *
   * Throws where the nodes have none.
   *
   * @param collector Who scrapes, for example Prometheus.
   */
  allowMonitoringFrom(collector: IConnectable): void;

  /**
   * ARN of the secret of a client that something was granted to: with `username` and `password`, or with `certificate`, `key` and
   * `ca.crt`.
   *
   * Throws where nothing was, and where the client has no secret here.
   *
   * @param client A role, what has a role, or a client that is no AWS identity.
   */
  clientSecretArn(client: IGrantable): string;

  /**
   * Lets a role read the secret of a client that something was granted to.
   *
   * @param client The client.
   * @param reader Who reads its secret; a client that is a role itself may do so already.
   */
  grantClientSecretRead(client: IGrantable, reader: IGrantable): Grant;
}
