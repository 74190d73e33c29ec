import type { ISecurityGroup } from 'aws-cdk-lib/aws-ec2';

/** Attributes of a self-managed cluster that another stack made. */
export interface Ec2KafkaClusterAttributes {
  /** Name of the cluster. */
  readonly clusterName: string;
  /** Bootstrap servers by authentication, in the words of environment files, for example `{ 'scram-sha-512': 'b-0.kafka.internal:9092' }`. */
  readonly bootstrapServers: Record<string, string>;
  /**
   * Security groups of the nodes.
   *
   * @default - none; `connections` then changes nothing
   */
  readonly securityGroups?: ISecurityGroup[];
}
