import { Role } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import type { Stack } from 'aws-cdk-lib/core';
import { ClientAuthentication, MskCluster, MskScramUser, MskScramUsers, type MskScramUsersProps } from '../../lib/msk';
import { census, resourcesOf, testStack } from '../support/cdk';
import { clusterIn } from '../support/msk';

const { IAM, SCRAM_SHA_512: SCRAM } = ClientAuthentication;
const generated = (...names: string[]): MskScramUser[] => names.map((name) => MskScramUser.generated(name));
const SECRET = 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:AmazonMSK_theirs-AbCdEf';
const KEY = 'arn:aws:kms:eu-west-1:111122223333:key/0a1b';

function usersIn(stack: Stack, props: Partial<MskScramUsersProps> = {}): MskScramUsers {
  const cluster = props.cluster ?? clusterIn(stack, { clusterName: 'events', clientAuthentications: [IAM, SCRAM] });
  return new MskScramUsers(stack, 'Users', { users: generated('acme', 'globex'), ...props, cluster });
}

function controlRights(stack: Stack): Record<string, unknown[]> {
  const text = resourcesOf(stack, 'AWS::IAM::Role').map(({ Properties }) => Properties['Policies']) as [
    [{ PolicyDocument: { Statement: { Action: string[]; Resource: unknown[] }[] } }],
  ];
  return Object.fromEntries(
    text[0][0].PolicyDocument.Statement.map(({ Action, Resource }) => [Action.join(' '), Resource]),
  );
}

const named = (service: string, rest: string) => ({
  'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, `:${service}:eu-west-1:111122223333:${rest}`]],
});

describe('users of a cluster with a password', () => {
  test('have secrets of their own that outlive the stack, under a key that the service takes, and one association', () => {
    const stack = testStack();
    usersIn(stack);
    expect(resourcesOf(stack, 'AWS::SecretsManager::Secret')).toMatchObject([
      {
        Properties: {
          Name: 'AmazonMSK_events_acme',
          KmsKeyId: { 'Fn::GetAtt': [expect.stringMatching(/^UsersKey/), 'Arn'] },
          GenerateSecretString: { GenerateStringKey: 'password', SecretStringTemplate: '{"username":"acme"}' },
        },
        DeletionPolicy: 'Retain',
      },
      { Properties: { Name: 'AmazonMSK_events_globex' } },
    ]);
    expect(resourcesOf(stack, 'Custom::KafkaScramSecrets')).toMatchObject([
      {
        Properties: {
          SecretArns: [
            { 'Fn::GetAtt': [expect.stringMatching(/acme/), 'Id'] },
            { 'Fn::GetAtt': [expect.stringMatching(/globex/), 'Id'] },
          ],
          ServiceTimeout: 3600,
        },
      },
    ]);
    expect(census(stack)).toMatchObject({ 'AWS::Lambda::Function': 1 });
    expect(census(stack)).not.toHaveProperty('AWS::MSK::BatchScramSecret');
  });

  test('give the control function the rights on their secrets and key, and on nothing else', () => {
    const stack = testStack();
    usersIn(stack, { encryptionKey: Key.fromKeyArn(stack, 'Given', KEY) });
    expect(controlRights(stack)).toMatchObject({
      'kafka:BatchAssociateScramSecret kafka:BatchDisassociateScramSecret kafka:ListScramSecrets': [
        named('kafka', 'cluster/events/*'),
      ],
      'secretsmanager:DeleteResourcePolicy secretsmanager:GetResourcePolicy secretsmanager:PutResourcePolicy': [
        named('secretsmanager', 'secret:AmazonMSK_events_*'),
      ],
      'kms:CreateGrant kms:DescribeKey': [KEY],
    });
  });

  test('may have a secret that is there already', () => {
    const stack = testStack();
    const secret = Secret.fromSecretAttributes(stack, 'Theirs', {
      secretCompleteArn: SECRET,
      encryptionKey: Key.fromKeyArn(stack, 'TheirKey', KEY),
    });
    const users = usersIn(stack, { users: [MskScramUser.fromSecret('acme', secret)] });
    expect(users.secretArn('acme')).toBe(SECRET);
    expect(resourcesOf(stack, 'Custom::KafkaScramSecrets')).toMatchObject([{ Properties: { SecretArns: [SECRET] } }]);
    expect(resourcesOf(stack, 'AWS::SecretsManager::Secret')).toEqual([]);
    expect(controlRights(stack)['kms:CreateGrant kms:DescribeKey']).toEqual([KEY]);
  });

  test('are handed out one by one, to be read and decrypted', () => {
    const stack = testStack();
    usersIn(stack).grantRead('acme', Role.fromRoleName(stack, 'Role', 'acme'));
    const [policy] = resourcesOf(stack, 'AWS::IAM::Policy');
    const { Statement } = policy!.Properties['PolicyDocument'] as { Statement: object[] };
    expect(Statement).toMatchObject([
      {
        Action: ['secretsmanager:GetSecretValue', 'secretsmanager:DescribeSecret'],
        Resource: { 'Fn::GetAtt': [expect.stringMatching(/acme/), 'Id'] },
      },
      { Action: 'kms:Decrypt', Resource: { 'Fn::GetAtt': [expect.stringMatching(/^UsersKey/), 'Arn'] } },
    ]);
  });

  test('can be of an imported cluster, in a stack without it', () => {
    const stack = testStack();
    const clusterArn = 'arn:aws:kafka:eu-west-1:111122223333:cluster/theirs/0a1b-2';
    usersIn(stack, {
      cluster: MskCluster.fromClusterAttributes(stack, 'Theirs', { clusterArn, clientAuthentications: [SCRAM] }),
    });
    expect(resourcesOf(stack, 'AWS::SecretsManager::Secret')).toMatchObject([
      { Properties: { Name: 'AmazonMSK_theirs_acme' } },
      {},
    ]);
    expect(controlRights(stack)['kafka:DescribeClusterV2']).toEqual([clusterArn]);
  });

  test.each([
    [
      'no user at all',
      { users: [] },
      'users: not a number of users that a cluster takes, got 0; 1 to 1000 are allowed.',
    ],
    [
      'more users than a cluster takes',
      { users: generated(...Array.from({ length: 1001 }, (_, index) => `user-${index}`)) },
      'got 1001; 1 to 1000 are allowed.',
    ],
    [
      'a user twice',
      { users: generated('acme', 'acme') },
      'users[1]: the user is there twice, got acme; once is allowed.',
    ],
    [
      'a name that no secret can have',
      { users: generated('ac me') },
      'users[0]: not a name for a user whose secret is called by it, got "ac me";',
    ],
    ['a name that is too long', { users: generated('a'.repeat(500)) }, '512 with AmazonMSK_events_.'],
  ])('fails for %s', (_title, props, message) => {
    expect(() => usersIn(testStack(), props)).toThrow(message);
  });

  test('fails for a cluster that takes no passwords', () => {
    const stack = testStack();
    expect(() => usersIn(stack, { cluster: clusterIn(stack) })).toThrow(
      'cluster: nobody could log in with a password, got a cluster with iam; scram-sha-512 is needed. Add scram-sha-512 to the authentications of the cluster.',
    );
  });

  test('fails for a second owner of the users of a cluster', () => {
    const stack = testStack();
    const cluster = clusterIn(stack, { clientAuthentications: [SCRAM] });
    usersIn(stack, { cluster });
    expect(() => new MskScramUsers(stack, 'More', { cluster, users: generated('initech') })).toThrow(
      'cluster: the cluster has its users from another construct already, got a second one for Test/Events; one is allowed. Put all of its users into one.',
    );
  });

  test('fails for a secret that the service does not read, and for a user that is not there', () => {
    const stack = testStack();
    const secret = Secret.fromSecretCompleteArn(stack, 'Theirs', SECRET.replace('AmazonMSK_', ''));
    expect(() => usersIn(stack, { users: [MskScramUser.fromSecret('acme', secret)] })).toThrow(
      'one whose name begins with AmazonMSK_ is allowed',
    );
    const users = usersIn(testStack());
    expect(() => users.secretArn('initech')).toThrow(
      'secretArn: there is no such user, got initech; acme, globex are here.',
    );
  });

  test('change their passwords by a schedule where that is asked for, with rights to no more than these secrets', () => {
    const stack = testStack();
    usersIn(stack, { rotationDays: 90 });
    expect(resourcesOf(stack, 'AWS::SecretsManager::RotationSchedule')).toMatchObject([
      { Properties: { RotationRules: { AutomaticallyAfterDays: 90 }, RotateImmediatelyOnUpdate: false } },
      { Properties: { RotationLambdaARN: { 'Fn::GetAtt': [expect.stringMatching(/^KafkaControl/), 'Arn'] } } },
    ]);
    expect(resourcesOf(stack, 'AWS::Lambda::Permission')).toMatchObject([
      { Properties: { Principal: 'secretsmanager.amazonaws.com', SourceAccount: '111122223333' } },
    ]);
    const changing =
      'secretsmanager:DescribeSecret secretsmanager:GetSecretValue secretsmanager:PutSecretValue secretsmanager:UpdateSecretVersionStage';
    expect(controlRights(stack)[changing]).toEqual([named('secretsmanager', 'secret:AmazonMSK_events_*')]);
    expect(census(stack)).toMatchObject({ 'AWS::Lambda::Function': 1 });
  });

  test('keep their passwords otherwise', () => {
    const stack = testStack();
    usersIn(stack);
    expect(census(stack)).not.toHaveProperty('AWS::SecretsManager::RotationSchedule');
  });

  test.each([0, 1.5, 1001])('fail for passwords that change every %d days', (rotationDays) => {
    expect(() => usersIn(testStack(), { rotationDays })).toThrow(
      `rotationDays: not a number of days that Secrets Manager takes, got ${rotationDays}; 1 to 1000 are allowed.`,
    );
  });
});
