import { Stack, Token } from 'aws-cdk-lib/core';
import type { CfnSecurityGroupIngress, ISecurityGroup } from 'aws-cdk-lib/aws-ec2';
import type { CfnReplicator } from 'aws-cdk-lib/aws-msk';
import type { Construct } from 'constructs';
import { ClientAuthentication } from '../../../aws/client-authentication';
import type { IKafkaNetwork } from '../../../aws/kafka-network';
import { clusterAccess } from '../../connect/private/cluster-access';
import type { IMskCluster } from '../../msk-cluster-base';
import { mskPort } from '../../private/ports';

interface Side {
  readonly cluster: IMskCluster;
  readonly network?: IKafkaNetwork;
  readonly securityGroups?: ISecurityGroup[];
}

export interface ReplicatorSide {
  readonly kafkaCluster: CfnReplicator.KafkaClusterProperty;
  /** What lets the replicator in. */
  readonly ingress: readonly CfnSecurityGroupIngress[];
}

/**
 * One cluster as the service wants it, and the way to it. To a source in another region the service connects by itself, and a stack makes
 * no groups there. Source: Amazon MSK developer guide, MSK Replicator, "Network requirements", read on 2026-11-26.
 */
export function replicatorSide(scope: Construct, side: Side, description: string): ReplicatorSide {
  const { cluster } = side;
  const network = (side.network ?? cluster.network)!;
  const { securityGroups, ingress } = elsewhere(scope, cluster.clusterArn)
    ? { securityGroups: side.securityGroups ?? [], ingress: [] }
    : clusterAccess(scope, {
        cluster,
        network,
        port: mskPort(ClientAuthentication.IAM),
        description,
        ...(side.securityGroups === undefined ? {} : { securityGroups: side.securityGroups }),
      });
  return {
    ingress,
    kafkaCluster: {
      amazonMskCluster: { mskClusterArn: cluster.clusterArn },
      vpcConfig: {
        subnetIds: network.subnetIds,
        ...(securityGroups.length === 0
          ? {}
          : { securityGroupIds: securityGroups.map(({ securityGroupId }) => securityGroupId) }),
      },
    },
  };
}

/** Whether a cluster is known to be in another region than the stack. */
function elsewhere(scope: Construct, clusterArn: string): boolean {
  const region = /^arn:[^:]+:kafka:([^:]+):/.exec(clusterArn)?.[1];
  const { region: own } = Stack.of(scope);
  return region !== undefined && !Token.isUnresolved(region) && !Token.isUnresolved(own) && region !== own;
}
