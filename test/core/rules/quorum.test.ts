import { QUORUM_RULES } from '../../../lib/core/rules/quorum';
import { testRules } from '../../support/rule-cases';

describe('the rules of the quorum', () => {
  testRules(QUORUM_RULES, [
    ['three controllers in three racks', 'kubernetes', '{}', []],
    ['five controllers', 'kubernetes', 'nodePools: { controllers: { replicas: 5 } }', []],
    ['one combined node on a laptop', 'local', 'nodePools: { nodes: { replicas: 1 } }', []],
    ['no controllers on MSK', 'msk', '{}', []],
    ['no controllers on EC2', 'ec2', 'nodePools: { controllers: null }', ['QUORUM-MISSING nodePools']],
    [
      'two controllers',
      'kubernetes',
      'nodePools: { controllers: { replicas: 2 } }',
      ['QUORUM-SIZE nodePools.controllers.replicas'],
    ],
    [
      'four controllers in two pools',
      'local',
      'nodePools: { nodes: { replicas: 3 }, more: { roles: [controller], replicas: 1 } }',
      ['QUORUM-SIZE nodePools'],
    ],
    ['seven controllers', 'local', 'nodePools: { nodes: { replicas: 7 } }', ['QUORUM-SIZE nodePools.nodes.replicas']],
    [
      'one controller in production',
      'kubernetes',
      'nodePools: { controllers: { replicas: 1 } }',
      ['QUORUM-SINGLE nodePools.controllers.replicas'],
    ],
    [
      'combined nodes in production',
      'kubernetes',
      'nodePools: { controllers: null, brokers: { roles: [broker, controller] } }',
      ['QUORUM-COMBINED nodePools.brokers.roles'],
    ],
    [
      'three controllers in two racks',
      'kubernetes',
      'racks: [a, b]\nnodePools: { brokers: { replicas: 4 } }',
      ['QUORUM-RACKS nodePools.controllers'],
    ],
    [
      'three controllers in two racks that need not survive',
      'kubernetes',
      'racks: [a, b]\ncapacity: { survive: node }',
      [],
    ],
    [
      'two of three controllers on hosts of one rack',
      'hosts',
      'targets: { hosts: { inventory: { c2: { rack: r1 } } } }',
      ['QUORUM-RACKS nodePools.controllers'],
    ],
    [
      'a controller role on MSK',
      'msk',
      'nodePools: { brokers: { roles: [broker, controller] } }',
      ['QUORUM-SERVICE nodePools.brokers.roles'],
    ],
    [
      'a controller pool on MSK',
      'msk',
      'nodePools: { controllers: { roles: [controller], replicas: 3 } }',
      ['QUORUM-SERVICE nodePools.controllers.roles'],
    ],
    ['controllers alone', 'kubernetes', 'nodePools: { brokers: null }', ['BROKERS-MISSING nodePools']],
  ]);
});
