import { NODE_RULES } from '../../../lib/core/rules/nodes';
import { testRules } from '../../support/rule-cases';

describe('the rules of nodes', () => {
  testRules(NODE_RULES, [
    ['pools with ids far apart', 'kubernetes', 'nodePools: { brokers: { nodeIds: { start: 500 } } }', []],
    [
      'ids that overlap',
      'ec2',
      'nodePools: { brokers: { nodeIds: { start: 2 } } }',
      ['NODE-ID-DUPLICATE nodePools.brokers.nodeIds.start'],
    ],
    [
      'a pool that grows into the next',
      'local',
      'nodePools: { nodes: { replicas: 3 }, a: { roles: [broker], replicas: 101 }, b: { roles: [broker], replicas: 1 } }',
      ['NODE-ID-DUPLICATE nodePools.b'],
    ],
    [
      'one id for two hosts',
      'hosts',
      'targets: { hosts: { inventory: { b2: { nodeId: 101 } } } }',
      ['NODE-ID-DUPLICATE targets.hosts.inventory.b2.nodeId'],
    ],
    ['a heap of half the memory', 'kubernetes', 'nodePools: { brokers: { memory: 8GiB } }', []],
    [
      'a heap that Kafka cannot start with',
      'local',
      'nodePools: { nodes: { heap: 100MiB } }',
      ['NODE-HEAP nodePools.nodes.heap'],
    ],
    ['the heap of a laptop', 'local', 'targets: { local: { heap: 100MiB } }', ['NODE-HEAP targets.local.heap']],
    [
      'a heap that leaves nothing for the page cache',
      'kubernetes',
      'nodePools: { brokers: { memory: 8GiB, heap: 7GiB } }',
      ['NODE-HEAP nodePools.brokers.heap'],
    ],
    [
      'memory for half a heap',
      'kubernetes',
      'nodePools: { brokers: { memory: 400MiB } }',
      ['NODE-HEAP nodePools.brokers.memory'],
    ],
    [
      'a pool without volumes on EC2',
      'ec2',
      'nodePools: { brokers: { volumes: null } }',
      ['NODE-VOLUMES nodePools.brokers'],
    ],
    [
      'volumes without room for indexes',
      'kubernetes',
      'nodePools: { brokers: { volumes: [{ size: 100GiB }, { size: 10MiB }] } }',
      ['NODE-VOLUME-SIZE nodePools.brokers.volumes[1].size'],
    ],
    ['a pool without volumes on hosts', 'hosts', '{}', []],
    [
      'keys that a service cannot honour',
      'msk',
      'nodePools: { brokers: { heap: 4GiB, memory: 8GiB, nodeIds: { start: 1 }, config: { num.io.threads: 8 } } }',
      [
        'NODE-POOL-KEY nodePools.brokers.config',
        'NODE-POOL-KEY nodePools.brokers.heap',
        'NODE-POOL-KEY nodePools.brokers.memory',
        'NODE-POOL-KEY nodePools.brokers.nodeIds',
      ],
    ],
    [
      'node ids of a pool of hosts, which the inventory gives',
      'hosts',
      'nodePools: { brokers: { nodeIds: { start: 101 } } }',
      ['NODE-POOL-KEY nodePools.brokers.nodeIds'],
    ],
  ]);
});
