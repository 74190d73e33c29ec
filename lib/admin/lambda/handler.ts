import type { LambdaContext } from './cloudformation-event';
import { reconcileForStack } from './reconcile-for-stack';
import { physicalId, type ReconcilerEvent } from './reconciler-properties';
import { respond } from './respond';

/**
 * The custom resource of CloudFormation that keeps topics, access, users and quotas of one cluster: one resource a cluster, whatever their
 * number. Lambda ends an invocation after 15 minutes; work that is not done by then is left at a clean point and the invocation fails on
 * purpose, so that Lambda hands the same event in again (twice, for asynchronous invocations such as CloudFormation's). What is done is in
 * the cluster, so the next one does the rest.
 */
export function handler(event: ReconcilerEvent, context: LambdaContext): Promise<void> {
  const id = event.PhysicalResourceId ?? physicalId(event.ResourceProperties);
  return respond(event, id, () => reconcileForStack(event, context));
}
