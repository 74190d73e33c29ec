import type { Construct } from 'constructs';
import type { EnvironmentModel } from '../../core/model';
import { warnNotRendered } from '../../aws/private/not-rendered';
import { principalsWith } from './principal-policies';

/** Says which parts of an environment the template does not hold, so that nobody takes a deploy for more than it is. */
export function warnAboutTheRest(scope: Construct, model: EnvironmentModel, reconciles: boolean): void {
  if (!reconciles) warnAboutAccess(scope, model);
  if (model.target === 'msk' && model.spec.targets?.msk?.topicsManagedBy === 'reconciler') return;
  if (model.target === 'msk-serverless') return;
  for (const { name } of model.deletedTopics) {
    warnNotRendered(
      scope,
      `topics.${name}`,
      'CloudFormation deletes no topic, since topics are retained',
      'Delete it by hand when nobody reads it any more.',
    );
  }
}

/** Without a listener with IAM the reconciler has no way into the cluster. */
function warnAboutAccess(scope: Construct, model: EnvironmentModel): void {
  const byAcl = [...principalsWith(model, 'scram-sha-512'), ...principalsWith(model, 'mtls')];
  for (const { name } of byAcl) {
    warnNotRendered(
      scope,
      `principals.${name}`,
      'its rights are ACLs, which the reconciler makes over a listener with authentication iam, and there is none; without any ACL the service lets every such user do everything',
      'Add such a listener, or make the ACLs with kdk apply before handing out the secret.',
    );
  }
  for (const principal of model.principals.filter(({ quota }) => quota !== undefined)) {
    warnNotRendered(
      scope,
      `principals.${principal.name}.quota`,
      'quotas are made by the reconciler over a listener with authentication iam, and there is none',
      'Add such a listener, or make it with kdk apply.',
    );
  }
}
