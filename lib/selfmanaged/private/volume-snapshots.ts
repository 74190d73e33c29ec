import { Stack } from 'aws-cdk-lib/core';
import { CfnLifecyclePolicy } from 'aws-cdk-lib/aws-dlm';
import { CfnRole } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { reviewedWildcards } from '../../aws/private/reviewed';
import { trustOf } from '../../aws/private/statements';
import { DATA_TAG } from './node-identity';

export interface VolumeSnapshotsProps {
  readonly clusterName: string;
  readonly keyArn: string;
  /** Hours between two of them: 1, 2, 3, 4, 6, 8, 12 or 24. */
  readonly everyHours: number;
  /** How many of each volume are kept. */
  readonly keep: number;
}

/**
 * Snapshots of all volumes of a cluster by Amazon Data Lifecycle Manager, each as after a loss of power, and none of them at the moment of
 * another: for the volume of a node that was lost or deleted, which catches up from there. They are no backup of the cluster at one moment.
 */
export class VolumeSnapshots extends Construct {
  public constructor(scope: Construct, id: string, props: VolumeSnapshotsProps) {
    super(scope, id);
    const { clusterName, keyArn, everyHours, keep } = props;
    const { partition, region } = Stack.of(this);
    const policyDocument = {
      Version: '2012-10-17',
      Statement: [
        // Neither a snapshot that is to be made nor describing has a resource with a name.
        {
          Effect: 'Allow',
          Action: ['ec2:CreateSnapshot', 'ec2:DescribeSnapshots', 'ec2:DescribeVolumes'],
          Resource: '*',
        },
        {
          Effect: 'Allow',
          Action: 'ec2:DeleteSnapshot',
          Resource: `arn:${partition}:ec2:${region}::snapshot/*`,
          Condition: { StringEquals: { [`aws:ResourceTag/${DATA_TAG}`]: clusterName } },
        },
        {
          Effect: 'Allow',
          Action: 'ec2:CreateTags',
          Resource: `arn:${partition}:ec2:${region}::snapshot/*`,
          Condition: { StringEquals: { 'ec2:CreateAction': 'CreateSnapshot' } },
        },
        {
          Effect: 'Allow',
          Action: ['kms:CreateGrant', 'kms:Decrypt', 'kms:DescribeKey', 'kms:GenerateDataKeyWithoutPlaintext'],
          Resource: keyArn,
          Condition: { StringEquals: { 'kms:ViaService': `ec2.${region}.amazonaws.com` } },
        },
      ],
    };
    const role = new CfnRole(this, 'Role', {
      description: `Snapshots of the Kafka cluster ${clusterName}`,
      assumeRolePolicyDocument: trustOf('dlm'),
      policies: [{ policyName: 'snapshots', policyDocument }],
    });
    reviewedWildcards(
      role,
      policyDocument,
      'A snapshot has no name before it is made, and describing has no resource.',
    );
    new CfnLifecyclePolicy(this, 'Policy', {
      description: `Snapshots of the Kafka cluster ${clusterName}`,
      state: 'ENABLED',
      executionRoleArn: role.attrArn,
      policyDetails: {
        policyType: 'EBS_SNAPSHOT_MANAGEMENT',
        resourceTypes: ['VOLUME'],
        targetTags: [{ key: DATA_TAG, value: clusterName }],
        schedules: [
          {
            name: `every-${everyHours}-hours`,
            copyTags: true,
            createRule: { interval: everyHours, intervalUnit: 'HOURS', times: ['02:00'] },
            retainRule: { count: keep },
          },
        ],
      },
    });
  }
}
