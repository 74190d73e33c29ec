import { mskInstanceType } from '../capacity';
import type { Path } from '../issue';
import type { EnvironmentModel } from '../model';
import {
  clusterRefusals,
  serverlessRefusals,
  type ClusterRefusal,
  type ClusterSubject,
  type MskBrokerFacts,
  type MskClusterFacts,
  type MskLogFacts,
} from '../msk';
import type { EnvironmentSpec } from '../spec';
import { durationMs, GIB, rateBytesPerSecond, sizeBytes } from '../units';

type LogsSpec = NonNullable<NonNullable<NonNullable<EnvironmentSpec['targets']>['msk']>['brokerLogs']>;

const DAY_MS = 86_400_000;
const MIB = 1024 ** 2;

/** The brokers of an environment on provisioned Amazon MSK. */
export function mskBrokerFacts(model: EnvironmentModel): MskBrokerFacts {
  const settings = model.spec.targets?.msk ?? {};
  const pool = model.pools.find(({ roles }) => roles.includes('broker'));
  const brokerType = settings.brokerType ?? 'standard';
  const volume = pool?.volumeBytes[0];
  const { storageAutoscaling: autoscaling, provisionedThroughput: throughput, rebalancing } = settings;
  return {
    brokerType,
    instanceType: mskInstanceType(brokerType, settings.instanceType),
    count: model.brokerCount,
    tieredStorage: settings.storageMode === 'tiered',
    ...(volume === undefined ? {} : { volumeGiB: volume / GIB }),
    ...(throughput === undefined ? {} : { throughputMiBps: rateBytesPerSecond(throughput) / MIB }),
    ...(rebalancing === undefined ? {} : { rebalancing }),
    ...(autoscaling === undefined
      ? {}
      : {
          autoscaling: {
            maxGiB: sizeBytes(autoscaling.max) / GIB,
            targetPercent: Math.round((autoscaling.targetUtilization ?? 0.6) * 100),
          },
        }),
  };
}

/** Where logs of an environment go; undefined where it does not say. */
export function mskLogFacts(logs: LogsSpec | undefined): MskLogFacts | undefined {
  if (logs === undefined) return undefined;
  const { cloudWatch, s3, firehose } = logs;
  return {
    ...(cloudWatch === undefined
      ? {}
      : {
          cloudWatch:
            cloudWatch.retention === undefined ? {} : { retentionDays: durationMs(cloudWatch.retention) / DAY_MS },
        }),
    ...(s3 === undefined
      ? {}
      : { s3: { bucket: s3.bucket, ...(s3.prefix === undefined ? {} : { prefix: s3.prefix }) } }),
    ...(firehose === undefined ? {} : { firehose }),
  };
}

function clusterFacts(model: EnvironmentModel): MskClusterFacts {
  const settings = model.spec.targets?.msk ?? {};
  const region = model.spec.aws?.region;
  const brokerLogs = mskLogFacts(settings.brokerLogs);
  const authorizerLogs = mskLogFacts(settings.authorizerLogs);
  const policy = model.spec.kafka.config?.['log.cleanup.policy'];
  return {
    clusterName: model.name,
    release: model.kafka,
    brokers: mskBrokerFacts(model),
    zoneCount: model.racks.length,
    zones: model.racks,
    authentications: model.listeners.map(({ authentication }) => authentication),
    certificateAuthorityArns: settings.certificateAuthorities ?? [],
    ...(policy === undefined ? {} : { logCleanupPolicy: String(policy) }),
    ...(region === undefined ? {} : { region }),
    ...(brokerLogs === undefined ? {} : { brokerLogs }),
    ...(authorizerLogs === undefined ? {} : { authorizerLogs }),
  };
}

const found = new WeakMap<EnvironmentModel, readonly ClusterRefusal[]>();

/** What the service would refuse about the cluster of an environment. All rules of the family ask, the work is done once. */
export function mskRefusals(model: EnvironmentModel): readonly ClusterRefusal[] {
  let refusals = found.get(model);
  if (refusals === undefined) found.set(model, (refusals = refusalsOf(model)));
  return refusals;
}

function refusalsOf(model: EnvironmentModel): readonly ClusterRefusal[] {
  const region = model.spec.aws?.region;
  if (model.target === 'msk-serverless') {
    const facts = { clusterName: model.name, zoneCount: model.racks.length };
    return [...serverlessRefusals(region === undefined ? facts : { ...facts, region })];
  }
  return model.target === 'msk' ? clusterRefusals(clusterFacts(model)) : [];
}

/** Where the subject of a refusal is written in an environment. */
export function subjectPath(model: EnvironmentModel, subject: ClusterSubject): Path {
  const msk = model.spec.targets?.msk;
  const pool = model.pools.find(({ roles }) => roles.includes('broker'));
  const ofPool = (...rest: (string | number)[]): Path => (pool === undefined ? [] : ['nodePools', pool.name, ...rest]);
  const ofMsk = (...rest: string[]): Path => ['targets', 'msk', ...rest];
  switch (subject) {
    case 'clusterName':
      return ['name'];
    case 'kafkaVersion':
      return ['kafka', 'version'];
    case 'region':
      return ['aws', 'region'];
    case 'zones':
      return ['racks'];
    case 'instanceType':
      return ofMsk('instanceType');
    case 'brokerCount':
      return ofPool('replicas');
    case 'storage':
      if (pool?.volumeBytes.length === 0) return ofPool();
      return msk?.brokerType === 'express' ? ofPool('volumes') : ofPool('volumes', 0, 'size');
    case 'autoscaling':
      return ofMsk('storageAutoscaling');
    case 'autoscalingMax':
      return ofMsk('storageAutoscaling', 'max');
    case 'autoscalingTarget':
      return ofMsk('storageAutoscaling', 'targetUtilization');
    case 'throughput':
      return ofMsk('provisionedThroughput');
    case 'tieredStorage':
      return ofMsk('storageMode');
    case 'logCleanupPolicy':
      return ['kafka', 'config', 'log.cleanup.policy'];
    case 'rebalancing':
      return ofMsk('rebalancing');
    case 'authentication':
      return ['listeners'];
    case 'certificateAuthorities': {
      const listener = model.listeners.find(({ authentication }) => authentication === 'mtls');
      return msk?.certificateAuthorities === undefined && listener !== undefined
        ? ['listeners', listener.name, 'authentication']
        : ofMsk('certificateAuthorities');
    }
    default:
      return ofMsk(...LOG_PATHS[subject]);
  }
}

const LOG_PATHS: Readonly<Record<Extract<ClusterSubject, `${'brokerLogs' | 'authorizerLogs'}${string}`>, string[]>> = {
  brokerLogs: ['brokerLogs'],
  'brokerLogs.cloudWatch': ['brokerLogs', 'cloudWatch', 'retention'],
  'brokerLogs.s3.bucket': ['brokerLogs', 's3', 'bucket'],
  'brokerLogs.firehose': ['brokerLogs', 'firehose', 'deliveryStream'],
  authorizerLogs: ['authorizerLogs'],
  'authorizerLogs.cloudWatch': ['authorizerLogs', 'cloudWatch', 'retention'],
  'authorizerLogs.s3.bucket': ['authorizerLogs', 's3', 'bucket'],
  'authorizerLogs.firehose': ['authorizerLogs', 'firehose', 'deliveryStream'],
};
