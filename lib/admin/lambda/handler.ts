import { answer, type CloudFormationEvent, type LambdaContext } from './cloudformation-event';
import { explain } from './explain';
import { reconcileForStack } from './reconcile-for-stack';
import { Unfinished } from './unfinished';

/**
 * The custom resource of CloudFormation that keeps topics, access, users and quotas of one cluster: one resource a cluster, whatever their
 * number. Lambda ends an invocation after 15 minutes; work that is not done by then is left at a clean point and the invocation fails on
 * purpose, so that Lambda hands the same event in again (twice, for asynchronous invocations such as CloudFormation's). What is done is in
 * the cluster, so the next one does the rest.
 */
export async function handler(event: CloudFormationEvent, context: LambdaContext): Promise<void> {
  try {
    await answer(event, await reconcileForStack(event, context));
  } catch (error) {
    if (error instanceof Unfinished) throw error;
    await answer(event, { status: 'FAILED', reason: explain(error) });
  }
}
