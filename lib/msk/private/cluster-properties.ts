import type { CfnClusterProps } from 'aws-cdk-lib/aws-msk';
import { mskVersion, type ClusterFacts } from './cluster-facts';

export interface ClusterResources {
  readonly subnetIds: readonly string[];
  readonly securityGroupIds: readonly string[];
  readonly keyArn: string;
  readonly configurationArn: string;
  readonly configurationRevision: number;
  readonly logGroupName: string;
  readonly monitoringLevel: string;
  readonly openMonitoring: boolean;
}

/** The cluster as CloudFormation wants it: TLS only, and exactly the authentications that are asked for. */
export function clusterProperties(facts: ClusterFacts, resources: ClusterResources): CfnClusterProps {
  const { brokers } = facts;
  const exporter = { enabledInBroker: true };
  return {
    clusterName: facts.clusterName,
    kafkaVersion: mskVersion(facts)!,
    numberOfBrokerNodes: brokers.count,
    brokerNodeGroupInfo: {
      instanceType: brokers.instanceType,
      clientSubnets: [...resources.subnetIds],
      securityGroups: [...resources.securityGroupIds],
      ...(brokers.volumeGiB === undefined
        ? {}
        : { storageInfo: { ebsStorageInfo: { volumeSize: brokers.volumeGiB } } }),
    },
    clientAuthentication: clientAuthentication(facts),
    configurationInfo: { arn: resources.configurationArn, revision: resources.configurationRevision },
    encryptionInfo: {
      encryptionAtRest: { dataVolumeKmsKeyId: resources.keyArn },
      encryptionInTransit: { clientBroker: 'TLS', inCluster: true },
    },
    enhancedMonitoring: resources.monitoringLevel,
    loggingInfo: { brokerLogs: { cloudWatchLogs: { enabled: true, logGroup: resources.logGroupName } } },
    ...(resources.openMonitoring
      ? { openMonitoring: { prometheus: { jmxExporter: exporter, nodeExporter: exporter } } }
      : {}),
  };
}

/** Every mechanism is stated, also the ones that are off: a mechanism that is left out keeps what it had. */
function clientAuthentication(facts: ClusterFacts): CfnClusterProps['clientAuthentication'] {
  const { authentications, certificateAuthorityArns } = facts;
  return {
    sasl: {
      iam: { enabled: authentications.includes('iam') },
      scram: { enabled: authentications.includes('scram-sha-512') },
    },
    ...(authentications.includes('mtls')
      ? { tls: { enabled: true, certificateAuthorityArnList: [...certificateAuthorityArns] } }
      : {}),
    unauthenticated: { enabled: authentications.includes('none') },
  };
}
