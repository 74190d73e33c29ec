import type { CloudWatchAlarm, CloudWatchMetric } from './alarm';
import { steadily } from './expression';
import { ALL_KINDS, fleet, type MskExpression } from './msk-expression';
import { CONNECT_NAMESPACE, CONNECTOR, MSK_NAMESPACE, REPLICATOR, REPLICATOR_SIDE } from './msk-metrics';

/** What moves data in and out: MSK Connect and MSK Replicator, each connector and replicator by itself. */
export const MSK_FLOWS: Readonly<Record<string, MskExpression>> = {
  'connect-task-failed': {
    on: ALL_KINDS,
    threshold: ({ connectors }) => (connectors.length === 0 ? undefined : 0),
    alarms: ({ connectors }, threshold) =>
      connectors.map(({ name }) => ({
        subject: name,
        summary: `Tasks of the connector ${name} have failed.`,
        source: ofConnector(name, 'ErroredTaskCount', 'Maximum'),
        when: '>',
        threshold,
        ...steadily(5),
      })),
  },
  'connect-worker-down': {
    on: ALL_KINDS,
    threshold: ({ connectors }) => (connectors.length === 0 ? undefined : 0),
    alarms: ({ connectors }) =>
      connectors.map(({ name, workers }) => ({
        subject: name,
        summary: `The connector ${name} has fewer workers than ${workers}, or says nothing at all.`,
        source: ofConnector(name, 'WorkerCount', 'Maximum'),
        when: '<',
        threshold: workers,
        ...steadily(15),
        missing: 'breaching',
      })),
  },
  'replicator-failing': {
    on: ALL_KINDS,
    threshold: ({ replicators }) => (replicators.length === 0 ? undefined : 0),
    alarms: ({ replicators }, threshold) =>
      replicators.flatMap(({ name }): CloudWatchAlarm[] => [
        {
          subject: `${name}-errors`,
          summary: `The replicator ${name} meets errors: most often a right that its role lacks, or records that are too large.`,
          source: {
            kind: 'math',
            expression: 'FILL(a, 0)+FILL(b, 0)',
            metrics: {
              a: ofReplicator(name, 'ReplicatorFailure', 'Sum'),
              b: ofReplicator(name, 'ReplicationFailures', 'Sum'),
            },
          },
          when: '>',
          threshold,
          ...steadily(15, 5),
        },
        {
          subject: `${name}-login`,
          summary: `The replicator ${name} cannot log in to one of its clusters.`,
          source: fleet({
            name: 'AuthError',
            statistic: 'SUM',
            where: { [REPLICATOR]: name },
            across: [REPLICATOR_SIDE],
            each: REPLICATOR_SIDE,
          }),
          when: '>',
          threshold,
          ...steadily(15, 5),
        },
        {
          subject: `${name}-reach`,
          summary: `The replicator ${name} does not reach one of its clusters, or says nothing at all.`,
          source: fleet({
            name: 'KafkaClusterPingSuccessCount',
            statistic: 'MIN',
            where: { [REPLICATOR]: name },
            across: [REPLICATOR_SIDE],
          }),
          when: '<',
          threshold: 1,
          ...steadily(15, 5),
          missing: 'breaching',
        },
      ]),
  },
  'replicator-late': {
    on: ALL_KINDS,
    threshold: ({ replicators }) => (replicators.length === 0 ? undefined : 0),
    alarms: ({ replicators }) =>
      replicators.map(({ name, seconds }) => ({
        subject: name,
        summary: `Records take more than ${seconds} seconds through the replicator ${name}.`,
        source: { kind: 'metric', metric: ofReplicator(name, 'ReplicationLatency', 'Maximum') },
        when: '>',
        threshold: seconds * 1000,
        ...steadily(15, 5),
      })),
  },
};

function ofConnector(
  connector: string,
  name: string,
  statistic: CloudWatchMetric['statistic'],
): CloudWatchAlarm['source'] {
  return {
    kind: 'metric',
    metric: { namespace: CONNECT_NAMESPACE, name, statistic, dimensions: { [CONNECTOR]: connector } },
  };
}

function ofReplicator(replicator: string, name: string, statistic: CloudWatchMetric['statistic']): CloudWatchMetric {
  return { namespace: MSK_NAMESPACE, name, statistic, dimensions: { [REPLICATOR]: replicator } };
}
