import type { Construct } from 'constructs';
import { k8s } from 'cdk8s-plus-27';
import { shortHash, type EnvironmentModel } from '../../lib/core/model';
import { connectorsOnly, desiredState, withoutConnectors, type DesiredState } from '../../lib/core/plan';
import { addDesiredParts, type DesiredParts } from './desired-parts';
import { addDriftCronJob, addRestartCronJob } from './drift-cron-job';
import { addExporter } from './exporter';
import { objectLabels } from './labels';
import { addReconcilerNetworkPolicy } from './network-policies';
import { addBrokersPart, connectPart, DISRUPTED, RECONCILE, toolsPod, type ConnectPart } from './reconciler-pod';
import { statesByUsers } from './user-secrets';

/** A whole wave of moves ends within it, and what is left is for the next Job. */
const DEADLINE_SECONDS = 4 * 3600;
/** Kafka and its workers may still be on their way, or another Job at work. */
const WAIT = ['--wait', '15m'] as const;
/** Status of a command that is used wrongly: it will be so the next time too. */
const WRONG_USAGE = 2;

/**
 * Topics, users, access and quotas are made by a Job with the tools of the kit, and connectors by another: workers cannot start before
 * their user is there, so the first may not wait for them. The name of a Job holds a hash of all of it: another wish is another Job, and
 * the same is none. Absent where the environment names no image with the tools.
 */
export function addReconciler(scope: Construct, model: EnvironmentModel): void {
  if (model.spec.targets!.kubernetes!.images.tools === undefined) return;
  const desired = desiredHere(model);
  const connect = connectPart(model);
  if (model.brokersElsewhere !== undefined && connect === undefined) return;
  addReconcilerNetworkPolicy(scope, model, `${model.name}-reconcile`);
  if (connect !== undefined) addRestartCronJob(scope, model, connect);
  if (desired === undefined) return;
  const brokers = addBrokersPart(scope, model);
  if (brokers !== undefined) addExporter(scope, model, brokers);
  const connectors = desired.connectors === undefined ? undefined : connect;
  for (const [index, state] of statesByUsers(model, desired).entries()) {
    const parts = addDesiredParts(scope, model, state);
    const files = brokers === undefined ? [] : brokers.filesFor(state);
    const here = index === 0 ? connectors : undefined;
    if (brokers !== undefined) {
      addJob(scope, model, {
        what: index === 0 ? 'reconcile' : `users-${index + 1}`,
        template: toolsPod(model, {
          name: 'reconcile',
          command: [
            ...RECONCILE,
            ...(here === undefined ? [] : ['--only', 'brokers']),
            ...brokers.arguments,
            ...expected(model),
            ...WAIT,
          ],
          files: [parts.file, ...files],
          labels: brokers.labels,
        }),
      });
    }
    if (here !== undefined) addConnectorsJob(scope, model, { parts, connect: here });
    addDriftCronJob(scope, model, {
      part: index + 1,
      files: [parts.file, ...files],
      ...(brokers === undefined ? {} : { brokers }),
      ...(here === undefined ? {} : { connectors: here }),
    });
  }
}

/** What is made while brokers are on their way would not be placed on them. */
function expected({ nodes }: EnvironmentModel): readonly string[] {
  return ['--brokers', String(nodes.filter(({ roles }) => roles.includes('broker')).length)];
}

/** The connectors of mirrors, on workers of their own, by Jobs of their own. */
export function addMirrorReconciler(scope: Construct, workers: EnvironmentModel): void {
  const connect = connectPart(workers);
  const desired = connectorsOnly(desiredState(workers));
  if (workers.spec.targets!.kubernetes!.images.tools === undefined || connect === undefined || desired === undefined)
    return;
  addReconcilerNetworkPolicy(scope, workers, `${workers.name}-reconcile-mirrors`);
  addRestartCronJob(scope, workers, connect);
  const parts = addDesiredParts(scope, workers, desired);
  addConnectorsJob(scope, workers, { parts, connect });
  addDriftCronJob(scope, workers, { part: 1, files: [parts.file], connectors: connect });
}

/** The user of the workers of mirrors and its rights, for a chart beside that of the brokers. */
export function addMirrorAccess(scope: Construct, model: EnvironmentModel): void {
  if (model.spec.targets!.kubernetes!.images.tools === undefined) return;
  const desired = withoutConnectors(desiredState(model));
  const parts = addDesiredParts(scope, model, desired);
  const brokers = addBrokersPart(scope, model)!;
  addJob(scope, model, {
    what: 'reconcile',
    template: toolsPod(model, {
      name: 'reconcile',
      command: [...RECONCILE, ...brokers.arguments, ...WAIT],
      files: [parts.file, ...brokers.filesFor(desired)],
      labels: brokers.labels,
    }),
  });
}

/** Where the brokers are elsewhere, only connectors are made here; undefined where there are none. */
function desiredHere(model: EnvironmentModel): DesiredState | undefined {
  const desired = desiredState(model);
  if (model.brokersElsewhere !== undefined) return connectorsOnly(desired);
  return connectPart(model) === undefined ? withoutConnectors(desired) : desired;
}

export interface ConnectorsJob {
  readonly parts: DesiredParts;
  readonly connect: ConnectPart;
}

/** Makes the connectors of one group of workers. */
export function addConnectorsJob(scope: Construct, model: EnvironmentModel, { parts, connect }: ConnectorsJob): void {
  addJob(scope, model, {
    what: model.connect!.group === 'mirror' ? 'mirrors' : 'connectors',
    template: toolsPod(model, {
      name: 'connectors',
      command: [...RECONCILE, '--only', 'connectors', ...connect.arguments, ...WAIT],
      files: [parts.file],
      labels: connect.labels,
    }),
  });
}

interface JobOptions {
  readonly what: string;
  readonly template: k8s.PodTemplateSpec;
}

function addJob(scope: Construct, model: EnvironmentModel, { what, template }: JobOptions): void {
  const spec: k8s.JobSpec = {
    backoffLimit: 6,
    activeDeadlineSeconds: DEADLINE_SECONDS,
    podFailurePolicy: {
      // The type of the library wants conditions too; the API wants one of the two.
      rules: [
        DISRUPTED,
        { action: 'FailJob', onExitCodes: { operator: 'In', values: [WRONG_USAGE] } } as k8s.PodFailurePolicyRule,
      ],
    },
    template,
  };
  // Of all that a Job cannot change afterwards, so that a new version of the kit is not refused.
  const name = `${model.name}-${what}-${shortHash(JSON.stringify(spec), 10)}`;
  new k8s.KubeJob(scope, `Job-${name}`, {
    metadata: {
      name,
      namespace: model.spec.targets!.kubernetes!.namespace,
      labels: objectLabels(model, 'kafka-reconciler'),
    },
    spec,
  });
}
