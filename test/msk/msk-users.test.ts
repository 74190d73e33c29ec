import { environmentUsers } from '../../lib/msk/private/environment-users';
import { testStack } from '../support/cdk';
import { modelOfText } from '../support/environments';

const SECRET = 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:AmazonMSK_acme-AbCdEf';

function usersOf(more: string): ReturnType<typeof environmentUsers> {
  const model = modelOfText(`name: mini
target: msk
kafka: { version: '4.1' }
racks: [eu-west-1a, eu-west-1b, eu-west-1c]
nodePools: { brokers: { roles: [broker], replicas: 3, volumes: [{ size: 10GiB }] } }
listeners: { internal: { authentication: iam }, vendors: { authentication: scram-sha-512 } }
aws: { account: '111122223333', region: eu-west-1 }
${more}
`);
  return environmentUsers(testStack(), model);
}

describe('users with a password on Amazon MSK', () => {
  test('are all users of every principal that stay, each with a secret of its own', () => {
    expect(
      usersOf(`secrets: { acme: { id: '${SECRET}' } }
principals:
  acme: { listener: vendors, users: { acme-1: { deleted: { reason: rotated } }, acme-2: { password: { secret: acme, key: password } }, acme-3: {} } }
  other: { listener: vendors }
  gone: { deleted: { reason: gone } }
  inside: { listener: internal, iamRole: inside }`).map(({ userName, secret }) => [userName, secret?.secretFullArn]),
    ).toEqual([
      ['acme-2', SECRET],
      ['acme-3', undefined],
      ['other', undefined],
    ]);
  });

  test('fails for a secret of one of them that the service would not read', () => {
    expect(() =>
      usersOf(`secrets: { acme: { id: prod/acme } }
principals: { acme: { listener: vendors, users: { acme-1: {}, acme-2: { password: { secret: acme, key: password } } } } }`),
    ).toThrow('principals.acme.users.acme-2.password: not a secret that Amazon MSK reads');
  });
});
