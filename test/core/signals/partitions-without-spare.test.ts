import { alertGroups } from '../../../lib/monitoring';
import { partitionsWithoutSpare } from '../../../lib/core/signals';
import type { EnvironmentModel } from '../../../lib/core/model';
import { modelOfText } from '../../support/environments';

function environment(brokers: number, more: string): EnvironmentModel {
  return modelOfText(`name: some
target: hosts
kafka: { version: '4.3' }
nodePools: { nodes: { roles: [broker, controller], replicas: ${brokers} } }
listeners: { internal: { authentication: none } }
targets: { hosts: { inventory: { ${Array.from({ length: brokers }, (_, index) => `b${index + 1}: { address: b${index + 1}.example, nodePool: nodes, nodeId: ${index + 1}, logDirs: [/data/kafka] }`).join(', ')} } } }
${more}`);
}

describe('partitions that never have a replica to spare', () => {
  test.each<readonly [string, number, string, number | undefined]>([
    ['three brokers', 3, '', 0],
    ['one broker, where Kafka’s own topics have none either', 1, '', undefined],
    ['a topic that is kept once', 3, 'topics: { scratch: { partitions: 12, replicationFactor: 1 } }', 12],
    ['topics that are kept once, and others', 3, 'topics: { a: { partitions: 4, replicationFactor: 1 }, orders: { partitions: 30 }, b: { partitions: 1, replicationFactor: 1 } }', 5], // prettier-ignore
    ['once by default', 3, 'topicDefaults: { replicationFactor: 1 }', undefined],
  ])('%s', (_what, brokers, more, expected) => {
    expect(partitionsWithoutSpare(environment(brokers, more))).toBe(expected);
  });

  test('are no news for the alert', () => {
    const expressionOf = (brokers: number, more = ''): string | undefined =>
      alertGroups(environment(brokers, more))
        .flatMap(({ rules }) => rules)
        .find(({ labels }) => labels['signal'] === 'at-min-isr')?.expr;
    expect(expressionOf(3)).toMatch(/ > 0$/);
    expect(expressionOf(3, 'topics: { scratch: { partitions: 12, replicationFactor: 1 } }')).toMatch(/ > 12$/);
    expect(expressionOf(1)).toBeUndefined();
  });
});
