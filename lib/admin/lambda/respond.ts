import { answer, type Answer, type CloudFormationEvent } from './cloudformation-event';
import { explain } from './explain';
import { Unfinished } from './unfinished';

/** Does the work that CloudFormation asks for and tells it how it went; what is unfinished is handed in again by Lambda and not told. */
export async function respond(
  event: CloudFormationEvent<unknown>,
  physicalId: string,
  work: () => Promise<Answer>,
): Promise<void> {
  let result: Answer;
  try {
    result = await work();
  } catch (error) {
    if (error instanceof Unfinished) throw error;
    result = { status: 'FAILED', reason: explain(error) };
  }
  await answer(event, physicalId, result);
}
