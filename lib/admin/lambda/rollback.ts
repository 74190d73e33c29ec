import { stackStatus } from '../adapters/aws/stack-status';
import type { CloudFormationEvent } from './cloudformation-event';

/** Whether CloudFormation takes an update back. A rollback that fails leaves a stack that takes no deployment any more. */
export async function isRollback(event: CloudFormationEvent<unknown>, region: string): Promise<boolean> {
  if (event.RequestType !== 'Update') return false;
  return (await stackStatus(event.StackId, region))?.includes('ROLLBACK') === true;
}
