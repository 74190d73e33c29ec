import { MSK_MULTI_VPC_RULES } from '../../../lib/core/rules/msk-multi-vpc';
import { testRules } from '../../support/rule-cases';

const PATH = 'targets.msk.multiVpc';

describe('the rules of clients in other VPCs', () => {
  testRules(MSK_MULTI_VPC_RULES, [
    ['a cluster that says nothing of it', 'msk', '{}', []],
    ['nobody, which switches it off', 'msk', 'targets: { msk: { multiVpc: [] } }', []],
    ['an authentication of a listener', 'msk', 'targets: { msk: { multiVpc: [iam] } }', []],
    [
      'an authentication of no listener',
      'msk',
      'targets: { msk: { multiVpc: [iam, mtls] } }',
      [`MSK-MULTI-VPC ${PATH}[1]`],
    ],
    [
      'a listener that is open to everybody',
      'msk',
      'listeners: { open: { authentication: none } }\ntargets: { msk: { multiVpc: [iam] } }',
      [`MSK-MULTI-VPC ${PATH}`],
    ],
    [
      'users whom no ACL holds back',
      'msk',
      'listeners: { vendors: { authentication: scram-sha-512 } }\ntargets: { msk: { multiVpc: [scram-sha-512] } }',
      [`MSK-MULTI-VPC ${PATH}`],
    ],
    [
      'users with ACLs',
      'msk',
      'listeners: { vendors: { authentication: scram-sha-512 } }\nkafka: { config: { allow.everyone.if.no.acl.found: false } }\ntargets: { msk: { multiVpc: [scram-sha-512] } }',
      [],
    ],
  ]);
});
