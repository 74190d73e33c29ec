import type { LambdaContext } from '../../../lib/admin/lambda/cloudformation-event';
import { handler } from '../../../lib/admin/lambda/control/handler';
import type { RotationEvent } from '../../../lib/admin/lambda/control/rotate-password';
import { FakeSecretsManager } from '../../support/fake-secrets-manager';

const CONTEXT: LambdaContext = { awsRequestId: 'invocation', getRemainingTimeInMillis: () => 900_000 };
const STEPS = ['createSecret', 'setSecret', 'testSecret', 'finishSecret'] as const;
const before = { ...process.env };
let secrets: FakeSecretsManager;

beforeEach(async () => {
  secrets = await FakeSecretsManager.start();
  secrets.versions.set('one', { text: '{"username":"acme","password":"old"}', stages: ['AWSCURRENT'] });
  Object.assign(process.env, {
    AWS_ENDPOINT_URL: secrets.url,
    AWS_ACCESS_KEY_ID: 'id',
    AWS_SECRET_ACCESS_KEY: 'key',
    AWS_REGION: 'eu-west-1',
  });
});

afterEach(async () => {
  process.env = { ...before };
  await secrets.stop();
});

/** One call of Secrets Manager. */
const call = (step: RotationEvent['Step'], version = 'two'): Promise<void> =>
  handler({ Step: step, SecretId: 'AmazonMSK_events_acme', ClientRequestToken: version }, CONTEXT);

describe('changing a password, with a fake of Secrets Manager', () => {
  test('makes another password of the same user current, and keeps the one before', async () => {
    secrets.begin('two');
    for (const step of STEPS) await call(step);
    expect(secrets.current).toEqual({ username: 'acme', password: 'n'.repeat(32) });
    expect(secrets.versions.get('one')).toEqual({
      text: '{"username":"acme","password":"old"}',
      stages: ['AWSPREVIOUS'],
    });
  });

  test('does each step once, however often it is asked for', async () => {
    secrets.begin('two');
    for (const step of STEPS) {
      await call(step);
      const made = secrets.versions.get('two')!.text;
      await call(step);
      expect(secrets.versions.get('two')!.text).toBe(made);
    }
    expect(secrets.calls.filter((operation) => operation === 'PutSecretValue')).toHaveLength(1);
    expect(secrets.calls.filter((operation) => operation === 'UpdateSecretVersionStage')).toHaveLength(1);
  });

  test('changes nothing that anybody reads before the last step', async () => {
    secrets.begin('two');
    for (const step of STEPS.slice(0, 3)) await call(step);
    expect(secrets.current).toEqual({ username: 'acme', password: 'old' });
  });

  test.each<[string, () => void, string]>([
    ['a version that Secrets Manager did not begin', () => undefined, 'got two of a secret without it'],
    [
      'a secret that does not rotate',
      () => {
        secrets.rotates = false;
        secrets.begin('two');
      },
      'that does not rotate',
    ],
    [
      'a version that was given up',
      () => void secrets.versions.set('two', { stages: ['AWSPREVIOUS'] }),
      'the version is not pending, got two with AWSPREVIOUS',
    ],
    [
      'a secret that is not one of a user',
      () => {
        secrets.versions.set('one', { text: '{"token":"very-secret"}', stages: ['AWSCURRENT'] });
        secrets.begin('two');
      },
      'got something else than username and password',
    ],
  ])('fails for %s, and writes nothing', async (_what, prepare, message) => {
    prepare();
    await expect(call('createSecret')).rejects.toThrow(message);
    expect(secrets.calls).not.toContain('PutSecretValue');
  });

  test('fails without telling what is in the secret', async () => {
    secrets.versions.set('one', { text: 'very-secret', stages: ['AWSCURRENT'] });
    secrets.begin('two');
    await expect(call('createSecret')).rejects.not.toThrow('very-secret');
  });

  test('fails the test of a version that Amazon MSK could not read', async () => {
    secrets.versions.set('two', { text: '{"username":"acme"}', stages: ['AWSPENDING'] });
    await expect(call('testSecret')).rejects.toThrow('something else than username and password');
  });
});
