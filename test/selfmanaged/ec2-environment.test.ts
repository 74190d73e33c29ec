import { Match, Template } from 'aws-cdk-lib/assertions';
import { Vpc } from 'aws-cdk-lib/aws-ec2';
import type { Stack } from 'aws-cdk-lib/core';
import { adminBootstrapServers, bootstrapServers } from '../../lib/core/config';
import { desiredState } from '../../lib/core/plan';
import { Ec2Environment, KafkaEnvironment } from '../../lib/selfmanaged';
import { census, resourcesOf, testStack, warningsOf } from '../support/cdk';
import { modelOfFile, modelOfText } from '../support/environments';

const MODEL = modelOfFile('prod-ec2');

function environmentIn(stack: Stack): Ec2Environment {
  return new Ec2Environment(stack, 'Kafka', { environment: KafkaEnvironment._of(MODEL) });
}

describe('the production environment on EC2', () => {
  const stack = testStack();
  environmentIn(stack);
  const template = Template.fromStack(stack);
  const nodes = MODEL.nodes.length;

  test('has for each of its nodes everything that stays when an instance goes', () => {
    expect(nodes).toBe(9);
    expect(census(stack)).toMatchObject({
      'AWS::KMS::Key': 1,
      'AWS::Route53::HostedZone': 1,
      'AWS::EC2::NetworkInterface': nodes,
      'AWS::EC2::Volume': nodes,
      'AWS::Route53::RecordSet': nodes,
      'AWS::IAM::InstanceProfile': nodes,
      'AWS::EC2::LaunchTemplate': nodes,
      'AWS::AutoScaling::AutoScalingGroup': nodes,
    });
  });

  test('keeps encrypted volumes of the declared size in the zone of their node', () => {
    const volumes = resourcesOf(stack, 'AWS::EC2::Volume');
    expect(
      volumes.every(({ DeletionPolicy, Properties }) => DeletionPolicy === 'Retain' && Properties.Encrypted === true),
    ).toBe(true);
    expect(
      volumes.map(({ Properties: { Size, AvailabilityZone, VolumeType } }) => [Size, AvailabilityZone, VolumeType]),
    ).toEqual(MODEL.nodes.map(({ pool, rack }) => [pool.name === 'controllers' ? 20 : 1024, rack, 'gp3']));
  });

  test('names each node in a private zone by the address that its brokers advertise', () => {
    const records = resourcesOf(stack, 'AWS::Route53::RecordSet');
    expect(records.map(({ Properties: { Name } }) => Name)).toEqual(MODEL.nodes.map(({ host }) => host));
    for (const { Properties } of records) {
      expect(Properties.ResourceRecords).toEqual([
        { 'Fn::GetAtt': [expect.stringContaining('Interface'), 'PrimaryPrivateIpAddress'] },
      ]);
    }
  });

  test('starts arm64 instances that answer only to IMDSv2 and run the types of the file', () => {
    template.allResourcesProperties('AWS::EC2::LaunchTemplate', {
      LaunchTemplateData: Match.objectLike({
        ImageId: Match.stringLikeRegexp('^resolve:ssm:.*al2023.*arm64$'),
        MetadataOptions: { HttpTokens: 'required', HttpPutResponseHopLimit: 1, HttpEndpoint: 'enabled' },
      }),
    });
    const types = resourcesOf(stack, 'AWS::EC2::LaunchTemplate').map(
      ({ Properties }) => (Properties.LaunchTemplateData as { InstanceType: string }).InstanceType,
    );
    expect(types).toEqual(MODEL.nodes.map(({ pool }) => (pool.name === 'controllers' ? 't4g.medium' : 'm7g.xlarge')));
    template.allResourcesProperties('AWS::AutoScaling::AutoScalingGroup', { MinSize: '1', MaxSize: '1' });
  });

  test('opens between nodes exactly the ports of replication and of the quorum', () => {
    const between = resourcesOf(stack, 'AWS::EC2::SecurityGroupIngress').filter(({ Properties }) =>
      String(Properties.Description).endsWith('between nodes'),
    );
    const { controller, replication } = MODEL.internalListeners!;
    expect(between.map(({ Properties: { FromPort, ToPort } }) => [FromPort, ToPort]).sort()).toEqual(
      [controller.port, replication.port].sort().map((port) => [port, port]),
    );
  });

  test('lets an instance attach its own volume and interface and read its own secret, and nothing of another node', () => {
    const roles = resourcesOf(stack, 'AWS::IAM::Role').flatMap(({ Properties }) => {
      const [, name] = /Kafka node prod-ec2-(.*)/.exec(String(Properties.Description)) ?? [];
      return name === undefined ? [] : [{ Properties, node: name.replaceAll('-', '') }];
    });
    expect(roles).toHaveLength(nodes);
    for (const { Properties, node } of roles) {
      const text = JSON.stringify(Properties.Policies);
      const referenced = [...text.matchAll(/KafkaClusterNodes([a-z0-9]+?)(?:Volume1|Interface|Certificate)/g)].map(
        ([, name]) => name,
      );
      expect(referenced).toHaveLength(3);
      expect(new Set(referenced)).toEqual(new Set([node]));
      expect(text).not.toMatch(/"(ec2|s3|kms|secretsmanager):\*"/);
    }
  });

  test('says in the user data only whose it is, and nothing secret', () => {
    const [launch] = resourcesOf(stack, 'AWS::EC2::LaunchTemplate');
    const userData = JSON.stringify((launch!.Properties.LaunchTemplateData as { UserData: object }).UserData);
    expect(userData).toContain('/kafka/prod-ec2/');
    expect(userData).not.toMatch(/password|BEGIN|PRIVATE KEY/i);
    expect(userData.length).toBeLessThan(1024);
  });

  test('makes topics, users, ACLs and quotas by one resource, which waits for every broker', () => {
    const [resource, ...others] = resourcesOf(stack, 'Custom::KafkaReconciler');
    expect(others).toEqual([]);
    const { Properties } = resource!;
    expect(Properties).toMatchObject({
      Authentication: 'mtls',
      BootstrapServers: adminBootstrapServers(MODEL),
      LogInServers: bootstrapServers(MODEL, 'internal'),
      FormingBrokers: '6',
      Environment: 'prod-ec2',
      Owner: 'prod-ec2',
    });
    expect(
      (resource as unknown as { DependsOn: string[] }).DependsOn.filter((id) => id.includes('Group')),
    ).toHaveLength(nodes);
  });

  test('makes a secret with a password for every user that the file names no secret for, and says to the function which', () => {
    const secrets = resourcesOf(stack, 'AWS::SecretsManager::Secret').filter(({ Properties }) =>
      String(Properties.Name).startsWith('kafka/prod-ec2/users/'),
    );
    const users = desiredState(MODEL).users!.users.map(({ name }) => name);
    expect(users).toEqual(expect.arrayContaining(['checkout', 'billing', 'acme']));
    expect(secrets.map(({ Properties }) => Properties.Name).sort()).toEqual(
      users.map((name) => `kafka/prod-ec2/users/${name}`).sort(),
    );
    for (const { Properties, DeletionPolicy } of secrets) {
      expect([DeletionPolicy, typeof Properties.KmsKeyId]).toEqual(['Retain', 'object']);
      expect(Properties.GenerateSecretString).toMatchObject({ GenerateStringKey: 'password', PasswordLength: 32 });
    }
    const [resource] = resourcesOf(stack, 'Custom::KafkaReconciler');
    for (const name of users) expect(JSON.stringify(resource!.Properties.Secrets)).toContain(`\\"${name}\\":`);
  });

  test('lets the role of a principal read the password of that principal and no other', () => {
    const policies = resourcesOf(stack, 'AWS::IAM::ManagedPolicy');
    expect(policies.map(({ Properties }) => Properties.Roles)).toEqual([
      ['checkout-prod'],
      ['billing-prod'],
      ['shop-cdc-prod'],
    ]);
    for (const { Properties } of policies) {
      const [role] = Properties.Roles as string[];
      const text = JSON.stringify(Properties.PolicyDocument);
      const read = [...text.matchAll(/KafkaClusterUsersUser([a-z]+)[0-9A-F]{8}/g)].map(([, name]) => name);
      expect(read).toEqual([role!.replace('-prod', '').replace('-', '')]);
    }
  });

  test('lets the reconciler read the certificate of the administrator and the passwords, and no certificate of a node', () => {
    const role = resourcesOf(stack, 'AWS::IAM::Role').find(
      ({ Properties }) => Properties.Description === 'Reconciles a Kafka environment',
    );
    const text = JSON.stringify(role!.Properties.Policies);
    expect(text).toContain('KafkaClusterAdministratorCertificate');
    expect(text).toContain(':secret:kafka/prod-ec2/users/*');
    expect(text).not.toMatch(/Nodes\w+Certificate/);
  });

  test('has an authority that issues a certificate for every node by its name, and renews them daily', () => {
    const [resource] = resourcesOf(stack, 'Custom::KafkaCertificates');
    const [administrator, ...others] = resource!.Properties.Certificates as Record<string, unknown>[];
    expect(administrator).toMatchObject({ Layout: 'client', CommonName: 'admin:prod-ec2' });
    expect(others.map(({ Layout, CommonName, DnsNames }) => [Layout, CommonName, DnsNames])).toEqual(
      MODEL.nodes.map(({ host }) => ['node', 'node:prod-ec2', [host]]),
    );
    const [rule] = resourcesOf(stack, 'AWS::Events::Rule');
    expect(rule!.Properties.ScheduleExpression).toBe('rate(1 day)');
    expect(JSON.stringify(rule!.Properties.Targets)).toContain('AuthoritySecretArn');
    const role = resourcesOf(stack, 'AWS::IAM::Role').find(({ Properties }) =>
      String(Properties.Description).startsWith('Issues certificates'),
    );
    expect(JSON.stringify(role!.Properties.Policies)).not.toContain('/users/');
  });

  test('says what is not in the template', () => {
    expect(warningsOf(stack).map((warning) => warning.split(':')[0])).toEqual(['connect']);
  });

  test('has alarms of the catalogue, which tell whom the environment names, and a dashboard', () => {
    const alarms = resourcesOf(stack, 'AWS::CloudWatch::Alarm').map(({ Properties }) => Properties.AlarmName);
    expect(alarms).toEqual(expect.arrayContaining(['prod-ec2-disk-full', 'prod-ec2-exporter-missing']));
    const [page] = resourcesOf(stack, 'AWS::CloudWatch::CompositeAlarm');
    expect(page!.Properties).toMatchObject({ AlarmName: 'prod-ec2-critical-data-safe' });
    expect(JSON.stringify(page!.Properties.AlarmActions)).toContain('sns');
    expect(resourcesOf(stack, 'AWS::CloudWatch::Dashboard')).toHaveLength(1);
  });

  test('gives the same template and the same assets every time', () => {
    const again = testStack();
    environmentIn(again);
    expect(Template.fromStack(again).toJSON()).toEqual(template.toJSON());
  });
});

test('an environment with certificates of others has no authority, lets the first deployment wait, and says so', () => {
  const stack = testStack();
  const model = modelOfText(
    `name: own
target: ec2
kafka: { version: '4.1' }
nodePools: { nodes: { roles: [broker, controller], replicas: 3, volumes: [{ size: 20GiB }] } }
racks: [eu-west-1a, eu-west-1b, eu-west-1c]
listeners: { internal: { authentication: mtls } }
aws: { account: '111122223333', region: eu-west-1 }
targets: { ec2: { packages: 's3://packages/kafka', certificates: secret } }
`,
  );
  const { cluster } = new Ec2Environment(stack, 'Kafka', { environment: KafkaEnvironment._of(model) });
  expect(cluster.certificateAuthority).toBeUndefined();
  expect(resourcesOf(stack, 'Custom::KafkaCertificates')).toEqual([]);
  expect(warningsOf(stack)).toEqual([
    expect.stringContaining(
      'Put them in the secrets kafka/own/NODE, keys node.pem and ca.crt, and kafka/own/administrator',
    ),
  ]);
});

test('fails in a VPC with fewer subnets than the environment has racks', () => {
  const stack = testStack();
  const vpc = Vpc.fromVpcAttributes(stack, 'Small', {
    vpcId: 'vpc-2',
    availabilityZones: ['eu-west-1a', 'eu-west-1b'],
    privateSubnetIds: ['subnet-1', 'subnet-2'],
  });
  expect(() => new Ec2Environment(stack, 'Kafka', { environment: KafkaEnvironment._of(MODEL), vpc })).toThrow(
    'vpcSubnets: the subnets do not fit the racks, got 2 for eu-west-1a, eu-west-1b, eu-west-1c; one for each, in their order, is needed.',
  );
});

test('fails for an environment of another target', () => {
  expect(
    () => new Ec2Environment(testStack(), 'Kafka', { environment: KafkaEnvironment._of(modelOfFile('prod')) }),
  ).toThrow('Test/Kafka: environment: the environment is for another target, got msk; ec2 is allowed.');
});
