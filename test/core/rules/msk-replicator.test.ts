import { MSK_REPLICATOR_RULES } from '../../../lib/core/rules/msk-replicator';
import { openText } from '../../support/environments';
import { BASES, testRules } from '../../support/rule-cases';

const arn = (name: string, region = 'eu-west-1', account = '111122223333'): string =>
  `arn:aws:kafka:${region}:${account}:cluster/${name}/11111111-2222-3333-4444-555555555555-1`;

/** The mirror m, what differs of it, and its source. */
const mirror = (more = '', source = { clusterArn: arn('shop') }, groups = 'securityGroups: [sg-1], '): string =>
  `mirrors: { m: { source: { environment: shop }, topics: [orders], ${more} } }
targets: { TARGET: { replicator: { sources: { m: { ${groups}clusterArn: "${source.clusterArn}", subnets: [subnet-1, subnet-2] } } } } }`;
const onMsk = (text: string): string => text.replace('TARGET', 'msk');
const at = 'targets.msk.replicator.sources.m';
const names = (count: number): string[] => Array.from({ length: count }, (_, index) => `m${index}`);

const many = (count: number): string =>
  `mirrors: { ${names(count)
    .map((name) => `${name}: { source: { environment: shop }, topics: [orders] }`)
    .join(', ')} }
targets: { msk: { replicator: { sources: { ${names(count)
    .map((name) => `${name}: { clusterArn: "${arn('shop')}", subnets: [subnet-1, subnet-2], securityGroups: [sg-1] }`)
    .join(', ')} } } } }`;

describe('the rules of MSK Replicator', () => {
  testRules(MSK_REPLICATOR_RULES, [
    ['a mirror with its source', 'msk', onMsk(mirror()), []],
    ['a mirror on Express', 'express', onMsk(mirror()), []],
    ['a mirror on Serverless', 'serverless', mirror().replace('TARGET', 'msk-serverless'), []],
    [
      'prefixes and everything',
      'msk',
      onMsk(mirror('groups: ["*", "billing-*"]')).replace('[orders]', '["shop.*", "*"]'),
      [],
    ],
    [
      'a source in another region, without groups',
      'msk',
      onMsk(mirror('', { clusterArn: arn('shop', 'eu-central-1') }, '')),
      [],
    ],
    ['fifteen mirrors', 'msk', many(15), []],
    [
      'a mirror on EC2, which another rule refuses',
      'ec2',
      'mirrors: { m: { source: { bootstrapServers: "a:1" }, topics: ["("], tasksMax: 2 } }',
      [],
    ],
    [
      'a mirror without a source',
      'msk',
      'mirrors: { m: { source: { environment: shop }, topics: [orders] } }',
      ['MSK-REPLICATOR-SOURCES mirrors.m'],
    ],
    [
      'a source without a mirror',
      'msk',
      `targets: { msk: { replicator: { sources: { m: { clusterArn: "${arn('shop')}", subnets: [subnet-1, subnet-2] } } } } }`,
      [`MSK-REPLICATOR-SOURCES ${at}`],
    ],
    [
      'a source of another mirror',
      'msk',
      onMsk(mirror()).replace('mirrors: { m:', 'mirrors: { n:'),
      ['MSK-REPLICATOR-SOURCES mirrors.n', `MSK-REPLICATOR-SOURCES ${at}`],
    ],
    [
      'bootstrap servers',
      'msk',
      onMsk(mirror()).replace('environment: shop', 'bootstrapServers: "a:9092"'),
      ['MSK-REPLICATOR-BOOTSTRAP mirrors.m.source.bootstrapServers'],
    ],
    [
      'a cluster of another account',
      'msk',
      onMsk(mirror('', { clusterArn: arn('shop', 'eu-west-1', '444455556666') })),
      [`MSK-REPLICATOR-CLUSTER ${at}.clusterArn`],
    ],
    ['itself', 'msk', onMsk(mirror('', { clusterArn: arn('cloud') })), [`MSK-REPLICATOR-CLUSTER ${at}.clusterArn`]],
    [
      'another cluster',
      'msk',
      onMsk(mirror('', { clusterArn: arn('bar') })),
      [`MSK-REPLICATOR-CLUSTER ${at}.clusterArn`],
    ],
    ['no security groups', 'msk', onMsk(mirror('', undefined, '')), [`MSK-REPLICATOR-GROUPS ${at}`]],
    [
      'GovCloud, both sides',
      'msk',
      `${onMsk(mirror('', { clusterArn: arn('shop', 'us-gov-east-1') }))}\naws: { region: us-gov-west-1 }`,
      ['MSK-REPLICATOR-REGION aws.region', `MSK-REPLICATOR-REGION ${at}.clusterArn`],
    ],
    [
      'no listener with iam',
      'msk',
      `${onMsk(mirror())}\nlisteners: { internal: { authentication: scram-sha-512 } }`,
      ['MSK-REPLICATOR-IAM mirrors'],
    ],
    [
      'two brokers in two zones',
      'msk',
      `${onMsk(mirror())}\nracks: [eu-west-1a, eu-west-1b]\nnodePools: { brokers: { replicas: 2 } }`,
      ['MSK-REPLICATOR-BROKERS mirrors'],
    ],
    [
      'the smallest brokers',
      'msk',
      onMsk(mirror()).replace('msk: {', 'msk: { instanceType: kafka.t3.small,'),
      ['MSK-REPLICATOR-BROKERS targets.msk.instanceType'],
    ],
    ['tasks', 'msk', onMsk(mirror('tasksMax: 4')), ['MSK-REPLICATOR-TASKS mirrors.m.tasksMax']],
    [
      'what only workers of MirrorMaker can be told',
      'msk',
      onMsk(mirror('deliveryGuarantee: exactly-once, config: { a: 1 }, state: stopped, deleted: { reason: moved }')),
      ['config', 'deleted', 'deliveryGuarantee', 'state'].map((key) => `MSK-REPLICATOR-WORKERS mirrors.m.${key}`),
    ],
    [
      'how workers log in at the source',
      'msk',
      onMsk(mirror()).replace(
        'source: { environment: shop',
        'source: { principal: reader, listener: internal, authentication: none, encryption: tls, username: reader, secret: shop, authority: public, rack: a, environment: shop',
      ),
      ['authentication', 'authority', 'encryption', 'listener', 'principal', 'rack', 'secret', 'username'].map(
        (key) => `MSK-REPLICATOR-WORKERS mirrors.m.source.${key}`,
      ),
    ],
    ['sixteen mirrors', 'msk', many(16), ['MSK-REPLICATOR-COUNT mirrors']],
    [
      'regular expressions and wildcards elsewhere',
      'msk',
      onMsk(mirror('groups: ["a*b", "**"]')).replace(
        '[orders]',
        '["shop.(a|b)", "*.orders", "shop.**", "a b", shop.public.orders]',
      ),
      [
        ...[0, 1, 2, 3].map((index) => `MSK-REPLICATOR-PATTERN mirrors.m.topics[${index}]`),
        ...[0, 1].map((index) => `MSK-REPLICATOR-PATTERN mirrors.m.groups[${index}]`),
      ],
    ],
    [
      'too many topics, and a name that is too long',
      'msk',
      onMsk(mirror(`groups: [${'g'.repeat(257)}]`)).replace('[orders]', `[${names(101).join(', ')}]`),
      ['MSK-REPLICATOR-PATTERN mirrors.m.groups[0]', 'MSK-REPLICATOR-PATTERN mirrors.m.topics'],
    ],
  ]);

  test('say exactly what to write where the source is missing', () => {
    const { issues } = openText(`${BASES.msk}mirrors: { dc1: { source: { environment: shop }, topics: [orders] } }\n`);
    expect(issues.find(({ code }) => code === 'MSK-REPLICATOR-SOURCES')).toMatchObject({
      message:
        'the cluster that it copies from is not known, got no targets.msk.replicator.sources.dc1; one is needed.',
      hint: 'Write targets.msk.replicator.sources.dc1: { clusterArn: ARN, subnets: [SUBNET, SUBNET], securityGroups: [GROUP] }, with what its stack puts out.',
    });
  });
});
