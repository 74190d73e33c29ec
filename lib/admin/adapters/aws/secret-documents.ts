import type { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { Failure } from '../../../core/issue';
import { SYSTEM_CLOCK, type Clock } from '../../wait';
import { loadSdk } from './sdk';

/** A secret as keys and values. */
export type SecretDocument = Readonly<Record<string, string>>;

/** Whole secrets, read and written. */
export interface SecretDocuments {
  /** Undefined where nothing was written yet. */
  read(id: string): Promise<SecretDocument | undefined>;
  write(id: string, document: SecretDocument): Promise<void>;
}

/** Rights that were given a moment ago are not in force everywhere yet. */
const DENIED_FOR_MS = 60_000;
const PAUSE_MS = 2_000;
const DENIED = new Set(['AccessDeniedException', 'AccessDenied', 'DecryptionFailure']);

/** Secrets of AWS Secrets Manager as JSON objects. Call `close` at the end. */
export class AwsSecretDocuments implements SecretDocuments {
  private readonly sdk = loadSdk('@aws-sdk/client-secrets-manager', '');
  private readonly client: SecretsManagerClient;

  public constructor(
    region: string,
    private readonly clock: Clock = SYSTEM_CLOCK,
  ) {
    this.client = new this.sdk.SecretsManagerClient({ region, maxAttempts: 5 });
  }

  public async read(id: string): Promise<SecretDocument | undefined> {
    const text = await this.onceAllowed(async () => {
      try {
        const { SecretString } = await this.client.send(new this.sdk.GetSecretValueCommand({ SecretId: id }));
        return SecretString ?? '';
      } catch (error) {
        if ((error as Error).name === 'ResourceNotFoundException') return undefined;
        throw error;
      }
    });
    return text === undefined ? undefined : documentOf(id, text);
  }

  public async write(id: string, document: SecretDocument): Promise<void> {
    await this.onceAllowed(() =>
      this.client.send(new this.sdk.PutSecretValueCommand({ SecretId: id, SecretString: JSON.stringify(document) })),
    );
  }

  public close(): void {
    this.client.destroy();
  }

  private async onceAllowed<T>(ask: () => Promise<T>): Promise<T> {
    for (const end = this.clock.now() + DENIED_FOR_MS; ; await this.clock.sleep(PAUSE_MS)) {
      try {
        return await ask();
      } catch (error) {
        if (!DENIED.has((error as Error).name) || this.clock.now() >= end) throw error;
      }
    }
  }
}

/** What is in it is never told. */
function documentOf(id: string, text: string): SecretDocument {
  try {
    const parsed: unknown = JSON.parse(text);
    if (
      typeof parsed === 'object' &&
      parsed !== null &&
      Object.values(parsed).every((each) => typeof each === 'string')
    )
      return parsed as SecretDocument;
  } catch {
    // Told below, without the text.
  }
  throw new Failure(
    'SECRET-UNREADABLE',
    `a secret has no keys, got other text than a JSON object of texts in ${id}; { "key": "value" } is needed.`,
    'Look at it, and take out what is not of the kit.',
  );
}
