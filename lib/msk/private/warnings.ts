import type { Construct } from 'constructs';
import type { EnvironmentModel } from '../../core/model';
import { warnNotRendered } from '../../aws/private/not-rendered';
import { principalsWith } from './principal-policies';

/** Says which parts of an environment the template does not hold, so that nobody takes a deploy for more than it is. */
export function warnAboutTheRest(scope: Construct, model: EnvironmentModel): void {
  const { spec } = model;
  if (spec.connect !== undefined) {
    warnNotRendered(scope, 'connect', 'connectors are not in the template', 'Deploy them to MSK Connect yourself.');
  }
  if (spec.monitoring?.notify !== undefined || spec.monitoring?.lag !== undefined) {
    warnNotRendered(scope, 'monitoring', 'alarms are not in the template', 'Metrics are there: make alarms on them.');
  }
  const byAcl = [...principalsWith(model, 'scram-sha-512'), ...principalsWith(model, 'mtls')];
  for (const { name } of byAcl) {
    warnNotRendered(
      scope,
      `principals.${name}`,
      'its rights are ACLs, which CloudFormation does not make; without any ACL the service lets every such user do everything',
      'Make the ACLs before handing out the secret.',
    );
  }
  for (const principal of model.principals.filter(({ quota }) => quota !== undefined)) {
    warnNotRendered(
      scope,
      `principals.${principal.name}.quota`,
      'quotas are not in the template',
      'Set it with kafka-configs.',
    );
  }
  for (const { name } of model.deletedTopics) {
    warnNotRendered(
      scope,
      `topics.${name}`,
      'CloudFormation deletes no topic, since topics are retained',
      'Delete it by hand when nobody reads it any more.',
    );
  }
  if (model.target === 'msk-serverless' && model.topics.length > 0) {
    warnNotRendered(scope, 'topics', 'CloudFormation has no topics on Serverless', 'Create them with a Kafka client.');
  }
}
