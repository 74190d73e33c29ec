import { createHash, createHmac } from 'node:crypto';
import { mskIamLogIn, mskIamToken } from '../../../lib/admin/adapters/aws/msk-iam-token';

const SECRET = 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY';
const credentials = () =>
  Promise.resolve({ accessKeyId: 'AKIDEXAMPLE', secretAccessKey: SECRET, sessionToken: 'a/session+token=' });

const hmac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest();
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** Version 4 of AWS signatures, as its documentation has it, of a URL that carries one; without the parts added after it. */
function signatureOf(url: URL): string {
  const signed = [...url.searchParams]
    .filter(([name]) => name !== 'X-Amz-Signature' && name !== 'User-Agent')
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`)
    .sort()
    .join('&');
  const canonical = `GET\n/\n${signed}\nhost:${url.host}\n\nhost\n${sha256('')}`;
  const time = url.searchParams.get('X-Amz-Date')!;
  const scope = `${time.slice(0, 8)}/eu-west-1/kafka-cluster/aws4_request`;
  const key = scope.split('/').reduce<string | Buffer>((signing, part) => hmac(signing, part), `AWS4${SECRET}`);
  return hmac(key, `AWS4-HMAC-SHA256\n${time}\n${scope}\n${sha256(canonical)}`).toString('hex');
}

describe('the token for a log-in with IAM', () => {
  test('is the URL of a signed request to connect, in URL-safe base64, good for 15 minutes', async () => {
    const before = Date.now();
    const token = await mskIamToken({ region: 'eu-west-1', credentials });
    expect(token).toMatch(/^[\w-]+$/);
    const url = new URL(Buffer.from(token, 'base64url').toString());
    expect(url.origin + url.pathname).toBe('https://kafka.eu-west-1.amazonaws.com/');
    const { 'X-Amz-Date': time, 'X-Amz-Signature': signature, ...rest } = Object.fromEntries(url.searchParams);
    expect(rest).toEqual({
      Action: 'kafka-cluster:Connect',
      'User-Agent': 'kafka-deployment-kit',
      'X-Amz-Algorithm': 'AWS4-HMAC-SHA256',
      'X-Amz-Credential': `AKIDEXAMPLE/${time!.slice(0, 8)}/eu-west-1/kafka-cluster/aws4_request`,
      'X-Amz-Expires': '900',
      'X-Amz-Security-Token': 'a/session+token=',
      'X-Amz-SignedHeaders': 'host',
    });
    const signedAt = Date.parse(time!.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'));
    expect(Math.abs(signedAt - before)).toBeLessThan(60_000);
    expect(signature).toBe(signatureOf(url));
  });

  test('is made anew for each log-in', async () => {
    const sasl = mskIamLogIn({ region: 'eu-west-1', credentials });
    expect(sasl.mechanism === 'OAUTHBEARER' && (await sasl.token())).toMatch(/^[\w-]+$/);
  });

  test('fails with status 3 where there are no credentials, saying why', async () => {
    const none = () => Promise.reject(new Error('Could not load credentials from any providers'));
    await expect(mskIamToken({ region: 'eu-west-1', credentials: none })).rejects.toMatchObject({
      code: 'AWS-CREDENTIALS',
      status: 3,
      message: expect.stringContaining('Could not load credentials from any providers'),
    });
  });
});
