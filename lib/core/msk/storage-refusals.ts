import { MSK_BROKER_SIZES, sizesWithThroughput } from './broker-sizes';
import type { ClusterSubject, MskBrokerFacts, MskClusterFacts } from './cluster-facts';
import { MSK_QUOTAS } from './quotas';
import type { Refusal } from './refusal';

type StorageRefusal = Refusal<ClusterSubject>;

/** What the service would refuse about volumes. */
export function storageRefusals(facts: MskClusterFacts): StorageRefusal[] {
  const { brokers } = facts;
  if (brokers.brokerType === 'express') return [...ofExpress(brokers)];
  return [...volume(brokers), ...autoscaling(brokers), ...throughput(brokers), ...tieredStorage(facts)];
}

function* ofExpress({
  volumeGiB,
  autoscaling: grows,
  throughputMiBps,
  tieredStorage: tiered,
}: MskBrokerFacts): Generator<StorageRefusal> {
  const given: readonly (readonly [string, ClusterSubject, string, boolean])[] = [
    ['MSK-VOLUMES', 'storage', 'volumes', volumeGiB !== undefined],
    ['MSK-STORAGE-AUTOSCALING', 'autoscaling', 'storageAutoscaling', grows !== undefined],
    ['MSK-THROUGHPUT', 'throughput', 'provisionedThroughput', throughputMiBps !== undefined],
    ['MSK-TIERED-STORAGE', 'tieredStorage', 'tiered storage', tiered === true],
  ];
  for (const [code, subject, what, there] of given) {
    if (!there) continue;
    yield {
      code,
      subject,
      message: `the service sizes the storage of Express brokers itself, got ${what}; none is allowed.`,
      hint: 'Remove it, or use Standard brokers.',
      rule: 'expressHasNoVolumes',
    };
  }
}

function* volume({ volumeGiB }: MskBrokerFacts): Generator<StorageRefusal> {
  const { min, max } = MSK_QUOTAS.volumeGiB;
  if (volumeGiB !== undefined && Number.isInteger(volumeGiB) && volumeGiB >= min && volumeGiB <= max) return;
  yield {
    code: 'MSK-VOLUMES',
    subject: 'storage',
    message: `not a size for the volume of a broker, got ${volumeGiB === undefined ? 'none' : `${volumeGiB} GiB`}; ${min} to ${max} whole GiB are allowed.`,
    hint: volumeGiB === undefined ? 'Give the storage of each broker.' : 'Change the size.',
    rule: 'volume',
  };
}

function* autoscaling({ volumeGiB = 0, autoscaling: grows }: MskBrokerFacts): Generator<StorageRefusal> {
  if (grows === undefined) return;
  const { max: most } = MSK_QUOTAS.volumeGiB;
  const { min, max } = MSK_QUOTAS.autoscalingTargetPercent;
  const about = { code: 'MSK-STORAGE-AUTOSCALING', rule: 'autoscaling' } as const;
  if (!(grows.maxGiB > volumeGiB && grows.maxGiB <= most && Number.isInteger(grows.maxGiB))) {
    yield {
      ...about,
      subject: 'autoscalingMax',
      message: `not a size that volumes of ${volumeGiB} GiB can grow to, got ${grows.maxGiB} GiB; whole GiB above ${volumeGiB} up to ${most} are allowed.`,
      hint:
        grows.maxGiB <= volumeGiB
          ? 'Raise it above the size of the volumes, or leave autoscaling out.'
          : 'Change the size.',
    };
  }
  if (!(grows.targetPercent >= min && grows.targetPercent <= max)) {
    yield {
      ...about,
      subject: 'autoscalingTarget',
      message: `not a share of the volume to grow at, got ${grows.targetPercent / 100}; ${min / 100} to ${max / 100} is allowed.`,
      hint: 'Use 0.6.',
    };
  }
}

function* throughput({ instanceType, volumeGiB = 0, throughputMiBps }: MskBrokerFacts): Generator<StorageRefusal> {
  if (throughputMiBps === undefined) return;
  const { minMiBps, minVolumeGiB } = MSK_QUOTAS.throughput;
  const about = { code: 'MSK-THROUGHPUT', subject: 'throughput' } as const;
  const ceiling = MSK_BROKER_SIZES.get(instanceType)?.throughputCeilingMiBps;
  if (ceiling === undefined) {
    yield {
      ...about,
      message: `no throughput can be provisioned for this size of brokers, got ${throughputMiBps} MiB/s on ${instanceType}; ${sizesWithThroughput().join(', ')} are allowed.`,
      hint: 'Use a larger size, or leave it out.',
      rule: 'throughputSizes',
    };
  } else if (!(Number.isInteger(throughputMiBps) && throughputMiBps >= minMiBps && throughputMiBps <= ceiling)) {
    yield {
      ...about,
      message: `not a throughput that ${instanceType} can have, got ${throughputMiBps} MiB/s; whole MiB/s from ${minMiBps} to ${ceiling} are allowed.`,
      hint: throughputMiBps > ceiling ? 'Lower it, or use a larger size.' : 'Raise it, or leave it out.',
      rule: 'throughputRange',
    };
  }
  if (volumeGiB < minVolumeGiB) {
    yield {
      ...about,
      message: `the volumes are too small for provisioned throughput, got ${volumeGiB} GiB; at least ${minVolumeGiB} GiB are needed.`,
      hint: 'Use larger volumes, or leave it out.',
      rule: 'throughputVolume',
    };
  }
}

/** The first version of Kafka with tiered storage on Amazon MSK, beside 2.8.2.tiered. */
const TIERED_SINCE = [3, 6] as const;

function* tieredStorage({
  brokers,
  release: { version },
  logCleanupPolicy,
}: MskClusterFacts): Generator<StorageRefusal> {
  const { instanceType, tieredStorage: tiered } = brokers;
  if (tiered !== true) return;
  const about = { code: 'MSK-TIERED-STORAGE', subject: 'tieredStorage', rule: 'tieredStorage' } as const;
  if (MSK_BROKER_SIZES.get(instanceType)?.tieredStorage === false) {
    yield {
      ...about,
      message: `the size of the brokers has no tiered storage, got ${instanceType}; every Standard size but kafka.t3.small is allowed.`,
      hint: 'Use kafka.m7g.large, for example.',
    };
  }
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major < TIERED_SINCE[0] || (major === TIERED_SINCE[0] && minor < TIERED_SINCE[1])) {
    yield {
      ...about,
      message: `the version has no tiered storage, got ${version}; ${TIERED_SINCE.join('.')} and later are allowed.`,
      hint: 'Use a later version.',
    };
  }
  if (logCleanupPolicy !== undefined && logCleanupPolicy !== 'delete') {
    yield {
      ...about,
      subject: 'logCleanupPolicy',
      message: `topics of a cluster with tiered storage are not compacted unless they say so, got log.cleanup.policy=${logCleanupPolicy}; delete is allowed.`,
      hint: 'Leave it out, and give cleanup.policy to the topics that are compacted.',
      rule: 'tieredCleanupPolicy',
    };
  }
}
