import { Failure } from '../../../core/issue';
import type { RefusedSecret } from '../../adapters/aws/msk-control-plane';
import { stackStatus } from '../../adapters/aws/stack-status';
import { batch } from '../../batches';
import type { Answer } from '../cloudformation-event';
import { log } from '../log';
import type { ControlEvent, ScramProperties } from './control-properties';
import type { Turn } from './turn';

/** Quota of a request: https://docs.aws.amazon.com/msk/latest/developerguide/msk-password-limitations.html */
const AT_A_TIME = 10;
/** A secret that was made a moment ago cannot always be read yet. */
const TRIES = 6;

/**
 * Associates the secrets of users with a cluster: exactly those of the stack. Secrets that others associated are neither counted nor
 * touched; those that the stack had before and has no longer are let go.
 */
export async function scramSecrets(event: ControlEvent<'Custom::KafkaScramSecrets'>, turn: Turn): Promise<Answer> {
  if (event.RequestType === 'Delete') return leave(event, turn);
  const { SecretArns: wanted } = event.ResourceProperties;
  await turn.whenActive();
  const there = new Set(await turn.msk.scramSecrets(turn.clusterArn));
  const missing = wanted.filter((arn) => !there.has(arn));
  const gone = formerSecrets(event).filter((arn) => !wanted.includes(arn) && there.has(arn));
  await associate(turn, missing);
  await disassociate(turn, gone);
  log(`${missing.length} associated, ${gone.length} let go, ${wanted.length - missing.length} as they were`);
  return { status: 'SUCCESS', data: { Users: String(wanted.length) } };
}

function formerSecrets({ OldResourceProperties: old, ResourceProperties }: ControlEvent): readonly string[] {
  const former = old as ScramProperties | undefined;
  // Of another cluster they are the business of the deletion that follows.
  return former === undefined || former.ClusterArn !== ResourceProperties.ClusterArn ? [] : former.SecretArns;
}

/** A user that is removed can no longer log in. Where the whole stack goes, a cluster that stays keeps its users. */
async function leave(event: ControlEvent<'Custom::KafkaScramSecrets'>, turn: Turn): Promise<Answer> {
  const { SecretArns: ours, Region } = event.ResourceProperties;
  if ((await stackStatus(event.StackId, Region)) === 'DELETE_IN_PROGRESS') {
    log('the stack goes; the cluster, if it stays, keeps its users');
    return { status: 'SUCCESS' };
  }
  try {
    const { state } = await turn.msk.describe(turn.clusterArn);
    if (state === 'DELETING' || state === 'FAILED') return { status: 'SUCCESS' };
    await turn.whenActive();
    const there = new Set(await turn.msk.scramSecrets(turn.clusterArn));
    await disassociate(
      turn,
      ours.filter((arn) => there.has(arn)),
    );
  } catch (error) {
    // The cluster went before its users.
    if (!(error instanceof Error) || error.name !== 'NotFoundException') throw error;
  }
  return { status: 'SUCCESS' };
}

async function associate(turn: Turn, secrets: readonly string[]): Promise<void> {
  let left = [...secrets];
  for (let attempt = 1; left.length > 0; attempt++) {
    const refused: RefusedSecret[] = [];
    for (const some of batch(left, { items: AT_A_TIME })) {
      refused.push(...(await turn.msk.associateScramSecrets(turn.clusterArn, some)));
    }
    if (refused.length === 0) return;
    for (const { arn, code, message } of refused) log(`not associated: ${arn}: ${code}: ${message}`);
    if (attempt === TRIES) throw refusedSecrets(refused, secrets.length);
    left = refused.map(({ arn }) => arn);
    await turn.pause('secrets that the cluster cannot read yet');
  }
}

/** What counts is whether they are gone: a secret that was deleted is refused, and gone all the same. */
async function disassociate(turn: Turn, secrets: readonly string[]): Promise<void> {
  if (secrets.length === 0) return;
  const refused: RefusedSecret[] = [];
  for (const some of batch(secrets, { items: AT_A_TIME })) {
    refused.push(...(await turn.msk.disassociateScramSecrets(turn.clusterArn, some)));
  }
  if (refused.length === 0) return;
  const there = new Set(await turn.msk.scramSecrets(turn.clusterArn));
  const kept = refused.filter(({ arn }) => there.has(arn));
  if (kept.length > 0) throw refusedSecrets(kept, secrets.length);
}

function refusedSecrets(refused: readonly RefusedSecret[], of: number): Failure {
  const each = refused.map(({ arn, code, message }) => `${nameOf(arn)}: ${code}: ${message}`);
  return new Failure(
    'MSK-SCRAM-REFUSED',
    `Amazon MSK did not take ${refused.length} of ${of} secrets, got ${each.join(' | ')}; all are needed.`,
    'A secret is called AmazonMSK_..., is under a customer key that this role may make a grant on, lies in the account and region of the cluster, and holds username and password.',
  );
}

/** `AmazonMSK_prod_acme` of an ARN, which ends with six random characters. */
function nameOf(arn: string): string {
  return arn.replace(/^.*:secret:/, '').replace(/-[A-Za-z0-9]{6}$/, '');
}
