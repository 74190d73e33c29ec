import { k8s } from 'cdk8s-plus-27';
import { CONTROLLER_LISTENER, REPLICATION_LISTENER, type NodeModel } from '../../lib/core/model';
import { GIB, MIB } from '../../lib/core/units';
import { NODE_CONFIG } from './paths';

const HOUR = 3600;
const PERIOD = 10;
/** A disk that is filled again from other brokers, held back so that clients do not suffer, comes at least this fast. */
const COPY_BYTES_PER_SECOND = 20 * MIB;

type Probes = Pick<k8s.Container, 'startupProbe' | 'readinessProbe' | 'livenessProbe'>;

/**
 * Start: until a node has caught up; the rollout waits for it. Kubernetes asks no more afterwards, so that trouble elsewhere cannot take
 * healthy brokers out of their Service. Ready: it runs. Alive: its process answers at all, never a listener, which is closed during
 * recovery.
 */
export function nodeProbes(node: NodeModel): Probes {
  const broker = node.roles.includes('broker');
  const controller = node.roles.includes('controller');
  const failureThreshold = Math.ceil(startBudgetSeconds(node) / PERIOD);
  if (node.metricsPort === undefined) {
    const port = node.ports[broker ? REPLICATION_LISTENER : CONTROLLER_LISTENER]!;
    const tcpSocket = { port: k8s.IntOrString.fromNumber(port) };
    return {
      startupProbe: { tcpSocket, periodSeconds: PERIOD, failureThreshold },
      readinessProbe: { tcpSocket, periodSeconds: PERIOD, timeoutSeconds: 5 },
    };
  }
  const probe = (checks: readonly string[]): k8s.ExecAction => ({
    command: ['bash', `${NODE_CONFIG}/probe-node.sh`, String(node.metricsPort), ...checks],
  });
  const quorum = controller ? ['quorum'] : [];
  return {
    startupProbe: {
      exec: probe([...quorum, ...(broker ? ['running', 'caught-up'] : [])]),
      periodSeconds: PERIOD,
      timeoutSeconds: 15,
      failureThreshold,
    },
    readinessProbe: {
      exec: probe(broker ? ['running'] : quorum),
      periodSeconds: PERIOD,
      timeoutSeconds: 10,
    },
    livenessProbe: {
      httpGet: { path: '/-/healthy', port: k8s.IntOrString.fromString('metrics') },
      periodSeconds: 30,
      timeoutSeconds: 15,
      failureThreshold: 10,
    },
  };
}

/** Never shorter than a full copy of the disks takes: a node that is killed while it copies begins again, for ever. */
export function startBudgetSeconds({ pool }: NodeModel): number {
  const bytes = pool.volumeBytes.reduce((sum, size) => sum + size, 0);
  return Math.max(6 * HOUR, Math.ceil(Math.max(bytes, GIB) / COPY_BYTES_PER_SECOND));
}
