import { type Stack, type StackProps } from 'aws-cdk-lib/core';
import { KafkaEnvironment, MskEnvironment } from '../../lib/msk';
import { PLACE, testStack } from './cdk';
import { modelOfText } from './environments';

export const SHOP = 'arn:aws:kafka:eu-west-1:111122223333:cluster/shop/11111111-2222-3333-4444-555555555555-1';
export const BACKUP = 'arn:aws:kafka:eu-central-1:111122223333:cluster/backup/11111111-2222-3333-4444-555555555555-s1';

/** An environment with two mirrors: one from a cluster beside it, one from a Serverless cluster in another region. */
export const MIRRORED = `name: reports
target: msk
kafka: { version: '4.1' }
racks: [eu-west-1a, eu-west-1b, eu-west-1c]
nodePools: { brokers: { roles: [broker], replicas: 3, volumes: [{ size: 10GiB }] } }
listeners: { internal: { authentication: iam } }
aws: { account: '111122223333', region: eu-west-1 }
topics: { restored.orders: {}, other: {} }
principals: { reader: { listener: internal, iamRole: reader, consume: { topics: [shop-x1.shop.public.orders], groups: [reader] } } }
mirrors:
  shop: { source: { environment: shop }, topics: [shop.public.orders, 'clicks.*'], groups: ['billing-*'] }
  backup: { source: { environment: backup }, topics: ['restored.*'], topicNaming: identical }
targets:
  msk:
    replicator:
      sources:
        shop: { clusterArn: '${SHOP}', subnets: [subnet-0a1b2c3d, subnet-1a2b3c4d], securityGroups: [sg-0c1d2e3f] }
        backup: { clusterArn: '${BACKUP}', subnets: [subnet-3a4b5c6d, subnet-4a5b6c7d, subnet-5a6b7c8d] }
`;

/** A stack with that environment, or with it as another text. */
export function mirroredStack(text = MIRRORED, props: StackProps = { env: PLACE }): Stack {
  const stack = testStack(props);
  new MskEnvironment(stack, 'Kafka', { environment: KafkaEnvironment._of(modelOfText(text)) });
  return stack;
}
