import { awaitBrokers } from '../../admin/await-brokers';
import { LeaseHeld } from '../../admin/failures';
import { applyPlan, makePlan, type ReconcilePorts } from '../../admin/reconcile';
import { folderSecrets, environmentSecrets, firstOf } from '../../admin/secrets';
import { logInTrier } from '../../admin/users';
import type { AdminPort } from '../../admin/port';
import { SYSTEM_CLOCK } from '../../admin/wait';
import { Failure, hasErrors, type Issue } from '../../core/issue';
import { planLines, withoutConnectors, type DesiredState } from '../../core/plan';
import { applyOutcome } from '../apply-outcome';
import { givenCluster, reachOf, withTidyClient, type ClusterAddress } from '../cluster';
import { readDesired } from '../desired-argument';
import type { Context, Outcome } from '../outcome';
import { CHANGES, driftLine, type ReconcileCommandOptions } from '../drift';
import { connectWorkers } from '../reconcile-ports';
import { durationArgument } from '../duration-argument';
import { untilAborted } from '../until-aborted';
import { waitForCluster } from '../wait-for-cluster';
import { refusedIssues } from './plan';
import { reconcileConnectors } from './reconcile-connectors';

const LEASE_PAUSE_MS = 2_000;

/** `kdk reconcile DESIRED`: makes a cluster what a rendered desired state says; what the Job on Kubernetes runs. */
export async function reconcile(path: string, options: ReconcileCommandOptions, context: Context): Promise<Outcome> {
  if (options.only === 'connectors') return reconcileConnectors(path, options, context);
  if (options.only !== undefined && options.only !== 'brokers') {
    throw new Failure(
      'USAGE',
      `there is no such part, got --only ${JSON.stringify(options.only)}; brokers and connectors are allowed.`,
      'Leave it out for all.',
      2,
    );
  }
  const brokers = options.brokers === undefined ? undefined : brokerCount(options.brokers);
  const read = readDesired(path);
  const desired = options.only === undefined ? read : withoutConnectors(read);
  const address = givenCluster(options);
  await waitForCluster(address, options.wait, context);
  return withTidyClient(address, context, async (admin) => {
    const { ports, close } = portsOf(admin, { desired, address, options, context });
    try {
      const missing = brokers === undefined ? undefined : await untilBrokers(admin, brokers, context);
      const outcome = await withoutOthers(() => makeSo(ports, desired, { options, context }), { options, context });
      return missing === undefined ? outcome : { ...outcome, issues: [missing, ...outcome.issues] };
    } finally {
      await close();
    }
  });
}

function brokerCount(text: string): number {
  if (/^[1-9]\d{0,3}$/.test(text)) return Number(text);
  throw new Failure(
    'USAGE',
    `not a number of brokers, got --brokers ${JSON.stringify(text)}; a whole number from 1 is allowed.`,
    'Write for example --brokers 3.',
    2,
  );
}

function untilBrokers(admin: AdminPort, brokers: number, { progress, signal }: Context): Promise<Issue | undefined> {
  progress({ step: `waiting for ${brokers} brokers` });
  return untilAborted(awaitBrokers(admin, brokers), signal);
}

interface Command {
  readonly options: ReconcileCommandOptions;
  readonly context: Context;
}

async function makeSo(ports: ReconcilePorts, desired: DesiredState, { options, context }: Command): Promise<Outcome> {
  const { progress, signal } = context;
  progress({ step: 'reading and comparing the cluster' });
  const plan = await untilAborted(makePlan(ports, desired), signal);
  const noticed = [...plan.findings, ...refusedIssues(plan)];
  const lines = planLines(plan, { findings: 'left-out' });
  if (options.planOnly === true) {
    const status = options.failOnChanges === true && plan.changes.length > 0 ? CHANGES : 0;
    return {
      environment: desired.owner,
      issues: noticed,
      result: { plan },
      lines: [...lines, driftLine(plan)],
      status,
    };
  }
  context.tell([...lines, '']);
  if (hasErrors(noticed))
    return { environment: desired.owner, issues: noticed, result: { plan }, lines: [], status: 1 };
  const report = await applyPlan(ports, desired, plan, { progress, signal });
  return applyOutcome(report, { name: desired.owner, noticed, options, context });
}

/** Another Job may be at work, one part of the users after the other: with `--wait`, that long is waited for it, and then looked anew. */
async function withoutOthers(work: () => Promise<Outcome>, { options, context }: Command): Promise<Outcome> {
  const until = Date.now() + (options.wait === undefined ? 0 : durationArgument('--wait', options.wait));
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof LeaseHeld) || Date.now() + LEASE_PAUSE_MS > until || context.signal.aborted) throw error;
      context.progress({ step: 'waiting for somebody else who changes the cluster' });
      await SYSTEM_CLOCK.sleep(LEASE_PAUSE_MS, context.signal);
    }
  }
}

interface Parts {
  readonly desired: DesiredState;
  readonly address: ClusterAddress;
  readonly options: ReconcileCommandOptions;
  readonly context: Context;
}

function portsOf(
  admin: AdminPort,
  { desired, address, options, context }: Parts,
): { readonly ports: ReconcilePorts; close(): Promise<void> } {
  const variables = environmentSecrets(process.env);
  const secrets = options.secrets === undefined ? variables : firstOf(variables, folderSecrets(options.secrets));
  const connect = options.connect === undefined ? undefined : connectWorkers(options.connect);
  const { ca, verifyHost } = address.tls ?? {};
  const tls =
    address.tls === undefined
      ? {}
      : { tls: { ...(ca === undefined ? {} : { ca }), ...(verifyHost === undefined ? {} : { verifyHost }) } };
  const tryLogIn =
    options.logIns === undefined || desired.users === undefined
      ? {}
      : {
          tryLogIn: logInTrier({
            connect: reachOf(context).connect,
            bootstrapServers: options.logIns.split(','),
            mechanism: desired.users.mechanism,
            ...tls,
          }),
        };
  return {
    ports: { admin, secrets, ...(connect === undefined ? {} : { connect }), ...tryLogIn },
    close: async () => {
      await connect?.close();
    },
  };
}
