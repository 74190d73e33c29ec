import { RemovalPolicy } from 'aws-cdk-lib/core';
import { CfnConfiguration } from 'aws-cdk-lib/aws-msk';
import type { Construct } from 'constructs';
import type { PropertyProblem } from '../../aws/private/construct-failure';
import type { MskClusterFacts } from '../../core/msk';
import type { MskClusterProps } from '../msk-cluster-props';
import { MskConfiguration, type IMskConfiguration } from '../msk-configuration';
import { configurationProblems, defaultConfiguration, revisionDescription, serverProperties } from './configuration';

/** What the service would refuse about the broker options of a cluster, its own or those that it shares. */
export function clusterConfigurationProblems(
  { configuration, sharedConfiguration: shared }: MskClusterProps,
  { release, brokers }: MskClusterFacts,
): PropertyProblem[] {
  const { brokerType, count: brokerCount } = brokers;
  const checked = { release, brokerType, brokerCount };
  if (shared === undefined) {
    return configurationProblems('configuration', { ...checked, options: configuration ?? {} });
  }
  if (configuration !== undefined) {
    return [
      {
        property: 'configuration',
        message:
          'broker options are said twice, got both configuration and sharedConfiguration; one of both is allowed.',
        hint: 'Put the options into the shared configuration, or leave it out.',
      },
    ];
  }
  return shared instanceof MskConfiguration
    ? configurationProblems('sharedConfiguration', { ...checked, options: shared._options })
    : [];
}

/** The configuration of a cluster alone. */
export function ownConfiguration(
  scope: Construct,
  { clusterName, release, brokers, zoneCount }: MskClusterFacts,
  { configuration, removalPolicy }: MskClusterProps,
): IMskConfiguration {
  const options = { ...defaultConfiguration(release, brokers, zoneCount), ...configuration };
  const properties = serverProperties(options);
  const resource = new CfnConfiguration(scope, 'Configuration', {
    name: clusterName,
    description: revisionDescription(`Broker options of the Kafka cluster ${clusterName}`, properties),
    serverProperties: properties,
  });
  resource.applyRemovalPolicy(removalPolicy ?? RemovalPolicy.RETAIN);
  return { configurationArn: resource.attrArn, configurationRevision: resource.attrLatestRevisionRevision };
}
