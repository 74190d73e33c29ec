import { resourcesOf } from '../support/cdk';
import { environmentOf } from '../support/msk-environment';

const IMAGE = `registry.example/totals@sha256:${'a'.repeat(64)}`;
const policyOf = (guarantee: string): string => {
  const stack = environmentOf(`kafka: { version: '4.1' }
connect: { runtime: { environment: eks } }
topics: { orders: { partitions: 12 } }
principals: { totals: { listener: internal, iamRole: totals-prod, consume: { topics: [orders] } } }
applications:
  totals: { image: '${IMAGE}', principal: totals, deliveryGuarantee: ${guarantee}, streams: { applicationId: sums, consume: [orders] } }
`);
  const [policy] = resourcesOf(stack, 'AWS::IAM::ManagedPolicy');
  return JSON.stringify(policy!.Properties.PolicyDocument);
};
const names = (document: string): string[] =>
  [...document.matchAll(/:(topic|group|transactional-id)\/.*?"\/([^"]+)"/g)].map(([, kind, name]) => `${kind} ${name}`);

describe('the role of a Kafka Streams application on a cluster with IAM', () => {
  test('may make and use the topics, the group and the transactional ids that are its own', () => {
    expect(names(policyOf('exactly-once'))).toEqual([
      'topic orders',
      'group sums',
      'topic sums-*',
      'transactional-id sums-*',
    ]);
    expect(policyOf('exactly-once')).toContain('"kafka-cluster:CreateTopic"');
  });

  test('has no transactional ids where nothing asks for transactions', () => {
    expect(names(policyOf('at-least-once'))).toEqual(['topic orders', 'group sums', 'topic sums-*']);
  });
});
