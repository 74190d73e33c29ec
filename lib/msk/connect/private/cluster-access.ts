import { Connections, type CfnSecurityGroupIngress, type ISecurityGroup } from 'aws-cdk-lib/aws-ec2';
import type { Construct } from 'constructs';
import type { IKafkaNetwork } from '../../../aws/kafka-network';
import { closedSecurityGroup, letIn } from '../../../aws/private/security-group';
import type { IMskCluster } from '../../msk-cluster-base';

export interface ClusterAccessProps {
  readonly cluster: IMskCluster;
  readonly network: IKafkaNetwork;
  readonly securityGroups?: ISecurityGroup[];
  readonly port: number;
  /** For people. */
  readonly description: string;
}

export interface ClusterAccess {
  readonly securityGroups: ISecurityGroup[];
  readonly connections: Connections;
  /** What lets the client in. Who connects while it is made has to wait for these. */
  readonly ingress: CfnSecurityGroupIngress[];
}

/** Security groups of a client that the service runs in the network, let in by the brokers on one port. */
export function clusterAccess(scope: Construct, props: ClusterAccessProps): ClusterAccess {
  const { cluster, network, port, description } = props;
  const securityGroups = props.securityGroups ?? [
    closedSecurityGroup(scope, 'SecurityGroup', network.vpcId, description),
  ];
  const ingress = cluster.connections.securityGroups.flatMap((brokers, server) =>
    securityGroups.map((group, client) =>
      letIn(scope, server + client === 0 ? 'Ingress' : `Ingress${server + 1}-${client + 1}`, {
        to: brokers.securityGroupId,
        from: group.securityGroupId,
        port,
        description,
      }),
    ),
  );
  return { securityGroups, connections: new Connections({ securityGroups }), ingress };
}
