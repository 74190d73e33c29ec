import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { readAsset } from '../../../lib/admin/adapters/aws/desired-asset';

const DENIED = '<Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>';

/** A stand-in for S3 that denies so many requests and then gives the object; the clock jumps. */
async function read(denials: number): Promise<{ readonly text: Promise<string>; readonly asked: () => number }> {
  let asked = 0;
  const server = createServer((_request, response) => {
    asked += 1;
    response.statusCode = asked > denials ? 200 : 403;
    response.end(asked > denials ? gzipSync('{"topics":[]}') : DENIED);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  process.env.AWS_ENDPOINT_URL = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  let now = 0;
  const clock = { now: () => now, sleep: (ms: number) => Promise.resolve(void (now += ms)) };
  const text = readAsset({ bucket: 'assets', key: 'desired.gz', region: 'eu-west-1', clock }).finally(() => {
    server.closeAllConnections();
    server.close();
  });
  return { text, asked: () => asked };
}

describe('the desired state that a function reads from S3', () => {
  const before = { ...process.env };
  beforeEach(() => Object.assign(process.env, { AWS_ACCESS_KEY_ID: 'id', AWS_SECRET_ACCESS_KEY: 'key' }));
  afterEach(() => {
    process.env = { ...before };
  });

  test('is waited for while IAM has not told S3 of the right yet', async () => {
    const { text, asked } = await read(3);
    expect(await text).toBe('{"topics":[]}');
    expect(asked()).toBe(4);
  });

  test('fails after a minute of denials, saying which right is missing', async () => {
    const { text, asked } = await read(1000);
    await expect(text).rejects.toThrow(/AccessDenied.*s3:\/\/assets\/desired\.gz/);
    expect(asked()).toBe(31);
  });
});
