import { NODE_TAG } from './node-identity';

export interface NodeRights {
  readonly partition: string;
  readonly region: string;
  readonly account: string;
  /** Value of the tag `kafka-node` of the instances of this node. */
  readonly nodeTag: string;
  readonly group: string;
  readonly parameter: string;
  readonly networkInterfaceId: string;
  readonly volumeIds: readonly string[];
  readonly secretArn: string;
  readonly keyArn: string;
  readonly packages: string;
  readonly files: { readonly bucketName: string; readonly objectKey: string };
}

/** What an instance may do: take its own volumes and interface, read its own secret and files, and be reached by Session Manager. */
export function nodePolicy(rights: NodeRights): object {
  const { partition, region, account } = rights;
  const arn = (service: string, resource: string): string =>
    `arn:${partition}:${service}:${region}:${account}:${resource}`;
  const packages = rights.packages.replace(/^s3:\/\//, '');
  // Detaching by force is for a former instance that is terminated and that EC2 still counts as its holder.
  const taking = ['ec2:AttachNetworkInterface', 'ec2:AttachVolume', 'ec2:DetachNetworkInterface', 'ec2:DetachVolume'];
  return {
    Version: '2012-10-17',
    Statement: [
      // Describing has no resource type in EC2.
      {
        Effect: 'Allow',
        Action: ['ec2:DescribeInstances', 'ec2:DescribeNetworkInterfaces', 'ec2:DescribeVolumes'],
        Resource: '*',
      },
      {
        Effect: 'Allow',
        Action: taking,
        Resource: [
          arn('ec2', `network-interface/${rights.networkInterfaceId}`),
          ...rights.volumeIds.map((id) => arn('ec2', `volume/${id}`)),
        ],
      },
      {
        Effect: 'Allow',
        Action: taking,
        // Which instance it is, is only known once it runs; its launch template has the tag.
        Resource: arn('ec2', 'instance/*'),
        Condition: { StringEquals: { [`aws:ResourceTag/${NODE_TAG}`]: rights.nodeTag } },
      },
      {
        Effect: 'Allow',
        Action: 'kms:CreateGrant',
        Resource: rights.keyArn,
        Condition: {
          Bool: { 'kms:GrantIsForAWSResource': 'true' },
          StringEquals: { 'kms:ViaService': `ec2.${region}.amazonaws.com` },
        },
      },
      {
        Effect: 'Allow',
        Action: ['kms:Decrypt', 'kms:DescribeKey', 'kms:GenerateDataKeyWithoutPlaintext'],
        Resource: rights.keyArn,
        Condition: {
          StringEquals: {
            'kms:ViaService': [`ec2.${region}.amazonaws.com`, `secretsmanager.${region}.amazonaws.com`],
          },
        },
      },
      { Effect: 'Allow', Action: 'secretsmanager:GetSecretValue', Resource: rights.secretArn },
      { Effect: 'Allow', Action: 'ssm:GetParameter', Resource: arn('ssm', `parameter${rights.parameter}`) },
      {
        Effect: 'Allow',
        Action: 's3:GetObject',
        Resource: [
          `arn:${partition}:s3:::${rights.files.bucketName}/${rights.files.objectKey}`,
          `arn:${partition}:s3:::${packages}/*`,
        ],
      },
      {
        // Says that Kafka has ended in order.
        Effect: 'Allow',
        Action: 'autoscaling:CompleteLifecycleAction',
        Resource: arn('autoscaling', `autoScalingGroup:*:autoScalingGroupName/${rights.group}`),
      },
      // Session Manager and Run Command. AmazonSSMManagedInstanceCore would let every node read every parameter of the account.
      {
        Effect: 'Allow',
        Action: [
          'ssm:UpdateInstanceInformation',
          'ssmmessages:CreateControlChannel',
          'ssmmessages:CreateDataChannel',
          'ssmmessages:OpenControlChannel',
          'ssmmessages:OpenDataChannel',
          'ec2messages:AcknowledgeMessage',
          'ec2messages:DeleteMessage',
          'ec2messages:FailMessage',
          'ec2messages:GetEndpoint',
          'ec2messages:GetMessages',
          'ec2messages:SendReply',
        ],
        Resource: '*',
      },
    ],
  };
}
