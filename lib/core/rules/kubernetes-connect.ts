import { podSettings, runsWorkers, sinkGroup, type EnvironmentModel } from '../model';
import { plural } from './hint';
import type { Rule } from './rule';

const LEAST_HEAP_MIB = 256;

/** Workers of Connect as pods, and what looks after them. */
export const KUBERNETES_CONNECT_RULES: readonly Rule[] = [
  {
    code: 'KUBERNETES-CONNECT-UNUSED',
    level: 'error',
    what: 'Settings of workers stand where there are workers.',
    why: 'They would be ignored.',
    source: 'the environment schema',
    check(model, report) {
      if (podSettings(model)?.connect === undefined || runsWorkers(model)) return;
      report({
        path: ['targets', 'kubernetes', 'connect'],
        message: `there are no workers of Connect here, got settings for them; ${model.connect?.environment === undefined ? 'a section connect' : `those of ${model.connect.environment}`} may have some.`,
        hint: 'Remove them, or add connect.',
      });
    },
  },
  {
    code: 'KUBERNETES-CONNECT-SCALE',
    level: 'error',
    what: 'Workers scale from their number up.',
    why: 'An autoscaler whose most is not above its least does nothing.',
    source: 'Kubernetes documentation, Horizontal Pod Autoscaling',
    check(model, report) {
      const most = podSettings(model)?.connect?.autoscaling?.maxReplicas;
      if (most === undefined || !runsWorkers(model) || most > model.connect!.replicas) return;
      report({
        path: ['targets', 'kubernetes', 'connect', 'autoscaling', 'maxReplicas'],
        message: `the workers cannot become more, got at most ${most}, and ${model.connect!.replicas} from the start; more is needed.`,
        hint: 'Raise it, or lower connect.replicas.',
      });
    },
  },
  {
    code: 'KUBERNETES-CONNECT-LAG',
    level: 'error',
    what: 'Workers scale by lag where a connector has some: a sink that runs.',
    why: 'A source is in no consumer group, and without a lag nothing would ever add a worker.',
    source: 'KEDA documentation, Apache Kafka; Apache Kafka documentation, Kafka Connect',
    check(model, report) {
      if (podSettings(model)?.connect?.autoscaling?.lag === undefined || !runsWorkers(model)) return;
      if (model.connect!.connectors.some((connector) => connector.state === 'running' && sinkGroup(connector))) return;
      report({
        path: ['targets', 'kubernetes', 'connect', 'autoscaling', 'lag'],
        message: 'no connector has a lag, got none with topics that runs; one is needed.',
        hint: 'Scale by cpu, or add a sink.',
      });
    },
  },
  {
    code: 'KUBERNETES-CONNECT-IDLE',
    level: 'warning',
    what: 'There are no more workers than connectors and tasks.',
    why: 'A worker takes whole tasks: one more than there are does nothing and costs its memory.',
    source: 'Apache Kafka documentation, Kafka Connect',
    check(model, report) {
      if (!runsWorkers(model) || podSettings(model) === undefined) return;
      const tasks = tasksOf(model);
      const most = podSettings(model)?.connect?.autoscaling?.maxReplicas;
      if (most === undefined || tasks === 0 || most <= tasks) return;
      report({
        path: ['targets', 'kubernetes', 'connect', 'autoscaling', 'maxReplicas'],
        message: `there are more workers than tasks, got at most ${plural(most, 'worker')} for ${tasks}; as many at most have something to do.`,
        hint: `Write maxReplicas: ${tasks}, or raise tasksMax.`,
      });
    },
  },
  {
    code: 'KUBERNETES-CONNECT-MEMORY',
    level: 'error',
    what: `The Java heap of a worker, three quarters of its memory, is at least ${LEAST_HEAP_MIB} MiB.`,
    why: 'With less the worker runs out of memory while it loads its plugins, or with the first batches.',
    source: 'Apache Kafka, connect-distributed.sh: 256 MiB is what it starts with',
    check(model, report) {
      if (podSettings(model) === undefined) return;
      for (const [path, workers] of [
        [['connect', 'memory'], runsWorkers(model) ? model.connect : undefined],
        [['targets', 'kubernetes', 'mirrorMaker', 'memory'], model.mirrorMaker?.workers],
      ] as const) {
        if (workers === undefined || workers.heapMiB >= LEAST_HEAP_MIB) continue;
        report({
          path,
          message: `the heap of a worker is too small, got ${workers.heapMiB} MiB of ${workers.memoryMiB} MiB; at least ${LEAST_HEAP_MIB} MiB is allowed.`,
          hint: `Write 512MiB or more; 2GiB is the default.`,
        });
      }
    },
  },
  {
    code: 'KUBERNETES-TOOLS',
    level: 'error',
    what: 'What runs beside the cluster, or by the clock, has the tools to run.',
    why: 'Drift is looked for, tasks are restarted and lags are read by pods with the image of the tools.',
    source: 'the environment schema',
    check(model, report) {
      const settings = podSettings(model);
      if (settings === undefined || settings.images.tools !== undefined) return;
      for (const path of [
        ...(settings.drift === undefined ? [] : [['drift']]),
        ...(settings.exporter === true ? [['exporter']] : []),
        ...(settings.connect?.restart === undefined ? [] : [['connect', 'restart']]),
      ]) {
        report({
          path: ['targets', 'kubernetes', ...path],
          message: 'there is no image with the tools, got none; it is needed for this.',
          hint: 'Add targets.kubernetes.images.tools.',
        });
      }
    },
  },
];

function tasksOf(model: EnvironmentModel): number {
  return model.connect!.connectors.reduce((sum, { tasksMax }) => sum + tasksMax, 0);
}
