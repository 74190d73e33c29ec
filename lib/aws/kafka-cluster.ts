import type { IConnectable } from 'aws-cdk-lib/aws-ec2';
import type { IConstruct } from 'constructs';
import type { ClientAuthentication } from './client-authentication';

/** An Apache Kafka cluster on AWS, managed by the service or by this kit, ours or imported. */
export interface IKafkaCluster extends IConstruct, IConnectable {
  /**
   * Addresses that clients start from, comma-separated, for the listener with this authentication.
   *
   * Throws where the cluster has no such listener.
   */
  bootstrapServers(via: ClientAuthentication): string;
}
