import { RemovalPolicy } from 'aws-cdk-lib/core';
import { CfnSecret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import type { ReconcilerStatement } from '../../aws/private/reconciler';
import { reviewed } from '../../aws/private/reviewed';
import { adminCommonName } from '../../core/config';
import type { EnvironmentModel } from '../../core/model';
import { userSecretName } from './cluster-users';
import { decryptStatement, secretResource, secretsNamed } from './secret-resource';

/** The log-in of the administrator: a certificate that brokers let do everything, on the listener of the nodes. */
export class Administrator extends Construct {
  public readonly secretArn: string;

  public constructor(
    scope: Construct,
    id: string,
    private readonly props: { readonly model: EnvironmentModel; readonly keyArn: string },
  ) {
    super(scope, id);
    const { model, keyArn } = props;
    const secret = new CfnSecret(this, 'Certificate', {
      name: `kafka/${model.name}/administrator`,
      description: `Certificate ${adminCommonName(model)}: a JSON object with the keys certificate, key and ca.crt`,
      kmsKeyId: keyArn,
    });
    secret.applyRemovalPolicy(RemovalPolicy.RETAIN);
    reviewed(secret, { SMG4: 'A certificate is renewed by the authority that it is of, not by rotation.' });
    this.secretArn = secret.attrId;
  }

  /** What logging in as the administrator takes, and reading the passwords of the users that are made here and of those that are `given`. */
  public statements(given: readonly string[] = []): ReconcilerStatement[] {
    const { model, keyArn } = this.props;
    return [
      {
        actions: ['secretsmanager:GetSecretValue'],
        resources: [
          this.secretArn,
          secretsNamed(this, userSecretName(model.name, '*')),
          ...given.map((id) => secretResource(this, id)),
        ],
      },
      decryptStatement(this, keyArn, given.length > 0),
    ];
  }
}
