import { Size, type Stack } from 'aws-cdk-lib/core';
import {
  KafkaNetwork,
  KafkaVersion,
  MskBrokers,
  MskCluster,
  MskServerlessCluster,
  type MskClusterProps,
} from '../../lib/msk';

const ZONES = ['eu-west-1a', 'eu-west-1b', 'eu-west-1c'];

/** A provisioned cluster in a network of its own. */
export function provisioned(stack: Stack, props: Partial<MskClusterProps> = {}): MskCluster {
  return new MskCluster(stack, 'Events', {
    clusterName: 'events',
    network: new KafkaNetwork(stack, 'Network', { availabilityZones: ZONES }),
    kafkaVersion: KafkaVersion.V4_1,
    brokers: MskBrokers.standard({ instanceType: 'kafka.m7g.xlarge', count: 3, storage: Size.tebibytes(1) }),
    ...props,
  });
}

/** With Express brokers. */
export const express = (count = 3): Partial<MskClusterProps> => ({
  kafkaVersion: KafkaVersion.V4_2,
  brokers: MskBrokers.express({ instanceType: 'express.m7g.large', count }),
});

export function serverless(stack: Stack): MskServerlessCluster {
  return new MskServerlessCluster(stack, 'Events', {
    clusterName: 'events',
    network: new KafkaNetwork(stack, 'Network', { availabilityZones: ZONES }),
  });
}
