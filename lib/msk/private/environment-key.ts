import { Key, type IKey } from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import type { EnvironmentModel } from '../../core/model';

/** The customer key that an environment names; none where one is to be created. */
export function environmentKey(scope: Construct, model: EnvironmentModel): IKey | undefined {
  const { kmsKey } = model.spec.aws ?? {};
  return kmsKey === undefined || kmsKey === 'create' ? undefined : Key.fromKeyArn(scope, 'Key', kmsKey);
}
