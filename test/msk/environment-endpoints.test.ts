import type { DeclaredConnector, MskConnectModel } from '../../lib/core/msk-connect';
import { environmentEndpoints } from '../../lib/msk/private/environment-endpoints';

const connect = (secretConfig: DeclaredConnector['secretConfig']): MskConnectModel => ({
  listener: 'internal',
  plugins: [],
  connectors: [{ secretConfig } as DeclaredConnector],
  workerConfig: {},
});

test.each<[string, boolean, MskConnectModel | undefined, string[]]>([
  ['nothing for a cluster alone', false, undefined, []],
  ['S3 and CloudFormation for the reconciler', true, undefined, ['s3', 'cloudformation']],
  [
    'Secrets Manager for connectors with secrets',
    false,
    connect({ password: { secret: 'db', key: 'password' } }),
    ['secretsmanager'],
  ],
  ['nothing for connectors without', false, connect({}), []],
])('a network without a way out reaches %s', (_what, reconciles, model, services) => {
  expect(environmentEndpoints(reconciles, model)).toEqual(services);
});
