import { App, CloudFormationValidatePlugin } from 'aws-cdk-lib/core';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeAwsTemplates } from '../support/aws-templates';

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- a template is a tree of anything
type Tree = Record<string, any>;

const folder = mkdtempSync(join(tmpdir(), 'kdk-guard-'));
const rules = { name: 'msk', content: readFileSync(join(__dirname, 'rules/msk.guard'), 'utf8') };
/** The CDK's own validator with its own rules and ours; made once, since its engine takes seconds. */
const plugin = new CloudFormationValidatePlugin({ guardRules: [rules] });
const templates = writeAwsTemplates(folder);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Rules whose violation is an error, by name. */
function errors(file: string): string[] {
  const context = { appConstruct: new App(), templatePaths: [file], stackTemplates: [{ templatePath: file }] };
  const { violations } = plugin.validate(context as unknown as Parameters<typeof plugin.validate>[0]);
  const grave = violations.filter(({ severity }) => severity === 'error' || severity === 'fatal');
  return [...new Set(grave.map(({ ruleName }) => ruleName))].sort();
}

/** The template of dev with something about its clusters, configurations and topics changed. */
function broken(change: (resource: Tree) => void): string {
  const template = JSON.parse(readFileSync(templates[0]!.file, 'utf8')) as { Resources: Record<string, Tree> };
  for (const resource of Object.values(template.Resources)) {
    if (resource['Type'] === 'AWS::MSK::Cluster') change(resource);
  }
  const file = join(folder, 'broken.json');
  writeFileSync(file, JSON.stringify(template));
  return file;
}

describe('the validator of the CDK, with rules of Guard for Amazon MSK', () => {
  test.each(templates)('has no error for $name', ({ file }) => {
    expect(errors(file)).toEqual([]);
  });

  test.each<[string, (cluster: Tree) => void]>([
    [
      'MSK_NO_UNAUTHENTICATED_CLIENTS',
      ({ Properties }) => (Properties.ClientAuthentication.Unauthenticated.Enabled = true),
    ],
    [
      'MSK_TLS_ONLY',
      ({ Properties }) => (Properties.EncryptionInfo.EncryptionInTransit.ClientBroker = 'TLS_PLAINTEXT'),
    ],
    ['MSK_TLS_ONLY', ({ Properties }) => (Properties.EncryptionInfo.EncryptionInTransit.InCluster = false)],
    ['MSK_CUSTOMER_KEY', ({ Properties }) => delete Properties.EncryptionInfo.EncryptionAtRest],
    ['MSK_BROKER_LOGS', ({ Properties }) => delete Properties.LoggingInfo],
    ['MSK_TWO_ZONES', ({ Properties }) => (Properties.BrokerNodeGroupInfo.ClientSubnets.length = 1)],
    ['MSK_RETAINED', (cluster) => (cluster['DeletionPolicy'] = 'Delete')],
    ['MSK_RETAINED', (cluster) => delete cluster['UpdateReplacePolicy']],
    [
      'MSK_SERVERLESS_IAM',
      (cluster) =>
        Object.assign(cluster, {
          Type: 'AWS::MSK::ServerlessCluster',
          Properties: {
            ClusterName: 'open',
            ClientAuthentication: { Sasl: { Iam: { Enabled: false } } },
            VpcConfigs: [{ SubnetIds: ['subnet-0a1b2c3d', 'subnet-1a2b3c4d'] }],
          },
        }),
    ],
  ])('fails by %s where a template breaks it', (rule, change) => {
    expect(errors(broken(change))).toContain(rule);
  });
});
