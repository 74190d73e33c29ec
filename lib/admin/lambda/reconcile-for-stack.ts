import { gunzipSync } from 'node:zlib';
import { Failure, formatIssue, type Issue } from '../../core/issue';
import { parseDesired, readyEntries, type DesiredState, type Plan } from '../../core/plan';
import { readAsset } from '../adapters/aws/desired-asset';
import { awaitBrokers } from '../await-brokers';
import { applyPlan, impossible, isAsDeclared, makePlan, type ApplyReport } from '../reconcile';
import type { Answer, LambdaContext } from './cloudformation-event';
import { explain } from './explain';
import { Forming } from './forming';
import { log, progressLog } from './log';
import { withPorts } from './ports';
import { withoutSpread } from './spreading';
import type { ReconcilerEvent } from './reconciler-properties';
import { isRollback } from './rollback';
import { anotherFits, Unfinished } from './unfinished';

/** What an invocation keeps for itself: to stop at a clean point, remove throttles, and answer. */
const CLOSING_MS = 60_000;

/** Makes the cluster what the stack wants, and says how it went. Throws `Unfinished` where another invocation is to go on. */
export async function reconcileForStack(event: ReconcilerEvent, context: LambdaContext): Promise<Answer> {
  // The stack goes; the topics, their records and who may use them stay.
  if (event.RequestType === 'Delete') return { status: 'SUCCESS' };
  if (!(await isRollback(event, event.ResourceProperties.Region))) return reconciled(event, context, false);
  try {
    return await reconciled(event, context, true);
  } catch (error) {
    if (error instanceof Unfinished) throw error;
    // A rollback that fails leaves a stack that nobody can deploy until somebody repairs it by hand.
    log(
      `ROLLBACK-INCOMPLETE: ${explain(error)} The stack goes back without it; deploy again to make the cluster as declared.`,
    );
    return { status: 'SUCCESS' };
  }
}

async function reconciled(event: ReconcilerEvent, context: LambdaContext, rollback: boolean): Promise<Answer> {
  const properties = event.ResourceProperties;
  const wanted = await readDesired(event);
  // Back to fewer brokers: none of them may get anything more.
  const desired = rollback ? withoutSpreading(wanted) : wanted;
  const time = new AbortController();
  const timer = setTimeout(() => time.abort(), Math.max(0, context.getRemainingTimeInMillis() - CLOSING_MS));
  try {
    const forming = Forming.of(event, context);
    const waiting = forming === undefined ? {} : { patienceMs: forming.patienceMs, again: forming.again };
    const report = await withPorts(properties, desired, waiting, async (ports) => {
      await forming?.whole(ports.admin);
      const brokers = rollback ? undefined : properties.Brokers;
      const missing = brokers === undefined ? undefined : await awaitBrokers(ports.admin, Number(brokers));
      if (missing !== undefined) log(formatIssue(missing));
      const plan = await makePlan(ports, desired);
      for (const finding of plan.findings) log(formatIssue(finding));
      // The last state but one is not always within reach: partitions never shrink. A rollback does what it can and lets the stack go on.
      if (!rollback) refuseImpossible(plan);
      return applyPlan(ports, desired, plan, {
        progress: progressLog(),
        signal: time.signal,
        held: rollback ? 'skip' : 'refuse',
        holder: `CloudFormation ${event.StackId}, ${context.awsRequestId}`,
      });
    }).catch((error: unknown): never => {
      if (forming === undefined) throw error;
      return forming.unformed(error);
    });
    const { declared, left } = withoutSpread(report);
    if (time.signal.aborted && report.stopped !== undefined) {
      if (declared.stopped !== undefined || anotherFits(event)) return outOfTime(event, report, rollback);
    }
    return answerOf(declared, rollback, left);
  } finally {
    clearTimeout(timer);
  }
}

async function readDesired({ ResourceProperties: properties }: ReconcilerEvent): Promise<DesiredState> {
  const { Desired, DesiredBucket: bucket = '', DesiredKey: key = '', Region: region } = properties;
  const read = parseDesired(Desired === undefined ? await readAsset({ bucket, key, region }) : inlineDesired(Desired));
  if ('desired' in read) return read.desired;
  throw new Failure(
    'DESIRED-STATE-UNREADABLE',
    `the desired state cannot be used, got ${Desired === undefined ? `s3://${bucket}/${key}` : 'the property Desired'}, which ${read.problem}; the one of this version of the kit is needed.`,
    'Deploy function and desired state together.',
  );
}

/** A text that nothing can be read out of is told of like one that is not a desired state. */
function inlineDesired(base64: string): string {
  try {
    return gunzipSync(Buffer.from(base64, 'base64')).toString('utf8');
  } catch {
    return '';
  }
}

function refuseImpossible(plan: Plan): void {
  const errors = plan.findings.filter(({ level }) => level === 'error');
  // What cannot be spread now is spread later.
  const blocked = plan.changes.filter(({ status, code }) => status === 'blocked' && code !== 'TOPIC-SPREAD');
  const held = plan.changes.filter(({ status }) => status === 'held');
  if (errors.length + blocked.length + held.length === 0) return;
  for (const { subject, summary, block } of blocked) log(`blocked ${subject}: ${summary}: ${block?.reason}`);
  const entries = readyEntries(plan);
  throw new Failure(
    'PLAN-REFUSED',
    [
      'the environment cannot be applied as it is, and nothing was changed, got',
      ...errors.map((issue: Issue) => formatIssue(issue)),
      ...blocked.map(({ subject, block }) => `${subject}: ${block?.reason}`),
      ...(held.length === 0 ? [] : [`${held.length} changes that need an acknowledgement: ${entries.join(' ')}`]),
    ].join(' | '),
    'Run kdk plan to see all of it, then correct or acknowledge it in the environment.',
  );
}

function withoutSpreading({ reconcile, ...desired }: DesiredState): DesiredState {
  const { spread: _spread, ...rest } = reconcile;
  return { ...desired, reconcile: rest };
}

function outOfTime(event: ReconcilerEvent, report: ApplyReport, rollback: boolean): Answer {
  const total = report.changes.length;
  const done = report.counts.done + report.counts.unchanged;
  if (anotherFits(event)) throw new Unfinished(`${done} of ${total} changes are done`);
  return {
    status: rollback ? 'SUCCESS' : 'FAILED',
    reason: `OUT-OF-TIME: ${done} of ${total} changes are done and stay done. Deploy again: it goes on from there.`,
  };
}

/** `left`: topics whose replicas are not spread yet. */
function answerOf(report: ApplyReport, rollback: boolean, left: number): Answer {
  for (const issue of report.issues) log(formatIssue(issue));
  const failed = report.changes.filter(({ outcome }) => outcome === 'failed');
  for (const entry of report.changes)
    if (entry.outcome === 'failed') log(`failed ${entry.change.subject}: ${entry.change.summary}: ${entry.error}`);
  const { done, unchanged, skipped } = report.counts;
  log(`${done} done, ${unchanged} unchanged, ${failed.length} failed, ${skipped} skipped`);
  if (left > 0)
    log(`SPREAD-LEFT: replicas of ${left} topics are not spread over the new brokers yet. kdk apply goes on with it.`);
  if (rollback || isAsDeclared(report)) {
    const data = { ClusterId: report.clusterId, Changes: String(done), SpreadLeft: String(left) };
    return { status: 'SUCCESS', data };
  }
  const [first] = report.changes.flatMap((entry) =>
    entry.outcome === 'failed' ? [`${entry.change.subject}: ${entry.change.summary}: ${entry.error}`] : [],
  );
  const [waiting] = report.changes.flatMap((entry) =>
    entry.outcome === 'skipped' ? [`${entry.change.subject}: ${entry.change.summary}: ${entry.why}`] : [],
  );
  const told = [...report.issues, ...impossible(report)].map(({ message }) => message).join(' ');
  const why = first ?? report.stopped ?? (told === '' ? waiting : told) ?? 'The cluster is not as declared.';
  return {
    status: 'FAILED',
    reason: `APPLY-FAILED: ${failed.length} of ${report.changes.length} changes failed, ${done} are done and stay done. ${why} The log of the function has all.`,
  };
}
