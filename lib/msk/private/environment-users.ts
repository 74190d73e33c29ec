import type { IConstruct } from 'constructs';
import type { EnvironmentModel } from '../../core/model';
import { refuse, type PropertyProblem } from '../../aws/private/construct-failure';
import { principalsWith } from './principal-policies';
import type { ScramUser } from './scram-users';

/** Users with a password. Where the environment names a secret of its own, its ARN is needed: the service takes no names. */
export function environmentUsers(scope: IConstruct, model: EnvironmentModel): ScramUser[] {
  const problems: PropertyProblem[] = [];
  const users = principalsWith(model, 'scram-sha-512').map(({ name }): ScramUser => {
    const password = model.spec.principals![name]!.password;
    if (password === undefined) return { name };
    const id = model.spec.secrets?.[password.secret]?.id ?? '';
    const ofMsk = /^arn:[^:]+:secretsmanager:[^:]+:\d{12}:secret:AmazonMSK_/.test(id);
    if (!ofMsk || password.key !== 'password') {
      problems.push({
        property: `principals.${name}.password`,
        message: `not a secret that Amazon MSK reads, got key "${password.key}" of "${id}"; the key password of a secret ARN whose name begins with AmazonMSK_ is allowed.`,
        hint: 'Leave it out, and the kit makes the secret.',
      });
    }
    return { name, secretArn: id };
  });
  refuse(scope, 'MSK-USER-SECRET', problems);
  return users;
}
