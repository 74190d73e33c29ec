import type { Signal } from './signal';

const nowhere = (): undefined => undefined;

/** What services of AWS say of themselves, and nodes of one's own do not, or not in Prometheus. */
export const AWS_SIGNALS: readonly Signal[] = [
  {
    id: 'cpu-busy',
    title: 'Processors have no room for a loss',
    question: 'is it overloaded',
    why: 'When brokers go, for patching too, the others do their work; above this there is no room for it.',
    severity: 'warning',
    prometheus: nowhere,
  },
  {
    id: 'volume-busy',
    title: 'Volumes are near their throughput',
    question: 'is it overloaded',
    why: 'At the limit writes wait, replicas fall out of sync, and no metric of Kafka says why.',
    severity: 'warning',
    prometheus: nowhere,
  },
  {
    id: 'network-limited',
    title: 'The network holds packets back',
    question: 'is it overloaded',
    why: 'More comes or goes than the instance may: clients and replicas wait, in bursts that averages do not show.',
    severity: 'warning',
    prometheus: nowhere,
  },
  {
    id: 'throttled-by-service',
    title: 'Brokers make clients wait',
    question: 'is it overloaded',
    why: 'The throughput that brokers of this size have is used up; producers fill their buffers, consumers fall behind.',
    severity: 'warning',
    prometheus: nowhere,
  },
  {
    id: 'connections-many',
    title: 'Connections are near their limit',
    question: 'is it overloaded',
    why: 'Beyond it new clients are refused, all of them at once after a deploy or a patched broker.',
    severity: 'warning',
    prometheus: nowhere,
  },
  {
    id: 'egress-high',
    title: 'More goes out than the cluster was sized for',
    question: 'is it overloaded',
    why: 'Brokers of a fixed throughput make consumers wait beyond it.',
    severity: 'warning',
    prometheus: nowhere,
  },
  {
    id: 'storage-beyond-plan',
    title: 'More is kept than was planned',
    question: 'will it be full',
    why: 'Nothing fills up where the service sizes storage; the bill does.',
    severity: 'warning',
    prometheus: nowhere,
  },
  {
    id: 'out-of-memory',
    title: 'A broker is out of memory',
    question: 'is it overloaded',
    why: 'Threads that met it are gone: the broker looks alive and does half of its work.',
    severity: 'critical',
    prometheus: nowhere,
  },
  {
    id: 'replicator-failing',
    title: 'A replicator does not copy',
    question: 'does it move data in and out',
    why: 'The other side gets nothing, or not all, and would be taken for whole when it is needed.',
    severity: 'critical',
    prometheus: nowhere,
  },
  {
    id: 'replicator-late',
    title: 'A replicator is behind',
    question: 'does it move data in and out',
    why: 'What it has not copied is lost to those who have to go to the other side.',
    severity: 'warning',
    prometheus: nowhere,
  },
];
