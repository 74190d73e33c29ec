import type { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { loadSdk } from './sdk';

/** Which versions of a secret there are, and their stages: `AWSCURRENT` is what everybody reads, `AWSPENDING` what is to be next. */
export interface SecretStages {
  readonly rotates: boolean;
  /** Stages by version. */
  readonly stages: Readonly<Record<string, readonly string[]>>;
}

/** The versions of one secret of AWS Secrets Manager, for changing its password. Call `close` at the end. */
export class SecretVersions {
  private readonly sdk = loadSdk('@aws-sdk/client-secrets-manager', '');
  private readonly client: SecretsManagerClient = new this.sdk.SecretsManagerClient({ maxAttempts: 5 });

  public constructor(private readonly secretId: string) {}

  public async describe(): Promise<SecretStages> {
    const { RotationEnabled, VersionIdsToStages } = await this.client.send(
      new this.sdk.DescribeSecretCommand({ SecretId: this.secretId }),
    );
    return { rotates: RotationEnabled === true, stages: VersionIdsToStages ?? {} };
  }

  /** The text of a stage, or of one version in that stage; undefined where there is none. */
  public async read(stage: string, versionId?: string): Promise<string | undefined> {
    try {
      const { SecretString } = await this.client.send(
        new this.sdk.GetSecretValueCommand({
          SecretId: this.secretId,
          VersionStage: stage,
          ...(versionId === undefined ? {} : { VersionId: versionId }),
        }),
      );
      return SecretString;
    } catch (error) {
      if ((error as Error).name === 'ResourceNotFoundException') return undefined;
      throw error;
    }
  }

  /** Letters and digits alone, as clients' settings take them everywhere. */
  public async randomPassword(length: number): Promise<string> {
    const { RandomPassword } = await this.client.send(
      new this.sdk.GetRandomPasswordCommand({ PasswordLength: length, ExcludePunctuation: true }),
    );
    return RandomPassword!;
  }

  /** Stores a text as a new version that is pending. The same version with the same text is stored once. */
  public async writePending(versionId: string, text: string): Promise<void> {
    await this.client.send(
      new this.sdk.PutSecretValueCommand({
        SecretId: this.secretId,
        ClientRequestToken: versionId,
        SecretString: text,
        VersionStages: ['AWSPENDING'],
      }),
    );
  }

  /** From now on everybody reads this version; the one before becomes `AWSPREVIOUS` by itself. */
  public async makeCurrent(versionId: string, before: string | undefined): Promise<void> {
    await this.client.send(
      new this.sdk.UpdateSecretVersionStageCommand({
        SecretId: this.secretId,
        VersionStage: 'AWSCURRENT',
        MoveToVersionId: versionId,
        ...(before === undefined ? {} : { RemoveFromVersionId: before }),
      }),
    );
  }

  public close(): void {
    this.client.destroy();
  }
}
