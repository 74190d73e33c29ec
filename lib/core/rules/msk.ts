import { MSK_BROKER_TYPES } from '../capacity';
import { topicFieldPath } from '../model';
import { formatBytes, GIB, sizeBytes } from '../units';
import { didYouMean, oneOf, overridePath, plural } from './hint';
import type { Rule } from './rule';

const MAX_VOLUME_GIB = 16_384;
const MAX_BROKERS = 60;
const SERVERLESS_PARTITIONS = 2400;
const SERVERLESS_COMPACTED = 120;

/** Amazon MSK: brokers, volumes and what the service fixes. */
export const MSK_RULES: readonly Rule[] = [
  {
    code: 'MSK-POOLS',
    level: 'error',
    what: 'Amazon MSK has one pool of brokers.',
    why: 'All brokers of a cluster have one size.',
    source: 'AWS::MSK::Cluster, BrokerNodeGroupInfo',
    check(model, report) {
      const brokers = model.pools.filter(({ roles }) => roles.includes('broker'));
      if (model.managedBy !== 'service' || brokers.length < 2) return;
      report({
        path: ['nodePools', brokers[1]!.name],
        message: `all brokers of a cluster are alike on ${model.target}, got ${plural(brokers.length, 'pool')}; one is allowed.`,
        hint: `Merge the pools, or write ${overridePath(model, ['nodePools', brokers[1]!.name])}: null.`,
      });
    },
  },
  {
    code: 'MSK-CERTIFICATE-AUTHORITIES',
    level: 'error',
    what: 'A listener with mtls on Amazon MSK has authorities that vouch for its clients.',
    why: 'The service knows a client certificate only by an authority of AWS Private CA.',
    source: 'AWS::MSK::Cluster, ClientAuthentication.Tls.CertificateAuthorityArnList',
    check(model, report) {
      if (model.target !== 'msk' || model.spec.targets?.msk?.certificateAuthorities !== undefined) return;
      const listener = model.listeners.find(({ authentication }) => authentication === 'mtls');
      if (listener === undefined) return;
      report({
        path: ['listeners', listener.name, 'authentication'],
        message:
          'nobody vouches for client certificates, got mtls without targets.msk.certificateAuthorities; at least one authority is needed.',
        hint: 'Add targets.msk.certificateAuthorities, or choose another authentication.',
      });
    },
  },
  {
    code: 'MSK-BROKERS',
    level: 'error',
    what: `The number of brokers is a multiple of the number of zones, at most ${MAX_BROKERS}.`,
    why: 'The service puts the same number of brokers into every zone and refuses any other number.',
    source: 'Amazon MSK developer guide, Quota: 60 brokers in KRaft mode',
    check(model, report) {
      if (model.target !== 'msk' || model.racks.length === 0) return;
      const pool = model.pools.find(({ roles }) => roles.includes('broker'));
      if (pool === undefined) return;
      const racks = model.racks.length;
      if (model.brokerCount % racks === 0 && model.brokerCount <= MAX_BROKERS) return;
      const near = Math.min(Math.ceil(model.brokerCount / racks) * racks, Math.floor(MAX_BROKERS / racks) * racks);
      report({
        path: ['nodePools', pool.name, 'replicas'],
        message: `the number of brokers is not possible, got ${model.brokerCount} in ${racks} zones; a multiple of ${racks} up to ${MAX_BROKERS} is allowed.`,
        hint: `Use ${near}.`,
      });
    },
  },
  {
    code: 'MSK-VOLUMES',
    level: 'error',
    what: `Each Standard broker has one volume of 1 to ${MAX_VOLUME_GIB} whole GiB, Express brokers have none.`,
    why: 'The service attaches one volume to a Standard broker; the storage of Express brokers is shared and grows by itself.',
    source: 'Amazon MSK developer guide, Quota; Express brokers',
    check(model, report) {
      if (model.managedBy !== 'service') return;
      const standard = model.target === 'msk' && model.spec.targets?.msk?.brokerType !== 'express';
      for (const { name, roles, volumeBytes } of model.pools) {
        if (!roles.includes('broker')) continue;
        const path = ['nodePools', name, 'volumes'];
        if (!standard) {
          if (volumeBytes.length === 0) continue;
          report({
            path,
            message: `the service sizes its own storage, got ${plural(volumeBytes.length, 'volume')}; none is allowed.`,
            hint: `Remove it, or write ${overridePath(model, path)}: null.`,
          });
        } else if (volumeBytes.length !== 1) {
          report({
            path: volumeBytes.length === 0 ? ['nodePools', name] : path,
            message: `a broker has one volume, got ${volumeBytes.length}; one is needed.`,
            hint: volumeBytes.length === 0 ? 'Add volumes: [{ size: 1TiB }].' : 'Add up their sizes.',
          });
        } else if (volumeBytes[0]! % GIB !== 0 || volumeBytes[0]! < GIB || volumeBytes[0]! > MAX_VOLUME_GIB * GIB) {
          report({
            path: [...path, 0, 'size'],
            message: `not the size of a volume, got ${formatBytes(volumeBytes[0]!)}; 1 to ${MAX_VOLUME_GIB} whole GiB is allowed.`,
            hint: 'Change the size.',
          });
        }
      }
    },
  },
  {
    code: 'MSK-INSTANCE-TYPE',
    level: 'error',
    what: 'The instance type is one of the broker type that the kit knows.',
    why: 'Standard brokers have types that begin with kafka., Express brokers with express.; kafka.t3.small does not run KRaft.',
    source: 'Amazon MSK developer guide, Broker sizes, read 2026-10-06',
    check(model, report) {
      const msk = model.spec.targets?.msk;
      if (model.target !== 'msk' || msk?.instanceType === undefined) return;
      const prefix = msk.brokerType === 'express' ? 'express.' : 'kafka.';
      const known = [...MSK_BROKER_TYPES.keys()].filter((type) => type.startsWith(prefix));
      if (known.includes(msk.instanceType)) return;
      const other = MSK_BROKER_TYPES.has(msk.instanceType);
      report({
        path: ['targets', 'msk', 'instanceType'],
        message: `not an instance type of ${msk.brokerType ?? 'standard'} brokers, got ${msk.instanceType}; ${oneOf(known)}.`,
        hint: other
          ? `Set brokerType: ${prefix === 'kafka.' ? 'express' : 'standard'}, or choose another type.`
          : didYouMean(msk.instanceType, known, 'Choose one of them.'),
      });
    },
  },
  {
    code: 'MSK-STORAGE-AUTOSCALING',
    level: 'error',
    what: `Volumes of Standard brokers grow up to a size that is not below the one they begin with, at most ${MAX_VOLUME_GIB} GiB.`,
    why: 'A volume never shrinks, and the storage of Express brokers grows by itself.',
    source: 'Amazon MSK developer guide, Automatic scaling',
    check(model, report) {
      const msk = model.spec.targets?.msk;
      if (model.target !== 'msk' || msk?.storageAutoscaling === undefined) return;
      if (msk.brokerType === 'express') {
        report({
          path: ['targets', 'msk', 'storageAutoscaling'],
          message: 'the storage of Express brokers grows by itself, got storageAutoscaling; leave it out there.',
          hint: 'Remove it.',
        });
        return;
      }
      const max = sizeBytes(msk.storageAutoscaling.max);
      const size = Math.max(0, ...model.pools.flatMap(({ volumeBytes }) => volumeBytes));
      if (max >= size && max <= MAX_VOLUME_GIB * GIB && max % GIB === 0) return;
      report({
        path: ['targets', 'msk', 'storageAutoscaling', 'max'],
        message: `not a size that the volumes can grow to, got ${msk.storageAutoscaling.max}; ${formatBytes(size)} to ${MAX_VOLUME_GIB} whole GiB is allowed.`,
        hint: max < size ? 'Raise it above the size of the volumes.' : 'Change the size.',
      });
    },
  },
  {
    code: 'MSK-REPLICATION',
    level: 'error',
    what: 'On Express brokers and Serverless every topic has three replicas and min ISR 2.',
    why: 'The service fixes both.',
    source: 'Amazon MSK developer guide, Express brokers; MSK Serverless',
    check(model, report) {
      const express = model.target === 'msk' && model.spec.targets?.msk?.brokerType === 'express';
      if (!express && model.target !== 'msk-serverless') return;
      for (const { name, replicationFactor, minInSyncReplicas } of model.topics) {
        for (const [field, value, fixed] of [
          ['replicationFactor', replicationFactor, 3],
          ['minInSyncReplicas', minInSyncReplicas, 2],
        ] as const) {
          if (value === fixed) continue;
          report({
            path: topicFieldPath(model.spec, name, field),
            message: `the service fixes ${field}, got ${value}; ${fixed} is allowed.`,
            hint: `Remove it${value < 3 && field === 'replicationFactor' ? ', and have at least three brokers' : ''}.`,
          });
        }
      }
    },
  },
  {
    code: 'MSK-SERVERLESS-PARTITIONS',
    level: 'error',
    what: `MSK Serverless has at most ${SERVERLESS_PARTITIONS} partitions, ${SERVERLESS_COMPACTED} of them compacted.`,
    why: 'The service refuses topics above its quota.',
    source: 'Amazon MSK developer guide, Quota for serverless clusters',
    check(model, report) {
      if (model.target !== 'msk-serverless') return;
      const count = (topics: typeof model.topics): number => topics.reduce((sum, topic) => sum + topic.partitions, 0);
      const compacted = model.topics.filter(({ cleanupPolicy }) => cleanupPolicy.includes('compact'));
      for (const [what, number, most] of [
        ['partitions', count(model.topics), SERVERLESS_PARTITIONS],
        ['compacted partitions', count(compacted), SERVERLESS_COMPACTED],
      ] as const) {
        if (number <= most) continue;
        report({
          path: ['topics'],
          message: `the topics have too many ${what}, got ${number}; at most ${most} are allowed.`,
          hint: 'Use fewer partitions, or provisioned brokers (target: msk).',
        });
        return;
      }
    },
  },
  {
    code: 'MSK-TOPICS-OWNER',
    level: 'error',
    what: "Topics are the reconciler's only where a listener has authentication iam.",
    why: 'The reconciler of a stack logs in with IAM; without such a listener the cluster would be deployed without its topics.',
    source: 'Amazon MSK developer guide, IAM access control',
    check(model, report) {
      if (model.target !== 'msk' || model.spec.targets?.msk?.topicsManagedBy !== 'reconciler') return;
      if (model.listeners.some(({ authentication }) => authentication === 'iam')) return;
      report({
        path: ['targets', 'msk', 'topicsManagedBy'],
        message: 'the reconciler has no way into the cluster, got no listener with authentication iam; one is needed.',
        hint: 'Add such a listener, or leave the topics to cloudformation.',
      });
    },
  },
];
