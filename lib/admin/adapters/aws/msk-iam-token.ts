import { createHash, createHmac, type BinaryLike, type Hash, type Hmac } from 'node:crypto';
import type { AwsCredentialIdentityProvider, ChecksumConstructor, HttpRequest } from '@smithy/types';
import { Failure } from '../../../core/issue';
import type { SaslOptions } from '../../port';
import { loadSdk } from './sdk';

export interface MskIamOptions {
  readonly region: string;
  /** @default the chain of the AWS SDK: environment, profile, container, instance */
  readonly credentials?: AwsCredentialIdentityProvider;
}

const LIFETIME_SECONDS = 900;

/** How a client logs in to a listener with IAM: with a token that says who it is in AWS. Asked again before each session ends. */
export function mskIamLogIn(options: MskIamOptions): SaslOptions {
  return { mechanism: 'OAUTHBEARER', token: () => mskIamToken(options) };
}

/**
 * A request for `kafka-cluster:Connect`, signed and never sent: the broker asks AWS who signed it. It is the URL in URL-safe base64.
 * Source: https://github.com/aws/aws-msk-iam-sasl-signer-js
 */
export async function mskIamToken({ region, credentials }: MskIamOptions): Promise<string> {
  const { SignatureV4 } = loadSdk('@smithy/signature-v4', '');
  const signer = new SignatureV4({
    service: 'kafka-cluster',
    region,
    credentials: credentials ?? defaultCredentials(),
    sha256: Sha256 as unknown as ChecksumConstructor,
  });
  const hostname = `kafka.${region}.amazonaws.com`;
  const request: HttpRequest = {
    method: 'GET',
    protocol: 'https:',
    hostname,
    path: '/',
    query: { Action: 'kafka-cluster:Connect' },
    headers: { host: hostname },
  };
  let signed;
  try {
    signed = await signer.presign(request, { expiresIn: LIFETIME_SECONDS });
  } catch (error) {
    throw new Failure(
      'AWS-CREDENTIALS',
      `there are no credentials of AWS to log in with, got ${error instanceof Error ? error.message : String(error)}; a role or user that may connect to the cluster is needed.`,
      'Check them with aws sts get-caller-identity.',
      3,
    );
  }
  const query = new URLSearchParams(
    Object.entries(signed.query ?? {}).map(([name, value]): [string, string] => [name, String(value)]),
  );
  query.set('User-Agent', 'kafka-deployment-kit');
  return Buffer.from(`https://${hostname}/?${query.toString().replaceAll('+', '%20')}`).toString('base64url');
}

function defaultCredentials(): AwsCredentialIdentityProvider {
  return loadSdk('@aws-sdk/credential-provider-node', '').defaultProvider();
}

/** SHA-256 and its HMAC, as the signer wants them. */
class Sha256 {
  private readonly hash: Hash | Hmac;

  constructor(secret?: BinaryLike) {
    this.hash = secret === undefined ? createHash('sha256') : createHmac('sha256', secret);
  }

  update(data: BinaryLike): void {
    this.hash.update(data);
  }

  digest(): Promise<Uint8Array> {
    return Promise.resolve(this.hash.digest());
  }

  reset(): void {
    throw new Error('a digest is made once');
  }
}
