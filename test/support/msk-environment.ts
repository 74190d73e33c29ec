import type { Stack } from 'aws-cdk-lib/core';
import { parse, stringify } from 'yaml';
import { KafkaEnvironment, MskEnvironment } from '../../lib/msk';
import { testStack } from './cdk';
import { modelOfText } from './environments';

const MINIMAL = `name: mini
target: msk
racks: [eu-west-1a, eu-west-1b, eu-west-1c]
nodePools: { brokers: { roles: [broker], replicas: 3, volumes: [{ size: 10GiB }] } }
listeners: { internal: { authentication: iam } }
aws: { account: '111122223333', region: eu-west-1 }
`;

/** A stack with a small environment on Amazon MSK, in which `more` replaces whole sections. */
export function environmentOf(more: string): Stack {
  const stack = testStack();
  const text = stringify({ ...(parse(MINIMAL) as object), ...(parse(more) as object) });
  new MskEnvironment(stack, 'Kafka', { environment: KafkaEnvironment._of(modelOfText(text)) });
  return stack;
}
