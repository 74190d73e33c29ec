import { k8s } from 'cdk8s-plus-27';
import { CONTROLLER_LISTENER, REPLICATION_LISTENER, type NodeModel } from '../../lib/core/model';
import { MIB } from '../../lib/core/units';
import { NODE_CONFIG } from './paths';

const DAY = 24 * 3600;
const PERIOD = 10;
/** Slower than any throttle under which a disk that is filled again from other brokers is ever whole. */
const COPY_BYTES_PER_SECOND = MIB;

type Probes = Pick<k8s.Container, 'startupProbe' | 'readinessProbe' | 'livenessProbe'>;

/**
 * Start: until a node has caught up, and the others have taken it back; the rollout waits for it. Kubernetes asks no more afterwards, so that trouble elsewhere cannot take
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
      exec: probe([...quorum, ...(broker ? ['running', 'caught-up'] : []), 'others']),
      periodSeconds: PERIOD,
      timeoutSeconds: 30,
      failureThreshold,
    },
    readinessProbe: {
      exec: probe(broker ? ['running'] : quorum),
      periodSeconds: PERIOD,
      timeoutSeconds: 20,
    },
    livenessProbe: {
      httpGet: { path: '/-/healthy', port: k8s.IntOrString.fromString('metrics') },
      periodSeconds: 30,
      timeoutSeconds: 15,
      failureThreshold: 10,
    },
  };
}

/**
 * Never shorter than a recovery or a full copy of the disks takes: a node that is killed meanwhile begins again, for ever. Nothing is gained
 * by ending it sooner: a process that fails ends by itself, and one that hangs holds the rollout, which is what the alert is about.
 */
export function startBudgetSeconds({ pool }: NodeModel): number {
  const bytes = pool.volumeBytes.reduce((sum, size) => sum + size, 0);
  return Math.max(7 * DAY, Math.ceil(bytes / COPY_BYTES_PER_SECOND));
}
