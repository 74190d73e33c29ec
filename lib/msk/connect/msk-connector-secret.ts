import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';

/** A value in a secret of AWS Secrets Manager. */
export interface MskConnectorSecret {
  /** The secret, whose value is JSON. */
  readonly secret: ISecret;
  /** The key in that JSON that holds the value. */
  readonly key: string;
  /**
   * Customer key that the secret is encrypted with.
   *
   * @default - the one that the secret itself names
   */
  readonly encryptionKey?: IKey;
}
