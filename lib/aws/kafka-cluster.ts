import type { IConnectable } from 'aws-cdk-lib/aws-ec2';
import type { IConstruct } from 'constructs';
import type { ClientAuthentication } from './client-authentication';
import type { KafkaGrants } from './kafka-grants';

/** An Apache Kafka cluster on AWS, managed by the service or by this kit, ours or imported. */
export interface IKafkaCluster extends IConstruct, IConnectable {
  /** How clients of the cluster prove who they are. */
  readonly clientAuthentications: ClientAuthentication[];

  /**
   * Rights of clients on topics, groups and transactional ids: policies of AWS identities on Amazon MSK, a user with a password and ACLs on
   * EC2.
   */
  readonly grants: KafkaGrants;

  /**
   * Addresses that clients start from, comma-separated, for the listener with this authentication.
   *
   * Throws where the cluster has no such listener.
   */
  bootstrapServers(via: ClientAuthentication): string;
}
