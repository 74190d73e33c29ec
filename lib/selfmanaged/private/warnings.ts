import type { Construct } from 'constructs';
import type { EnvironmentModel } from '../../core/model';
import { warnNotRendered } from '../../aws/private/not-rendered';

/** Says which parts of an environment the template does not hold, so that nobody takes a deploy for more than it is. */
export function warnAboutTheRest(scope: Construct, model: EnvironmentModel): void {
  const { spec } = model;
  if (spec.targets?.ec2?.certificates === 'secret') {
    warnNotRendered(
      scope,
      'certificates',
      'nodes and the first deployment wait for certificates, which are not in the template',
      `Put them in the secrets kafka/${model.name}/NODE, keys node.pem and ca.crt, and kafka/${model.name}/administrator, keys certificate, key and ca.crt.`,
    );
  }
  if (spec.connect !== undefined) {
    warnNotRendered(scope, 'connect', 'workers are not in the template', 'Run them on hosts or on Kubernetes.');
  }
}
