import { OWNS_RULES } from '../../../lib/core/rules/owns';
import { codes, openText } from '../../support/environments';
import { BASES, testRules } from '../../support/rule-cases';

describe('the rules of files that say what belongs to them', () => {
  testRules(
    OWNS_RULES,
    [
      ['a file that says nothing', 'kubernetes', 'topics: { a: {} }', []],
      [
        'what is inside of the scope',
        'kubernetes',
        'owns: { topics: ["shop.*", a], principals: ["*"] }\ntopics: { shop.b: {}, a: {}, shop.c: { deleted: { reason: gone } } }\nprincipals: { x: { listener: internal } }',
        [],
      ],
      [
        'a scope for topics says nothing of principals',
        'kubernetes',
        'owns: { topics: [a] }\ntopics: { a: {} }\nprincipals: { x: { listener: internal } }',
        [],
      ],
      [
        'topics outside of the scope, tombstones too',
        'kubernetes',
        'owns: { topics: ["shop.*"] }\ntopics: { shop: {}, b: { deleted: { reason: gone } } }',
        ['OWNS-TOPICS topics.b', 'OWNS-TOPICS topics.shop'],
      ],
      [
        'principals outside of the scope',
        'kubernetes',
        'owns: { principals: [] }\nprincipals: { x: { listener: internal }, y: { deleted: { reason: gone } } }',
        ['OWNS-PRINCIPALS principals.x', 'OWNS-PRINCIPALS principals.y'],
      ],
    ],
    ['OWNS-RIGHTS'],
  );

  const inTeam = (principal: string): string[] =>
    codes(
      openText(
        `name: team
cluster: ./k8s.yaml
owns: { topics: ["team.*"], principals: [team] }
topics: { team.a: {} }
principals: { team: { listener: internal, ${principal} } }
`,
        { files: { 'k8s.yaml': `${BASES.kubernetes}topics: { orders: {} }\n` } },
      ).issues,
    );

  test.each([
    ['reading what others own', 'consume: { topics: [orders], groups: [team] }'],
    ['writing what it owns', 'produce: { topics: [team.a, "team.*"] }'],
    ['describing what others own', 'acls: [{ topics: ["*"], operations: [describe] }]'],
    ['denying', 'acls: [{ cluster: true, operations: [all], permission: deny }]'],
  ])('is silent on %s in the cluster of another', (_what, principal) => {
    expect(inTeam(principal)).toEqual([]);
  });

  test.each([
    [
      'writing what others own',
      'produce: { topics: [orders, "*", "team*"] }',
      [0, 1, 2].map((index) => `OWNS-RIGHTS principals.team.produce.topics[${index}]`),
    ],
    [
      'changing what others own',
      'acls: [{ topics: [orders], operations: [describe, alter-configs] }]',
      ['OWNS-RIGHTS principals.team.acls[0].topics[0]'],
    ],
    [
      'rights on the cluster',
      'acls: [{ cluster: true, operations: [describe] }]',
      ['OWNS-RIGHTS principals.team.acls[0].cluster'],
    ],
  ])('warns of %s in the cluster of another', (_what, principal, expected) => {
    expect(inTeam(principal)).toEqual(expect.arrayContaining(expected));
  });
});
