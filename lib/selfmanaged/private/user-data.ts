import { INSTANCE_FOLDER } from './instance/units';

export interface NodePlace {
  readonly region: string;
  /** Name of the SSM parameter that holds the place of the node. */
  readonly parameter: string;
  /** Name of the Auto Scaling group of the node. */
  readonly group: string;
  readonly networkInterfaceId: string;
  readonly volumeIds: readonly string[];
  readonly secretId: string;
  /** S3 folder of Kafka itself, without a slash at the end. */
  readonly packages: string;
  /** The files of the node: a zip in S3. */
  readonly files: { readonly bucketName: string; readonly objectKey: string };
}

/**
 * What an instance needs to know that is only known while deploying. It is read again by boot.sh update, so that other files, a further
 * volume or another folder of packages reach an instance that runs.
 */
export function placeOfNode(place: NodePlace): string {
  return Object.entries({
    region: place.region,
    parameter: place.parameter,
    group: place.group,
    interface: place.networkInterfaceId,
    volumes: place.volumeIds.join(' '),
    secret: place.secretId,
    packages: place.packages,
    files: `s3://${place.files.bucketName}/${place.files.objectKey}`,
  })
    .map(([name, value]) => `${name}=${value}\n`)
    .join('');
}

/**
 * User data: fetches the files of the node and hands over. It is the same for every change of them, so a launch template changes only with
 * what needs another instance. Nothing secret stands in it.
 */
export function userData({ region, parameter }: Pick<NodePlace, 'region' | 'parameter'>): string {
  return `#!/bin/bash
set -euo pipefail
export AWS_DEFAULT_REGION='${region}'
install -d -m 0700 ${INSTANCE_FOLDER}
cd ${INSTANCE_FOLDER}
until aws ssm get-parameter --name '${parameter}' --query Parameter.Value --output text >place &&
  aws s3 cp --only-show-errors "$(sed -n 's/^files=//p' place)" files.zip; do
  sleep 5
done
python3 -m zipfile -e files.zip first
rm files.zip
exec bash first/boot.sh first
`;
}
