import type { Change } from '../../../lib/core/plan/change';
import type { Plan } from '../../../lib/core/plan/plan';

/** An option of a topic that is set. */
export function optionChange(topic: string, more: Partial<Change> = {}): Change {
  return {
    id: `set-topic-option ${topic} retention.ms`,
    code: 'TOPIC-RETENTION',
    path: `topics.${topic}.retention.time`,
    subject: `topic ${topic}`,
    summary: 'retention.ms 7d -> 14d',
    from: '7d',
    to: '14d',
    grade: 'safe',
    reason: 'Records stay longer.',
    status: 'ready',
    operation: {
      kind: 'set-topic-option',
      topic,
      topicId: 'CZeeAwwIYM1wZT6U5ejiTw',
      option: 'retention.ms',
      value: '1209600000',
    },
    ...more,
  };
}

/** The retention of a topic that is cut. */
export function cut(topic: string, more: Partial<Change> = {}): Change {
  return optionChange(topic, {
    code: 'TOPIC-RETENTION-CUT',
    summary: 'retention.ms 7d -> 1d',
    to: '1d',
    grade: 'data-loss',
    reason: 'Records before 2026-11-25 go: 12GiB.',
    status: 'held',
    ...more,
  });
}

export function planWith(changes: readonly Change[], more: Partial<Plan> = {}): Plan {
  return {
    schemaVersion: 1,
    environment: 'prod',
    owner: 'prod',
    target: 'kubernetes',
    clusterId: 'CZeeAwwIYM1wZT6U5ejiTw',
    readAt: '2026-11-26T09:30:00.000Z',
    basis: { topics: '00', acls: '11' },
    desired: '22',
    changes,
    findings: [],
    proof: { checked: 0, refused: [], unchecked: [] },
    ...more,
  };
}
