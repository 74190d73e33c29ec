import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';
import type { EnvironmentModel } from '../../core/model';
import { refuse, type PropertyProblem } from '../../aws/private/construct-failure';
import { principalsWith } from './principal-policies';
import { MskScramUser } from '../msk-scram-users';

/**
 * Every user of every principal with a password. Where the environment names a secret of its own, its ARN is needed: the service takes no
 * names.
 */
export function environmentUsers(scope: Construct, model: EnvironmentModel): MskScramUser[] {
  const problems: PropertyProblem[] = [];
  const users = principalsWith(model, 'scram-sha-512').flatMap((principal) =>
    principal.users.map((user): MskScramUser => {
      const { password, users: declared } = model.spec.principals![principal.name]!;
      const written = declared === undefined ? password : declared[user.name]?.password;
      if (written === undefined) return MskScramUser.generated(user.name);
      const id = model.spec.secrets?.[written.secret]?.id ?? '';
      const ofMsk = /^arn:[^:]+:secretsmanager:[^:]+:\d{12}:secret:AmazonMSK_/.test(id);
      if (!ofMsk || written.key !== 'password') {
        const own = declared === undefined ? '' : `.users.${user.name}`;
        problems.push({
          property: `principals.${principal.name}${own}.password`,
          message: `not a secret that Amazon MSK reads, got key "${written.key}" of "${id}"; the key password of a secret ARN whose name begins with AmazonMSK_ is allowed.`,
          hint: 'Leave it out, and the kit makes the secret.',
        });
      }
      return ofMsk
        ? MskScramUser.fromSecret(user.name, Secret.fromSecretCompleteArn(scope, `Secret-${user.name}`, id))
        : MskScramUser.generated(user.name);
    }),
  );
  refuse(scope, 'MSK-USER-SECRET', problems);
  return users;
}
