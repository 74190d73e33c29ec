import { Failure } from '../../../core/issue';
import { MskControlPlane } from '../../adapters/aws/msk-control-plane';
import { SYSTEM_CLOCK, type Clock } from '../../wait';
import type { Answer, LambdaContext } from '../cloudformation-event';
import { explain } from '../explain';
import { log } from '../log';
import { respond } from '../respond';
import { isRollback } from '../rollback';
import { anotherFits, Unfinished } from '../unfinished';
import { bootstrapStrings } from './bootstrap-strings';
import { clusterSettings } from './cluster-settings';
import type { ControlEvent, ControlResources } from './control-properties';
import { isRotation, rotatePassword, type RotationEvent } from './rotate-password';
import { scramSecrets } from './scram-secrets';
import { OutOfTime, Turn } from './turn';

const TRIES = 6;
const RIGHTS_PAUSE_MS = 10_000;

type Work = { readonly [Type in keyof ControlResources]: (event: ControlEvent<Type>, turn: Turn) => Promise<Answer> };

const WORK: Work = {
  'Custom::KafkaBootstrapBrokers': bootstrapStrings,
  'Custom::KafkaClusterSettings': clusterSettings,
  'Custom::KafkaScramSecrets': scramSecrets,
};

/** One id for each kind and cluster: for another cluster it is another resource, and CloudFormation deletes the old one. */
function physicalId({ ResourceType: type = '', ResourceProperties }: ControlEvent): string {
  const { ClusterArn } = ResourceProperties;
  return type === 'Custom::KafkaBootstrapBrokers' ? ClusterArn : `${ClusterArn}#${type.replace('Custom::Kafka', '')}`;
}

/**
 * The custom resources of CloudFormation that speak to the control plane of Amazon MSK. Lambda ends an invocation after 15 minutes; waiting
 * that is not over by then fails the invocation on purpose, so that Lambda hands the same event in again (twice, for asynchronous invocations
 * such as CloudFormation's). What is under way is at the service, so the next one finds it there.
 *
 * Secrets Manager calls the same function to change passwords.
 */
export function handler(event: ControlEvent | RotationEvent, context: LambdaContext): Promise<void> {
  return isRotation(event) ? rotatePassword(event) : control(event, context, SYSTEM_CLOCK);
}

export async function control(event: ControlEvent, context: LambdaContext, clock: Clock): Promise<void> {
  const id = event.RequestType === 'Delete' ? event.PhysicalResourceId : undefined;
  await respond(event, id ?? physicalId(event), async () => {
    try {
      return await work(event, context, clock);
    } catch (error) {
      if (error instanceof OutOfTime && anotherFits(event))
        throw new Unfinished(`still waiting for ${error.waitingFor}`);
      const told = error instanceof OutOfTime ? outOfTime(error) : error;
      if (!(await isRollback(event, event.ResourceProperties.Region))) throw told;
      log(`ROLLBACK-INCOMPLETE: ${explain(told)} The stack goes back without it; deploy again.`);
      return { status: 'SUCCESS' };
    }
  });
}

async function work(event: ControlEvent, context: LambdaContext, clock: Clock): Promise<Answer> {
  const type = event.ResourceType as keyof ControlResources;
  const { ClusterArn, Region } = event.ResourceProperties;
  log(`${event.RequestType} ${type} ${ClusterArn}`);
  const run = WORK[type] as ((event: ControlEvent, turn: Turn) => Promise<Answer>) | undefined;
  if (run === undefined) {
    throw new Failure(
      'CONTROL-RESOURCE',
      `not a resource of this function, got ${type}; ${Object.keys(WORK).join(', ')} are allowed.`,
      'Deploy template and function together.',
    );
  }
  const msk = new MskControlPlane(Region);
  try {
    return await onceAllowed(new Turn(msk, ClusterArn, context, clock), (turn) => run(event, turn));
  } finally {
    msk.close();
  }
}

/** Rights that were given a moment ago are not in force everywhere yet. */
async function onceAllowed(turn: Turn, run: (turn: Turn) => Promise<Answer>): Promise<Answer> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await run(turn);
    } catch (error) {
      const denied = (error as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode === 403;
      if (!denied || attempt === TRIES) throw error;
      log(`not allowed yet: ${explain(error)}`);
      await turn.pause('the rights of this function', RIGHTS_PAUSE_MS);
    }
  }
}

function outOfTime({ waitingFor }: OutOfTime): Failure {
  return new Failure(
    'OUT-OF-TIME',
    `CloudFormation waits no longer than an hour, got no end of ${waitingFor}; it goes on at the service.`,
    'Deploy again when the cluster is ACTIVE: it goes on from there.',
  );
}
