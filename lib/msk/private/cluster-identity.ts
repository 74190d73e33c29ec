import { Stack } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';

/** How a cluster is named to the control function. */
export interface ClusterIdentity {
  readonly clusterArn: string;
  /** What rights on it name: a pattern that is known before the cluster is there, or the ARN of one that is. */
  readonly rightsArn: string;
}

/** The ARN of a cluster of this stack's account and region, whose last part is made with the cluster. */
export function ownClusterArns(scope: Construct, clusterName: string): string {
  return Stack.of(scope).formatArn({ service: 'kafka', resource: 'cluster', resourceName: `${clusterName}/*` });
}
