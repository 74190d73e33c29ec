import { gunzipSync } from 'node:zlib';
import { Failure } from '../../../core/issue';
import { SYSTEM_CLOCK, type Clock } from '../../wait';
import { loadSdk } from './sdk';

export interface AssetLocation {
  readonly bucket: string;
  readonly key: string;
  readonly region: string;
  /** @default the machine's */
  readonly clock?: Clock;
}

/** CloudFormation gives the role its right on the asset a moment before it asks, and IAM takes some seconds to let every service know. */
const DENIED_FOR_MS = 60_000;
const PAUSE_MS = 2_000;

/** The text of an asset of JSON compressed with gzip. Fails with status 3 where S3 does not give it. */
export async function readAsset({ bucket, key, region, clock = SYSTEM_CLOCK }: AssetLocation): Promise<string> {
  const { S3Client, GetObjectCommand } = loadSdk('@aws-sdk/client-s3', '');
  const client = new S3Client({ region, maxAttempts: 4 });
  try {
    for (const end = clock.now() + DENIED_FOR_MS; ; await clock.sleep(PAUSE_MS)) {
      try {
        const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
        return gunzipSync(await Body!.transformToByteArray()).toString('utf8');
      } catch (error) {
        if (!isDenied(error) || clock.now() >= end) throw error;
      }
    }
  } catch (error) {
    const reason = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    throw new Failure(
      'DESIRED-STATE-UNREADABLE',
      `the desired state cannot be read, got ${reason} for s3://${bucket}/${key}; the asset of this deployment is needed.`,
      'Give the function s3:GetObject on it and a way to S3, such as a gateway endpoint.',
      3,
    );
  } finally {
    client.destroy();
  }
}

function isDenied(error: unknown): boolean {
  return error instanceof Error && error.name === 'AccessDenied';
}
