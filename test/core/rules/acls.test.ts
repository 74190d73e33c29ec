import { ACL_RULES } from '../../../lib/core/rules/acls';
import { canonicalAddress } from '../../../lib/core/rules/ip-address';
import { PRINCIPAL_RULES } from '../../../lib/core/rules/principals';
import { findings, testRules } from '../../support/rule-cases';

const acls = (entries: string, more = ''): string =>
  `topics: { orders: {} }\nprincipals: { a: { listener: internal, acls: [${entries}]${more} } }`;

describe('the rules of ACLs', () => {
  testRules(ACL_RULES, [
    [
      'what there is on each resource',
      'kubernetes',
      acls(
        '{ topics: [orders], operations: [all, read, write, create, delete, alter, describe, describe-configs, alter-configs] }, { groups: ["a*"], operations: [read, delete, describe, describe-configs, alter-configs] }, { transactionalIds: [a], operations: [write, describe, all] }, { cluster: true, operations: [create, alter, describe, cluster-action, describe-configs, alter-configs, idempotent-write] }',
      ),
      [],
    ],
    [
      'a client at one address',
      'kubernetes',
      acls(
        '{ topics: [orders], operations: [read], permission: deny, host: 10.0.0.7 }, { groups: [a], operations: [read], host: "2001:db8:0:0:0:0:0:1" }',
      ),
      [],
    ],
    ['operations on nothing', 'kubernetes', acls('{ operations: [read] }'), ['ACL-RESOURCE principals.a.acls[0]']],
    [
      'operations that there are not',
      'kubernetes',
      acls(
        '{ topics: [orders], groups: [a], operations: [read, write] }, { transactionalIds: [a], operations: [read] }, { cluster: true, operations: [describe, read] }',
      ),
      [
        'ACL-OPERATION principals.a.acls[0].operations[1]',
        'ACL-OPERATION principals.a.acls[1].operations[0]',
        'ACL-OPERATION principals.a.acls[2].operations[1]',
      ],
    ],
    [
      'configs of groups before there were any',
      'msk',
      `kafka: { version: "3.9" }\nlisteners: { internal: { authentication: scram-sha-512 } }\n${acls('{ groups: [a], operations: [alter-configs] }')}`,
      ['ACL-OPERATION principals.a.acls[0].operations[0]'],
    ],
    [
      'addresses that no client has',
      'kubernetes',
      acls(
        ['b1.example', '10.0.0.0/8', '2001:db8::1', '10.0.0.256']
          .map((host) => `{ topics: [orders], operations: [read], host: "${host}" }`)
          .join(', '),
      ),
      [0, 1, 2, 3].map((index) => `ACL-HOST principals.a.acls[${index}].host`),
    ],
    [
      'ACLs that no policy of IAM can say',
      'msk',
      acls(
        '{ topics: [orders], operations: [all] }, { topics: [orders], operations: [read], permission: deny }, { cluster: true, operations: [cluster-action] }, { groups: [g], operations: [read], host: "10.0.0.1" }',
        ', iamRole: a',
      ),
      [0, 1, 2, 3].map((index) => `ACL-LISTENER principals.a.acls[${index}]`),
    ],
    [
      'ACLs of a role of another account',
      'msk',
      acls('{ topics: [orders], operations: [read] }', ', iamRole: "arn:aws:iam::444455556666:role/a"'),
      ['ACL-LISTENER principals.a.acls'],
    ],
    [
      'ACLs that a policy of IAM can say',
      'msk',
      acls('{ topics: [orders], operations: [read, describe-configs] }', ', iamRole: a'),
      [],
    ],
    [
      'ACLs where nobody logs in',
      'local',
      acls('{ topics: [orders], operations: [read] }'),
      ['ACL-LISTENER principals.a.acls'],
    ],
  ]);

  test('fails on topics in ACLs that are not declared, unless the client may make them', () => {
    const change = acls(
      '{ topics: [orders, order, "shop.*"], operations: [describe] }, { topics: [mine, "mine-*"], operations: [create, write] }',
    );
    expect(findings(PRINCIPAL_RULES, 'kubernetes', change)).toEqual([
      'PRINCIPAL-PATTERN principals.a.acls[0].topics[2]',
      'PRINCIPAL-TOPIC principals.a.acls[0].topics[1]',
    ]);
  });

  test.each([
    ['10.0.0.7', '10.0.0.7'],
    ['010.0.0.07', '10.0.0.7'],
    ['10.0.0', undefined],
    ['10.0.0.7.1', undefined],
    ['1e1.0.0.1', undefined],
    ['::', '0:0:0:0:0:0:0:0'],
    ['::1', '0:0:0:0:0:0:0:1'],
    ['2001:DB8::0a:1', '2001:db8:0:0:0:0:a:1'],
    ['1:2:3:4:5:6:7:8', '1:2:3:4:5:6:7:8'],
    ['1:2:3:4:5:6:7', undefined],
    ['1:2:3:4:5:6:7:8:9', undefined],
    ['1::2::3', undefined],
    ['1:2:3:4:5:6:7::8', undefined],
    ['fe80::1%eth0', undefined],
  ])('the address %s is %s', (address, expected) => {
    expect(canonicalAddress(address)).toBe(expected);
  });
});
