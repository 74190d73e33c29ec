/** What a node needs to know that is only known while deploying. */
export interface NodePlace {
  readonly region: string;
  readonly networkInterfaceId: string;
  readonly volumeIds: readonly string[];
  readonly secretId: string;
  /** S3 folder of Kafka itself, without a slash at the end. */
  readonly packages: string;
  /** The files of the node: a zip in S3. */
  readonly files: { readonly bucketName: string; readonly objectKey: string };
}

/** User data: names what belongs to the node, fetches its files and hands over. Nothing secret stands in it. */
export function userData(place: NodePlace): string {
  return `#!/bin/bash
set -euo pipefail
export AWS_DEFAULT_REGION='${place.region}'
export KAFKA_NETWORK_INTERFACE='${place.networkInterfaceId}'
export KAFKA_VOLUMES='${place.volumeIds.join(' ')}'
export KAFKA_NODE_SECRET='${place.secretId}'
export KAFKA_PACKAGES='${place.packages}'
install -d -m 0700 /opt/kafka-node
cd /opt/kafka-node
until aws s3 cp --only-show-errors 's3://${place.files.bucketName}/${place.files.objectKey}' node.zip; do sleep 5; done
python3 -m zipfile -e node.zip .
exec bash boot.sh
`;
}
