import type { Construct } from 'constructs';
import { k8s } from 'cdk8s-plus-27';
import type { EnvironmentModel } from '../../lib/core/model';
import { objectLabels } from './labels';
import type { PodFile } from './pod';
import { DISRUPTED, RECONCILE, toolsPod, type BrokersPart, type ConnectPart } from './reconciler-pod';

const DEADLINE_SECONDS = 3600;
/** A run that could not begin for so long waits for the next time. */
const STARTING_DEADLINE_SECONDS = 600;

export interface DriftParts {
  /** From 1 on, of what is wanted: each has a CronJob of its own. */
  readonly part: number;
  readonly files: readonly PodFile[];
  readonly brokers?: BrokersPart;
  readonly connectors?: ConnectPart;
}

/**
 * Compares the cluster with the file from time to time, where the environment wants it. `report`: the run fails where they differ, so
 * that whoever watches Jobs sees it; `repair`: it makes the cluster what the file says, and fails where it cannot.
 */
export function addDriftCronJob(
  scope: Construct,
  model: EnvironmentModel,
  { part, files, brokers, connectors }: DriftParts,
): void {
  const { drift } = model.spec.targets!.kubernetes!;
  if (drift === undefined) return;
  const what = (drift.action ?? 'report') === 'report' ? ['--plan-only', '--fail-on-changes'] : [];
  addCronJob(scope, model, {
    name: [model.name, 'drift', ...(model.connect?.group === 'mirror' ? ['mm'] : part === 1 ? [] : [part])].join('-'),
    schedule: drift.schedule,
    ...(drift.timeZone === undefined ? {} : { timeZone: drift.timeZone }),
    template: toolsPod(model, {
      name: 'drift',
      command: [
        ...RECONCILE,
        ...(brokers === undefined ? ['--only', 'connectors'] : brokers.arguments),
        ...(connectors === undefined ? [] : connectors.arguments),
        ...what,
      ],
      files,
      labels: { ...brokers?.labels, ...connectors?.labels },
    }),
  });
}

/** Restarts what has failed of connectors: Connect does not do it by itself. A run in which one fails again and again is a failed one. */
export function addRestartCronJob(scope: Construct, model: EnvironmentModel, connect: ConnectPart): void {
  const { restart } = model.spec.targets!.kubernetes!.connect ?? {};
  const attempts = restart?.attempts ?? 3;
  if (attempts === 0) return;
  addCronJob(scope, model, {
    name: model.connect!.group === 'mirror' ? `${model.name}-restart-mm` : `${model.name}-restart`,
    schedule: restart?.schedule ?? '*/10 * * * *',
    template: toolsPod(model, {
      name: 'restart',
      command: ['restart-failed', ...connect.arguments, '--attempts', String(attempts)],
      files: [],
      labels: connect.labels,
    }),
  });
}

interface CronJobOptions {
  readonly name: string;
  readonly schedule: string;
  readonly timeZone?: string;
  readonly template: k8s.PodTemplateSpec;
}

function addCronJob(scope: Construct, model: EnvironmentModel, options: CronJobOptions): void {
  const { name, schedule, timeZone, template } = options;
  const labels = objectLabels(model, 'kafka-reconciler');
  new k8s.KubeCronJob(scope, `CronJob-${name}`, {
    metadata: { name, namespace: model.spec.targets!.kubernetes!.namespace, labels },
    spec: {
      schedule,
      ...(timeZone === undefined ? {} : { timeZone }),
      concurrencyPolicy: 'Forbid',
      startingDeadlineSeconds: STARTING_DEADLINE_SECONDS,
      successfulJobsHistoryLimit: 1,
      failedJobsHistoryLimit: 3,
      jobTemplate: {
        metadata: { labels },
        // Tried again at the next time, not at once: a failure is what is to be seen.
        spec: {
          backoffLimit: 0,
          activeDeadlineSeconds: DEADLINE_SECONDS,
          podFailurePolicy: { rules: [DISRUPTED] },
          template,
        },
      },
    },
  });
}
