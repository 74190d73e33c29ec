import type { Acl } from '../../../../lib/core/cluster';
import { describeAcl, whoCanDoWhat } from '../../../../lib/core/plan/report';
import { acl } from '../states';

describe('access in words', () => {
  test.each<[text: string, more: Partial<Acl>, words: string]>([
    ['User:billing allow read topic orders', {}, 'billing may read topic orders from any address'],
    [
      'User:billing allow read topic shop.',
      { pattern: 'prefixed' },
      'billing may read topics beginning with shop. from any address',
    ],
    ['User:a deny write topic *', { host: '10.0.0.7' }, 'a may not write every topic from 10.0.0.7'],
    ['User:* allow describe topic x', {}, 'everybody may describe topic x from any address'],
    ['User:ANONYMOUS allow all topic x', {}, 'whoever does not log in may do everything with topic x from any address'],
    ['Group:ops allow alter topic x', {}, 'Group:ops may alter topic x from any address'],
    ['User:CN=a,O=b allow read group g', {}, 'CN=a,O=b may join group g from any address'],
    [
      'User:a allow write transactional-id a-',
      { pattern: 'prefixed' },
      'a may use transactional ids beginning with a- from any address',
    ],
    ['User:a allow create cluster kafka-cluster', {}, 'a may create topics in the cluster from any address'],
    [
      'User:a allow alter-configs cluster kafka-cluster',
      {},
      'a may change the options of the cluster from any address',
    ],
    ['User:a allow cluster-action cluster kafka-cluster', {}, 'a may act as a broker of the cluster from any address'],
    ['User:a allow describe-tokens user b', {}, 'a may see tokens of user b from any address'],
  ])('%s', (text, more, words) => {
    expect(describeAcl(acl(text, more))).toBe(words);
  });

  test('who can do what: by principal, operations of the same names in one line, what is forbidden last', () => {
    expect(
      whoCanDoWhat([
        acl('User:b allow describe topic orders'),
        acl('User:b deny delete topic orders'),
        acl('User:b allow write topic orders'),
        acl('User:b allow read topic orders'),
        acl('User:b allow read topic orders', { host: '10.0.0.7' }),
        acl('User:b allow read group g'),
        acl('User:a allow create cluster kafka-cluster'),
      ]),
    ).toEqual([
      'a',
      '  may create topics in the cluster from any address',
      'b',
      '  may read, write and describe topic orders from any address',
      '  may read topic orders from 10.0.0.7',
      '  may join group g from any address',
      '  may not delete topic orders from any address',
    ]);
  });

  test('nobody can do anything without ACLs', () => {
    expect(whoCanDoWhat([])).toEqual([]);
  });
});
