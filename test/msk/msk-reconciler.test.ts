import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import type { Asset } from 'aws-cdk-lib/aws-s3-assets';
import type { Stack } from 'aws-cdk-lib/core';
import { desiredState, parseDesired } from '../../lib/core/plan';
import { KafkaEnvironment, MskEnvironment } from '../../lib/msk';
import { resourcesOf, testStack, warningsOf } from '../support/cdk';
import { modelOfFile, modelOfText } from '../support/environments';

const modelOf = (more: string) =>
  modelOfText(`name: mini
kafka: { version: '4.1' }
racks: [eu-west-1a, eu-west-1b, eu-west-1c]
aws: { account: '111122223333', region: eu-west-1 }
${more}
`);
const PROVISIONED = `target: msk
nodePools: { brokers: { roles: [broker], replicas: 3, volumes: [{ size: 10GiB }] } }
listeners: { internal: { authentication: iam } }`;
const SERVERLESS = `target: msk-serverless
nodePools: { brokers: { roles: [broker], replicas: 3 } }
listeners: { internal: { authentication: iam } }`;

function stackOf(model: ReturnType<typeof modelOf>): Stack {
  const stack = testStack();
  new MskEnvironment(stack, 'Kafka', { environment: KafkaEnvironment._of(model) });
  return stack;
}

/** What the function will be handed, read back from the asset. */
function assetOf(stack: Stack): unknown {
  const asset = stack.node.findChild('Kafka').node.findChild('Reconciler').node.findChild('Desired') as Asset;
  const path = asset.node.root.node.tryFindChild('Test') === undefined ? '' : asset.assetPath;
  return parseDesired(gunzipSync(readFileSync(absolute(stack, path))).toString());
}

function absolute(stack: Stack, path: string): string {
  return path.startsWith('/') ? path : `${(stack.node.root as unknown as { outdir: string }).outdir}/${path}`;
}

const reconcilers = (stack: Stack) => resourcesOf(stack, 'Custom::KafkaReconciler');

describe('the reconciler of an environment on Amazon MSK', () => {
  test.each([
    ['topics of Serverless', `${SERVERLESS}\ntopics: { orders: {} }`],
    [
      'topics that are its own by the settings',
      `${PROVISIONED}\ntopics: { orders: {} }\ntargets: { msk: { topicsManagedBy: reconciler } }`,
    ],
  ])('is one resource for %s, which are no resources then', (_title, text) => {
    const model = modelOf(text);
    const stack = stackOf(model);
    expect(reconcilers(stack)).toHaveLength(1);
    expect(resourcesOf(stack, 'AWS::MSK::Topic')).toHaveLength(0);
    expect(assetOf(stack)).toEqual({ desired: desiredState(model) });
    expect(warningsOf(stack)).toEqual([]);
  });

  test('is not there where CloudFormation makes the topics and policies the rights', () => {
    const stack = stackOf(modelOf(`${PROVISIONED}\ntopics: { orders: {} }\nreconcile: { spread: never }`));
    expect(reconcilers(stack)).toHaveLength(0);
    expect(resourcesOf(stack, 'AWS::MSK::Topic')).toHaveLength(1);
  });

  test('is there for topics that CloudFormation makes, to spread them over brokers that are added', () => {
    const brokers = (replicas: number): unknown =>
      reconcilers(
        stackOf(modelOf(`${PROVISIONED}\ntopics: { orders: {} }`.replace('replicas: 3', `replicas: ${replicas}`))),
      ).map(({ Properties }) => Properties['Brokers']);
    // More brokers alone are an update of it.
    expect([brokers(3), brokers(6)]).toEqual([['3'], ['6']]);
    const express = `target: msk
nodePools: { brokers: { roles: [broker], replicas: 3 } }
listeners: { internal: { authentication: iam } }
targets: { msk: { brokerType: express } }`;
    const stack = stackOf(
      modelOfText(`name: fast
kafka: { version: '3.9' }
racks: [eu-west-1a, eu-west-1b, eu-west-1c]
aws: { account: '111122223333', region: eu-west-1 }
${express}
topics: { orders: {} }`),
    );
    expect(reconcilers(stack)).toHaveLength(0);
  });

  test('makes the ACLs and quotas of users beside topics that CloudFormation makes', () => {
    const model = modelOfFile('prod');
    const stack = stackOf(model);
    expect(reconcilers(stack)).toMatchObject([
      { Properties: { Environment: 'prod', Owner: 'prod', Authentication: 'iam', ServiceTimeout: 3600 } },
    ]);
    const read = assetOf(stack) as { desired: ReturnType<typeof desiredState> };
    expect(read.desired.topicsManagedBy).toBe('cloudformation');
    expect(read.desired.access!.acls.map(({ acl }) => `${acl.principal} ${acl.operation} ${acl.resourceName}`)).toEqual(
      expect.arrayContaining(['User:acme read public.', 'User:acme read acme-']),
    );
  });

  test('may neither read nor write records, and changes no group but its lease', () => {
    const roles = resourcesOf(stackOf(modelOfFile('prod')), 'AWS::IAM::Role');
    const text = JSON.stringify(
      roles.filter(({ Properties }) => Properties.Description === 'Reconciles a Kafka environment'),
    );
    expect(text).toContain('kafka-cluster:Connect');
    expect(text).not.toMatch(/kafka-cluster:(\*|ReadData|WriteData|DeleteGroup)/);
    const alter = text.slice(text.indexOf('kafka-cluster:AlterGroup'));
    expect(alter).toMatch(/^kafka-cluster:AlterGroup"\],"Resource":\[\{.*?__kdk_apply/);
  });

  test('is let in by the brokers on the port of IAM, and by nothing else', () => {
    const stack = stackOf(modelOf(`${SERVERLESS}\ntopics: { orders: {} }`));
    const ports = resourcesOf(stack, 'AWS::EC2::SecurityGroupIngress').map(({ Properties }) => Properties);
    expect(ports).toMatchObject([{ FromPort: 9098, ToPort: 9098, IpProtocol: 'tcp' }]);
  });

  test('reaches S3 and CloudFormation from a new network without the internet', () => {
    const stack = stackOf(modelOf(`${SERVERLESS}\ntopics: { orders: {} }`));
    expect(resourcesOf(stack, 'AWS::EC2::VPCEndpoint')).toMatchObject([
      { Properties: { VpcEndpointType: 'Gateway', ServiceName: 'com.amazonaws.eu-west-1.s3' } },
      { Properties: { VpcEndpointType: 'Interface', ServiceName: 'com.amazonaws.eu-west-1.cloudformation' } },
    ]);
  });

  test('is another asset for another wish, and the same for the same', () => {
    const key = (partitions: number): unknown =>
      reconcilers(stackOf(modelOf(`${SERVERLESS}\ntopics: { orders: { partitions: ${partitions} } }`)))[0]!.Properties[
        'DesiredKey'
      ];
    expect(key(3)).toEqual(key(3));
    expect(key(3)).not.toEqual(key(4));
  });

  test('is told of where no listener has IAM for it to log in with', () => {
    const stack = stackOf(
      modelOf(`target: msk
nodePools: { brokers: { roles: [broker], replicas: 3, volumes: [{ size: 10GiB }] } }
listeners: { vendors: { authentication: scram-sha-512 } }
topics: { orders: {} }
principals: { acme: { listener: vendors, produce: { topics: [orders] } } }`),
    );
    expect(reconcilers(stack)).toHaveLength(0);
    expect(warningsOf(stack).join('\n')).toMatch(/principals\.acme.*ACLs, which the reconciler makes over a listener/);
  });
});
