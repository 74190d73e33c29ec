import type { Signal, Watched } from './signal';

const CONTROLLER = 'kafka_controller_kafkacontroller';

/** What counts metadata that a node could not take. */
export const METADATA_ERRORS: readonly string[] = [
  `${CONTROLLER}_metadataerrorcount`,
  'kafka_server_broker_metadata_metrics_metadata_load_error_count',
  'kafka_server_broker_metadata_metrics_metadata_apply_error_count',
];

const controllers = ({ model }: Watched): number =>
  model.nodes.filter(({ roles }) => roles.includes('controller')).length;
const brokers = ({ model }: Watched): number => model.nodes.filter(({ roles }) => roles.includes('broker')).length;

/** Whether nodes are there and agree. */
export const AVAILABILITY_SIGNALS: readonly Signal[] = [
  {
    id: 'node-down',
    title: 'A node does not answer',
    question: 'is it available',
    why: 'Its metrics cannot be read: it is down, or what asks it cannot reach it.',
    severity: 'warning',
    prometheus: ({ series }) => ({
      expression: `${series('up', 'kafka="node"')} == 0`,
      forMinutes: 5,
      summary: '{{ $labels.node }} does not answer.',
    }),
  },
  {
    id: 'no-active-controller',
    title: 'No controller is active',
    question: 'is it available',
    why: 'No leader can change, no topic be made, no broker come back; what leads goes on.',
    severity: 'critical',
    prometheus: ({ series }) => ({
      // Where none is seen at all there is nothing to add up, which is not to be silence.
      expression: `(sum(${series(`${CONTROLLER}_activecontrollercount`)}) or vector(0)) < 1`,
      forMinutes: 2,
      summary: 'No controller says that it is the active one.',
    }),
  },
  {
    id: 'two-active-controllers',
    title: 'More than one controller thinks that it is active',
    question: 'is it available',
    why: 'The quorum lets one only write; one that has not noticed was cut off from the others.',
    severity: 'warning',
    prometheus: ({ series }) => ({
      expression: `sum(${series(`${CONTROLLER}_activecontrollercount`)}) > 1`,
      forMinutes: 5,
      summary: '{{ $value }} controllers say that they are the active one.',
    }),
  },
  {
    id: 'quorum-no-spare',
    title: 'The quorum has no controller to spare',
    question: 'is it available',
    why: 'One more and there is no majority: nothing in the cluster can change.',
    severity: 'critical',
    prometheus: (watched) => {
      const count = controllers(watched);
      // With one or two there never is one to spare.
      if (count < 3) return undefined;
      const majority = Math.floor(count / 2) + 1;
      return {
        // A sum, since a count of none is no number; pods that are gone are not even down.
        expression: `(sum(${watched.series('up', 'kafka="node",controller="true"')}) or vector(0)) <= ${majority}`,
        forMinutes: 15,
        summary: `{{ $value }} of ${count} controllers answer, and ${majority} are needed.`,
      };
    },
  },
  {
    id: 'quorum-behind',
    title: 'A node is behind the metadata log',
    question: 'is it available',
    why: 'It serves old leaders and old access rights, and a controller like that is none that could take over.',
    severity: 'warning',
    prometheus: ({ series }) => ({
      expression: `max by (node) (${series('kafka_server_raft_metrics_high_watermark')}) < scalar(max(${series('kafka_server_raft_metrics_high_watermark')} offset 5m))`,
      forMinutes: 5,
      summary: '{{ $labels.node }} has less of the metadata log than the cluster had five minutes ago.',
    }),
  },
  {
    id: 'fenced-brokers',
    title: 'Brokers are fenced',
    question: 'is it available',
    why: 'They run or ran, but the controller does not hear from them: they lead nothing.',
    severity: 'warning',
    prometheus: ({ series }) => ({
      expression: `max(${series(`${CONTROLLER}_fencedbrokercount`)}) > 0`,
      forMinutes: 10,
      summary: '{{ $value }} brokers are registered and fenced.',
    }),
  },
  {
    id: 'brokers-missing',
    title: 'Fewer brokers serve than are declared',
    question: 'is it available',
    why: 'A broker that never registered, or was forgotten, is missed by nobody else.',
    severity: 'warning',
    prometheus: (watched) => ({
      expression: `max(${watched.series(`${CONTROLLER}_activebrokercount`)}) < ${brokers(watched)}`,
      forMinutes: 15,
      summary: `{{ $value }} of ${brokers(watched)} brokers serve.`,
    }),
  },
  {
    id: 'metadata-errors',
    title: 'A node could not apply metadata',
    question: 'is it available',
    why: 'From then on it may act on what is not so; only a restart makes it read all of it again.',
    severity: 'critical',
    prometheus: ({ series }) => ({
      // By a pattern of names: `or` would hide one that counts behind one that is 0.
      expression: `max by (node) (${series('', `__name__=~"${METADATA_ERRORS.join('|')}"`)}) > 0`,
      forMinutes: 1,
      summary: '{{ $labels.node }} met {{ $value }} errors in the metadata log.',
    }),
  },
  {
    id: 'isr-flapping',
    title: 'Replicas fall out of sync and come back',
    question: 'is it available',
    why: 'A disk, a network or a garbage collection that stalls for longer than replica.lag.time.max.ms, again and again.',
    severity: 'warning',
    prometheus: ({ series }) => ({
      expression: `sum by (node) (increase(${series('kafka_server_replicamanager_isrshrinks_total')}[1h])) > 50 and sum by (node) (increase(${series('kafka_server_replicamanager_isrexpands_total')}[1h])) > 50`,
      forMinutes: 15,
      summary: '{{ $labels.node }} took replicas out of sync {{ $value | printf "%.0f" }} times in an hour.',
    }),
  },
  {
    id: 'late-transactions',
    title: 'A transaction is open for too long',
    question: 'is it late',
    why: 'Consumers with read_committed stand still behind it, and compacted topics are not cleaned.',
    severity: 'warning',
    prometheus: ({ series }) => ({
      expression: `max by (node) (${series('kafka_server_replicamanager_partitionswithlatetransactionscount')}) > 0`,
      forMinutes: 5,
      summary: '{{ $labels.node }} leads {{ $value }} partitions with a transaction that should have ended.',
    }),
  },
];
