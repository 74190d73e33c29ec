import { KAFKA_RELEASES } from '../versions';
import { oneOf, overridePath } from './hint';
import { mskRefusals } from './msk-facts';
import type { Rule } from './rule';

/** What a target must be told, and the versions that it offers. */
export const TARGET_RULES: readonly Rule[] = [
  {
    code: 'TARGET-SECTION',
    level: 'error',
    what: 'The section that a target cannot do without is there.',
    why: 'A namespace and images, an inventory, an account and a region cannot be guessed.',
    source: 'the environment schema',
    check(model, report) {
      const { aws, targets } = model.spec;
      const missing = (section: string, example: string): void =>
        report({
          path: [],
          message: `the section ${section} is missing, got none; ${model.target} needs it.`,
          hint: `Add ${section}: ${example}.`,
        });
      switch (model.target) {
        case 'msk':
        case 'msk-serverless':
        case 'ec2':
          if (aws === undefined) missing('aws', '{ account: "111122223333", region: eu-west-1 }');
          break;
        case 'kubernetes':
          if (targets?.kubernetes === undefined) {
            missing('targets.kubernetes', '{ version: "1.34", namespace: kafka, images: { kafka: ... } }');
          }
          break;
        case 'hosts':
          if (targets?.hosts?.inventory === undefined) {
            missing(
              'targets.hosts.inventory',
              '{ b1: { address: b1.example, nodePool: brokers, nodeId: 101, logDirs: [/data/1/kafka] } }',
            );
          }
          break;
        case 'local':
          break;
      }
    },
  },
  {
    code: 'KAFKA-VERSION-TARGET',
    level: 'error',
    what: 'The target offers the Kafka version.',
    why: 'Amazon MSK offers some versions only, Express brokers fewer; the kit runs nodes of its own from 4.1 on, where a quorum is formed dynamically.',
    source: 'KafkaVersions of the Amazon MSK API, 2026-09-14; KIP-853',
    check(model, report) {
      if (model.target === 'msk-serverless') return; // the service has one version, which it does not show
      if (model.target === 'msk') {
        for (const { code, message, hint } of mskRefusals(model)) {
          if (code !== 'KAFKA-VERSION-TARGET') continue;
          const here = overridePath(model, ['kafka', 'version']);
          report({
            path: ['kafka', 'version'],
            message,
            hint: `${hint.slice(0, -1)}, or say what holds there: ${here}.`,
          });
        }
        return;
      }
      if (model.kafka.selfManaged) return;
      const versions = KAFKA_RELEASES.filter(({ selfManaged }) => selfManaged).map(({ version }) => version);
      report({
        path: ['kafka', 'version'],
        message: `${model.target} does not offer this version, got ${model.spec.kafka.version}; ${oneOf(versions)}.`,
        hint: `Use "${versions.at(-1)}", or say what holds there: ${overridePath(model, ['kafka', 'version'])}.`,
      });
    },
  },
  {
    code: 'KAFKA-VERSION-PATCH',
    level: 'error',
    what: 'A patch release is pinned only where the kit installs Kafka.',
    why: 'Amazon MSK chooses and changes the patch release by itself.',
    source: 'Amazon MSK developer guide, Supported Apache Kafka versions',
    check(model, report) {
      const { version } = model.spec.kafka;
      if (model.managedBy !== 'service' || version.split('.').length < 3) return;
      report({
        path: ['kafka', 'version'],
        message: `the service chooses the patch release, got ${version}; ${model.kafka.version} is allowed.`,
        hint: `Write "${model.kafka.version}", or ${overridePath(model, ['kafka', 'version'])}: "${model.kafka.version}".`,
      });
    },
  },
  {
    code: 'KAFKA-CLUSTER-ID',
    level: 'error',
    what: 'A cluster id is pinned only where the kit forms the cluster.',
    why: 'Amazon MSK chooses the id of its clusters.',
    source: 'Amazon MSK API, CreateClusterV2',
    check(model, report) {
      const { clusterId } = model.spec.kafka;
      if (model.managedBy !== 'service' || clusterId === undefined) return;
      report({
        path: ['kafka', 'clusterId'],
        message: `the service chooses the id of the cluster, got ${clusterId}; leave it out there.`,
        hint: `Remove it, or write ${overridePath(model, ['kafka', 'clusterId'])}: null.`,
      });
    },
  },
  {
    code: 'KUBERNETES-NAME-LENGTH',
    level: 'error',
    what: 'The name of every StatefulSet has at most 52 characters.',
    why: 'Kubernetes writes the name and a hash into a label of 63 characters; with a longer name no pod is ever made.',
    source: 'kubernetes/kubernetes#64023',
    check(model, report) {
      if (model.target !== 'kubernetes') return;
      for (const node of model.nodes) {
        const set = node.name.slice(0, node.name.lastIndexOf('-'));
        if (set.length <= 52) continue;
        report({
          path: ['nodePools', node.pool.name],
          message: `the name of a StatefulSet is too long, got ${set} (${set.length} characters); at most 52 are allowed.`,
          hint: 'Shorten the name of the pool, of the environment or of the rack.',
        });
      }
    },
  },
];
