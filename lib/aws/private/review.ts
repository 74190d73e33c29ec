import type { IConstruct } from 'constructs';

/**
 * Set where templates are made to be read, not deployed (`kdk render`, or `cdk synth -c kafka-deployment-kit:review=true`): what is only
 * needed to deploy may then be missing, and the result depends on the environment alone.
 */
export const REVIEW_CONTEXT = 'kafka-deployment-kit:review';

export function isReview(scope: IConstruct): boolean {
  return [true, 'true'].includes(scope.node.tryGetContext(REVIEW_CONTEXT) as boolean | string);
}
