import { Size, type Stack } from 'aws-cdk-lib/core';
import { KafkaNetwork, KafkaVersion, MskBrokers, MskCluster, type MskClusterProps } from '../../lib/msk';

export const NETWORK = KafkaNetwork.fromIds('vpc-1', ['subnet-1', 'subnet-2', 'subnet-3']);
export const BROKERS = MskBrokers.standard({ instanceType: 'kafka.m7g.large', count: 3, storage: Size.gibibytes(100) });

/** A small cluster with everything left to its default, but what is given. */
export function clusterIn(stack: Stack, props: Partial<MskClusterProps> = {}, id = 'Events'): MskCluster {
  return new MskCluster(stack, id, {
    network: NETWORK,
    kafkaVersion: KafkaVersion.V4_1,
    brokers: BROKERS,
    ...props,
  });
}
