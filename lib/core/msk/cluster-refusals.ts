import { accessRefusals } from './access-refusals';
import { MSK_BROKER_SIZES, nearestSize } from './broker-sizes';
import type { ClusterSubject, MskClusterFacts } from './cluster-facts';
import { clusterNameRefusals } from './cluster-name-refusals';
import { logRefusals } from './log-refusals';
import { MSK_QUOTAS } from './quotas';
import type { Refusal } from './refusal';
import { REGIONS_OF_TWO_ZONES, ZONES_WITHOUT_MSK } from './regions';
import { storageRefusals } from './storage-refusals';
import { mskVersion, offeredVersions } from './versions';

export type ClusterRefusal = Refusal<ClusterSubject>;

/** All that Amazon MSK would refuse about a provisioned cluster, some of it after half an hour. */
export function clusterRefusals(facts: MskClusterFacts): ClusterRefusal[] {
  return [
    ...clusterNameRefusals(facts.clusterName),
    ...versionRefusals(facts),
    ...sizeRefusals(facts),
    ...zoneRefusals(facts),
    ...countRefusals(facts),
    ...storageRefusals(facts),
    ...rebalancingRefusals(facts),
    ...accessRefusals(facts),
    ...logRefusals(facts),
  ];
}

function* versionRefusals({ release, brokers: { brokerType } }: MskClusterFacts): Generator<ClusterRefusal> {
  if (mskVersion(release, brokerType) !== undefined) return;
  const versions = offeredVersions(brokerType);
  yield {
    code: 'KAFKA-VERSION-TARGET',
    subject: 'kafkaVersion',
    message: `Amazon MSK does not offer the version for ${typeName(brokerType)} brokers, got ${release.version}; ${listed(versions)} are allowed.`,
    hint: `Use ${versions.at(-1)}.`,
    rule: 'versionOffered',
  };
}

function* sizeRefusals({ brokers: { brokerType, instanceType } }: MskClusterFacts): Generator<ClusterRefusal> {
  const size = MSK_BROKER_SIZES.get(instanceType);
  if (size?.brokerType === brokerType && size.kraft) return;
  const about = { code: 'MSK-INSTANCE-TYPE', subject: 'instanceType' } as const;
  const sizes = SIZE_RANGES[brokerType];
  if (size?.brokerType === brokerType) {
    yield {
      ...about,
      message: `the size runs no Kafka with KRaft, which every version known here has, got ${instanceType}; ${sizes} are allowed.`,
      hint: 'Use kafka.m7g.large, the smallest that does.',
      rule: 'smallRunsNoKraft',
    };
    return;
  }
  const near = nearestSize(instanceType, brokerType);
  const other = brokerType === 'express' ? 'standard' : 'express';
  const smallest = `${brokerType === 'express' ? 'express' : 'kafka'}.m7g.large`;
  yield {
    ...about,
    message: `not a size of ${typeName(brokerType)} brokers, got ${instanceType}; ${sizes} are allowed.`,
    hint:
      size === undefined
        ? near === undefined
          ? `Use ${smallest}, for example.`
          : `Did you mean ${near}?`
        : `It is one of ${typeName(other)} brokers: choose that type of brokers, or use ${smallest}.`,
    rule: 'sizeOfType',
  };
}

function* zoneRefusals({ brokers, zoneCount, zones = [], region }: MskClusterFacts): Generator<ClusterRefusal> {
  const about = { code: 'AWS-ZONES', subject: 'zones' } as const;
  const express = brokers.brokerType === 'express';
  for (const zone of zones.filter((name) => ZONES_WITHOUT_MSK.includes(name))) {
    yield {
      ...about,
      message: `the zone takes no brokers, got ${zone}; other zones of the region are allowed.`,
      hint: 'Choose another zone.',
      rule: 'zoneWithoutMsk',
    };
  }
  const ofTwo = region !== undefined && REGIONS_OF_TWO_ZONES.includes(region);
  if (express ? zoneCount !== 3 : zoneCount !== 2 && zoneCount !== 3) {
    yield {
      ...about,
      message: `not a number of subnets that the service takes for ${typeName(brokers.brokerType)} brokers, got ${zoneCount}; ${express ? 'exactly 3' : '2 or 3'}, each in a zone of its own, are allowed.`,
      hint: 'Name one subnet for each zone.',
      rule: express ? 'subnetsOfExpress' : 'subnets',
    };
  } else if (ofTwo && zoneCount !== 2) {
    yield {
      ...about,
      message: `not a number of subnets that the service takes in ${region}, got ${zoneCount}; exactly 2 are allowed.`,
      hint: express ? 'Use Standard brokers there, or another region.' : 'Name two zones.',
      rule: 'twoZonesInCalifornia',
    };
  }
}

function* countRefusals({ brokers: { count }, zoneCount }: MskClusterFacts): Generator<ClusterRefusal> {
  const about = { code: 'MSK-BROKERS', subject: 'brokerCount' } as const;
  const most = MSK_QUOTAS.brokersPerCluster;
  const zones = zoneCount === 0 ? 1 : zoneCount;
  const largest = Math.floor(most / zones) * zones;
  if (!Number.isInteger(count) || count < 1) {
    yield {
      ...about,
      message: `not a number of brokers, got ${count}; a whole number of at least 1 is allowed.`,
      hint: `Use ${zones}.`,
      rule: 'brokersPerZone',
    };
    return;
  }
  if (count % zones !== 0) {
    yield {
      ...about,
      message: `the brokers cannot be spread evenly over the zones, got ${count} for ${zones} zones; a multiple of ${zones} is allowed.`,
      hint: `Use ${Math.min(largest, Math.ceil(count / zones) * zones)}.`,
      rule: 'brokersPerZone',
    };
  }
  if (count > most) {
    yield {
      ...about,
      message: `too many brokers for a cluster with KRaft, got ${count}; at most ${most} are allowed.`,
      hint: 'Use larger brokers or a second cluster.',
      rule: 'brokersPerCluster',
    };
  }
}

function* rebalancingRefusals({ brokers: { brokerType, rebalancing } }: MskClusterFacts): Generator<ClusterRefusal> {
  if (rebalancing === undefined || brokerType === 'express') return;
  yield {
    code: 'MSK-REBALANCING',
    subject: 'rebalancing',
    message: `Standard brokers do not rebalance by themselves, got ${rebalancing}; it is allowed for Express brokers only.`,
    hint: 'Remove it; replicas of Standard brokers are spread by the reconciler.',
    rule: 'rebalancing',
  };
}

/** All sizes that run the versions known here, in fewer words than a list of them. */
const SIZE_RANGES = {
  standard: 'kafka.m5.large to kafka.m5.24xlarge and kafka.m7g.large to kafka.m7g.16xlarge',
  express: 'express.m7g.large to express.m7g.16xlarge',
} as const;

/** `Standard` or `Express`, as AWS writes them. */
export function typeName(brokerType: 'standard' | 'express'): string {
  return brokerType === 'express' ? 'Express' : 'Standard';
}

/** `3.9, 4.0 and 4.1`. */
function listed(words: readonly string[]): string {
  return words.join(', ').replace(/, ([^,]*)$/, ' and $1');
}
