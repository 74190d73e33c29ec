import type { CfnCluster, CfnClusterProps } from 'aws-cdk-lib/aws-msk';
import { mskVersion, type MskBrokerFacts, type MskClusterFacts } from '../../core/msk';
import type { RenderedLogs } from './rendered-logs';

export interface ClusterResources {
  readonly subnetIds: readonly string[];
  readonly securityGroupIds: readonly string[];
  readonly keyArn: string;
  readonly certificateAuthorityArns: readonly string[];
  readonly configurationArn: string;
  readonly configurationRevision: number;
  readonly brokerLogs: RenderedLogs;
  readonly authorizerLogs: RenderedLogs;
  readonly monitoringLevel: string;
  readonly exporters: readonly string[];
}

/** The cluster as CloudFormation wants it: TLS only, and exactly the authentications that are asked for. */
export function clusterProperties(facts: MskClusterFacts, resources: ClusterResources): CfnClusterProps {
  const { brokers } = facts;
  const { authorizerLogs, exporters } = resources;
  const exporter = (name: string): { enabledInBroker: boolean } => ({ enabledInBroker: exporters.includes(name) });
  return {
    clusterName: facts.clusterName,
    kafkaVersion: mskVersion(facts.release, brokers.brokerType)!,
    numberOfBrokerNodes: brokers.count,
    brokerNodeGroupInfo: {
      instanceType: brokers.instanceType,
      clientSubnets: [...resources.subnetIds],
      securityGroups: [...resources.securityGroupIds],
      ...storageInfo(brokers),
    },
    clientAuthentication: clientAuthentication(facts, resources),
    configurationInfo: { arn: resources.configurationArn, revision: resources.configurationRevision },
    encryptionInfo: {
      encryptionAtRest: { dataVolumeKmsKeyId: resources.keyArn },
      encryptionInTransit: { clientBroker: 'TLS', inCluster: true },
    },
    enhancedMonitoring: resources.monitoringLevel,
    loggingInfo: {
      brokerLogs: resources.brokerLogs,
      ...(Object.keys(authorizerLogs).length === 0 ? {} : { authorizerLogs }),
    },
    ...(exporters.length === 0
      ? {}
      : { openMonitoring: { prometheus: { jmxExporter: exporter('jmx'), nodeExporter: exporter('node') } } }),
    ...(brokers.rebalancing === undefined ? {} : { rebalancing: { status: brokers.rebalancing } }),
    ...(brokers.tieredStorage === true ? { storageMode: 'TIERED' } : {}),
  };
}

/** Express brokers take none of it. */
function storageInfo({
  volumeGiB,
  throughputMiBps,
}: MskBrokerFacts): Pick<CfnCluster.BrokerNodeGroupInfoProperty, 'storageInfo'> {
  if (volumeGiB === undefined) return {};
  const provisionedThroughput = { enabled: true, volumeThroughput: throughputMiBps ?? 0 };
  return {
    storageInfo: {
      ebsStorageInfo: {
        volumeSize: volumeGiB,
        ...(throughputMiBps === undefined ? {} : { provisionedThroughput }),
      },
    },
  };
}

/** Every mechanism is stated, also the ones that are off: a mechanism that is left out keeps what it had. */
function clientAuthentication(
  { authentications }: MskClusterFacts,
  { certificateAuthorityArns }: ClusterResources,
): CfnClusterProps['clientAuthentication'] {
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
