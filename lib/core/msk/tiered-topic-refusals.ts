import { MSK_QUOTAS } from './quotas';
import type { ServiceRuleName } from './service-rule';
import type { TopicClusterFacts, TopicRefusal } from './topic-facts';

type Config = Readonly<Record<string, string>>;

const TIERED = 'remote.storage.enable';
/** Kafka: "as retention.ms", or "as retention.bytes". */
const AS_WHOLE = -2;

/** What the service would refuse about a topic whose closed segments move to the second tier. */
export function* tieredTopicRefusals(config: Config, cluster: TopicClusterFacts): Generator<TopicRefusal> {
  if (config[TIERED] !== 'true') return;
  if (cluster.kind === 'standard' && cluster.tieredStorage !== true) {
    yield refusal(TIERED, 'tieredTopicCluster', {
      message:
        'the cluster has no tiered storage, got remote.storage.enable=true; it is allowed with tiered storage only.',
      hint: 'Switch tiered storage on for the cluster, or leave the option out.',
    });
  }
  yield* retention(config);
  yield* segments(config);
}

function* retention(config: Config): Generator<TopicRefusal> {
  const policy = config['cleanup.policy'] ?? 'delete';
  if (policy !== 'delete') {
    yield refusal('cleanup.policy', 'tieredTopicPolicy', {
      message: `a tiered topic is not compacted, got cleanup.policy=${policy}; delete alone is allowed.`,
      hint: 'Use delete, or leave remote.storage.enable out.',
    });
  }
  const { minRetentionMs } = MSK_QUOTAS.tieredTopic;
  const whole = number(config['retention.ms']);
  if (whole !== undefined && whole >= 0 && whole < minRetentionMs) {
    yield refusal('retention.ms', 'tieredTopicRetention', {
      message: `a tiered topic keeps records for at least three days, got ${whole} ms; ${minRetentionMs} ms or more is allowed.`,
      hint: 'Keep them longer, or leave remote.storage.enable out.',
    });
  }
  for (const unit of ['ms', 'bytes'] as const) {
    const local = number(config[`local.retention.${unit}`]);
    const all = number(config[`retention.${unit}`]);
    if (local === undefined || local === AS_WHOLE || all === undefined || all < 0) continue;
    if (local >= 0 && local < all) continue;
    yield refusal(`local.retention.${unit}`, 'tieredTopicLocal', {
      message: `the local retention is not below the whole, got ${local} of ${all} ${unit}; less than retention.${unit}, or ${AS_WHOLE}, is allowed.`,
      hint: 'Lower it.',
    });
  }
}

function* segments(config: Config): Generator<TopicRefusal> {
  const { minSegmentBytes, minSegmentMs } = MSK_QUOTAS.tieredTopic;
  for (const [option, least] of [
    ['segment.bytes', minSegmentBytes],
    ['segment.ms', minSegmentMs],
  ] as const) {
    const value = number(config[option]);
    if (value === undefined || value >= least) continue;
    yield refusal(option, 'tieredTopicSegments', {
      message: `the segments of a tiered topic are too small, got ${option}=${value}; at least ${least} is allowed.`,
      hint: 'Raise it.',
    });
  }
}

function refusal(option: string, rule: ServiceRuleName, text: { message: string; hint: string }): TopicRefusal {
  return { code: 'MSK-TIERED-TOPIC', subject: `config:${option}`, rule, ...text };
}

/** A whole number; what else stands there is for the rules of options. */
function number(text: string | undefined): number | undefined {
  return text !== undefined && /^-?\d{1,15}$/.test(text) ? Number(text) : undefined;
}
