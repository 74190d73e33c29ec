import { resourcesOf } from '../support/cdk';
import { environmentOf } from '../support/msk-environment';

const policies = (more: string) =>
  resourcesOf(
    environmentOf(`kafka: { version: '4.1' }
topics: { orders: { partitions: 12 } }
principals:
  shop: { listener: internal, iamRole: shop-prod, consume: { topics: [orders] }, acls: [{ topics: [orders], operations: [describe-configs] }] }
${more}`),
    'AWS::IAM::ManagedPolicy',
  ).map(({ Properties }) => ({
    roles: Properties.Roles as string[],
    document: JSON.stringify(Properties.PolicyDocument),
  }));
const names = (document: string): string[] =>
  [...document.matchAll(/:(topic|group|transactional-id)\/.*?"\/([^"]+)"/g)].map(([, kind, name]) => `${kind} ${name}`);

describe('the role of workers that are pods of another environment, on a cluster with IAM', () => {
  test('may do what they and their mirrors need, and what their connectors do is of the role of a principal', () => {
    const [shop, workers] = policies(`connect:
  runtime: { environment: eks }
  iamRole: arn:aws:iam::111122223333:role/pods/connect-prod
  connectors: { orders: { class: org.example.Sink, principal: shop, config: { topics: orders } } }
mirrors: { far: { source: { bootstrapServers: 'far.example:9093', authentication: mtls }, topics: ['clicks.*'] } }
`);
    expect(shop!.roles).toEqual(['shop-prod']);
    expect(shop!.document).toContain('"kafka-cluster:DescribeTopicDynamicConfiguration"');
    expect(names(shop!.document)).toEqual(expect.arrayContaining(['group connect-orders']));
    expect(workers!.roles).toEqual(['connect-prod']);
    expect(names(workers!.document)).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^group .*-connect$/),
        expect.stringMatching(/^topic .*-mirror-offsets$/),
        'topic far.clicks.*',
        'topic mm2-offset-syncs.far.internal',
      ]),
    );
    expect(workers!.document).toContain('"kafka-cluster:AlterTopic"');
  });

  test.each([
    ['of another account', 'connect: { runtime: { environment: eks }, iamRole: "arn:aws:iam::444455556666:role/x" }'],
    ['that nobody names', 'connect: { runtime: { environment: eks } }'],
  ])('is left to its owner where it is one %s', (_, more) => {
    expect(policies(`${more}\n`).map(({ roles }) => roles)).toEqual([['shop-prod']]);
  });
});
