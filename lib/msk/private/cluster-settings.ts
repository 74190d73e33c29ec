import type { CfnResource } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import type { ClusterIdentity } from './cluster-identity';
import { ControlFunction } from './control-function';

/** Settings that Amazon MSK takes only after the cluster was made: one resource a cluster owns them all. */
export function clusterSettings(scope: Construct, cluster: ClusterIdentity, multiVpc: readonly string[]): CfnResource {
  return ControlFunction.of(scope).resource(scope, 'Settings', {
    type: 'Custom::KafkaClusterSettings',
    clusterArn: cluster.clusterArn,
    properties: { MultiVpc: [...multiVpc].sort() },
    rights: [
      { actions: ['kafka:DescribeClusterV2'], resources: [cluster.rightsArn] },
      { actions: ['kafka:UpdateConnectivity'], resources: [cluster.rightsArn] },
      // Operations are no resources of IAM.
      { actions: ['kafka:DescribeClusterOperationV2'], resources: ['*'] },
    ],
  });
}
