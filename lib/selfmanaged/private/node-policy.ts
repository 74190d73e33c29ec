export interface NodeRights {
  readonly partition: string;
  readonly region: string;
  readonly account: string;
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
  const ec2 = (resource: string): string => `arn:${partition}:ec2:${region}:${account}:${resource}`;
  const packages = rights.packages.replace(/^s3:\/\//, '');
  return {
    Version: '2012-10-17',
    Statement: [
      // Describing has no resource type in EC2.
      { Effect: 'Allow', Action: ['ec2:DescribeNetworkInterfaces', 'ec2:DescribeVolumes'], Resource: '*' },
      {
        Effect: 'Allow',
        Action: ['ec2:AttachNetworkInterface', 'ec2:AttachVolume'],
        // Any instance: which one it is, is only known once it runs. The interface and the volumes are its own.
        Resource: [
          ec2('instance/*'),
          ec2(`network-interface/${rights.networkInterfaceId}`),
          ...rights.volumeIds.map((id) => ec2(`volume/${id}`)),
        ],
      },
      {
        Effect: 'Allow',
        Action: ['kms:CreateGrant', 'kms:Decrypt', 'kms:DescribeKey', 'kms:GenerateDataKeyWithoutPlaintext'],
        Resource: rights.keyArn,
      },
      { Effect: 'Allow', Action: 'secretsmanager:GetSecretValue', Resource: rights.secretArn },
      {
        Effect: 'Allow',
        Action: 's3:GetObject',
        Resource: [
          `arn:${partition}:s3:::${rights.files.bucketName}/${rights.files.objectKey}`,
          `arn:${partition}:s3:::${packages}/*`,
        ],
      },
    ],
  };
}
