import { topicFieldPath, type EnvironmentModel } from '../model';
import type { Path } from '../issue';
import { MSK_QUOTAS, topicRefusals } from '../msk';
import type { Rule } from './rule';

const { partitions: SERVERLESS_PARTITIONS, compactedPartitions: SERVERLESS_COMPACTED } = MSK_QUOTAS.serverless;

/** Topics on Amazon MSK: what the service fixes, and what tiered storage asks for. */
export const MSK_TOPIC_RULES: readonly Rule[] = [
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
  {
    code: 'MSK-TIERED-TOPIC',
    level: 'error',
    what: 'A topic with remote.storage.enable is on a cluster with tiered storage, is not compacted, and keeps records for three days or more, fewer of them locally.',
    why: 'The service refuses the topic, or never moves a segment of it.',
    source: 'Amazon MSK developer guide, Tiered storage requirements',
    check(model, report) {
      if (model.target !== 'msk') return;
      const { brokerType = 'standard', storageMode } = model.spec.targets?.msk ?? {};
      const cluster = { kind: brokerType, brokerCount: model.brokerCount, tieredStorage: storageMode === 'tiered' };
      for (const topic of model.topics) {
        if (topic.config['remote.storage.enable'] !== 'true') continue;
        for (const { code, subject, message, hint } of topicRefusals({ ...topic, cluster })) {
          if (code !== 'MSK-TIERED-TOPIC') continue;
          report({ path: optionPath(model, topic.name, subject.slice('config:'.length)), message, hint });
        }
      }
    },
  },
];

/** Where an option of a topic is written: by a key of the kit, on the topic, in the defaults, or nowhere. */
function optionPath(model: EnvironmentModel, topic: string, option: string): Path {
  if (option === 'cleanup.policy') return topicFieldPath(model.spec, topic, 'cleanupPolicy');
  if (option.startsWith('retention.')) return topicFieldPath(model.spec, topic, 'retention');
  if (model.spec.topics?.[topic]?.config?.[option] !== undefined) return ['topics', topic, 'config', option];
  return model.spec.topicDefaults?.config?.[option] === undefined
    ? ['topics', topic]
    : ['topicDefaults', 'config', option];
}
