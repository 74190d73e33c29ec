import { MIRROR_SOURCE_RULES } from '../../../lib/core/rules/mirror-sources';
import { MIRROR_RULES } from '../../../lib/core/rules/mirrors';
import { openText } from '../../support/environments';
import { MIRROR, mirrorsText, sourceText } from '../../support/mirror-environments';
import { testRules } from '../../support/rule-cases';

const RULES = [...MIRROR_RULES, ...MIRROR_SOURCE_RULES];
const ROLE = 'arn:aws:iam::111122223333:role/mirror';
const MSK = `name: dc1
target: msk
kafka: { version: '4.1' }
nodePools: { brokers: { roles: [broker], replicas: 3, volumes: [{ size: 100GiB }] } }
racks: [eu-west-1a, eu-west-1b, eu-west-1c]
listeners: { iam: { authentication: iam }, internal: { authentication: scram-sha-512 } }
principals: { reader: { listener: internal, consume: { topics: ["*"], groups: ["*"] } }, role: { listener: iam } }
aws: { account: '111122223333', region: eu-west-1 }
targets: { msk: { instanceType: kafka.m7g.large } }
`;

/** What the rules of mirrors say of `small` beside the environments of these texts. */
function findings(text: string, files: Record<string, string> = { 'dc1.yaml': sourceText() }): string[] {
  const known = new Set(RULES.map(({ code }) => code));
  const { issues } = openText(text, { files });
  return issues
    .filter(({ code }) => known.has(code) || code.startsWith('SPEC-'))
    .map(({ code, path }) => `${code} ${path}`)
    .sort();
}

/** A mirror m of other servers. */
const servers = (source: string): string => mirrorsText(`{ m: { source: { ${source} }, topics: [orders] } }`);
const dc1 = (source: string, more = ''): string =>
  mirrorsText(`{ m: { source: { environment: dc1, ${source} }, topics: [orders]${more} } }`);

describe('the rules of mirrors', () => {
  test.each<[title: string, text: string, expected: string[], files?: Record<string, string>]>([
    ['a principal that may read what is copied', mirrorsText(`{ m: ${MIRROR} }`), []],
    ['servers that ask nobody', servers('bootstrapServers: "a:1,b:1", authentication: none'), []],
    [
      'servers that ask for a name',
      servers('bootstrapServers: "a:1", authentication: scram-sha-512, username: reader, authority: public'),
      [],
    ],
    ['servers that ask for a certificate', servers('bootstrapServers: "a:1", authentication: mtls'), []],
    ['one way with identical names', dc1('principal: reader', ', topicNaming: identical'), []],
    [
      'identical names both ways, of topics that go one way each',
      dc1('principal: reader', ', topicNaming: identical'),
      [],
      {
        'dc1.yaml': sourceText(
          'mirrors: { back: { source: { environment: small }, topics: [answers], topicNaming: identical } }',
        ),
      },
    ],
    [
      'pods of another environment',
      `${mirrorsText(`{ m: ${MIRROR} }`)}connect: { runtime: { environment: other } }\n`,
      [],
    ],
    ['servers that ask for IAM', servers(`bootstrapServers: "a:1", authentication: iam, iamRole: "${ROLE}"`), []],
    [
      'a service with IAM, whose addresses a ConfigMap says',
      dc1('principal: role', ', groups: [billing]'),
      [],
      {
        'dc1.yaml': MSK.replace(
          'role: { listener: iam }',
          `role: { listener: iam, iamRole: mirror, acls: [{ topics: [orders], operations: [read, describe, describe-configs] }, { groups: [billing], operations: [describe] }] }`,
        ),
      },
    ],
    [
      'settings of the workers',
      mirrorsText(`{ m: ${MIRROR} }`, 'mirrorMaker: { replicas: 3, memory: 1GiB, listener: internal }'),
      [],
    ],
  ])('are silent: %s', (...[, text, expected, files]) => {
    expect(findings(text, files)).toEqual(expected);
  });

  test.each<[title: string, text: string, expected: string[], files?: Record<string, string>]>([
    [
      'nothing, and two things',
      mirrorsText(
        '{ m: { source: {}, topics: [a] }, n: { source: { environment: dc1, bootstrapServers: "a:1", principal: reader }, topics: [orders] } }',
      ),
      ['MIRROR-SOURCE mirrors.m.source', 'MIRROR-SOURCE mirrors.n.source'],
    ],
    [
      'itself',
      mirrorsText('{ m: { source: { environment: small }, topics: [a] } }'),
      ['MIRROR-SOURCE mirrors.m.source.environment'],
    ],
    ['one source twice', mirrorsText(`{ m: ${MIRROR}, n: ${MIRROR} }`), ['MIRROR-ALIAS mirrors.n']],
    [
      'records that come back',
      dc1('principal: reader', ', topicNaming: identical'),
      ['MIRROR-LOOP mirrors.m.topicNaming'],
      {
        'dc1.yaml': sourceText(
          'mirrors: { on: { source: { environment: dc2 }, topics: ["*"], topicNaming: identical } }',
        ),
        'dc2.yaml': sourceText(
          'mirrors: { back: { source: { environment: small }, topics: ["ord*"], topicNaming: identical } }',
        ).replace('name: dc1', 'name: dc2'),
      },
    ],
    [
      'one topic of two sources',
      mirrorsText(
        `{ m: { source: { environment: dc1, principal: reader }, topics: [orders], topicNaming: identical }, n: { source: { bootstrapServers: "a:1", authentication: none }, topics: ["*"], topicNaming: identical } }`,
      ),
      ['MIRROR-OVERLAP mirrors.n.topics[0]'],
    ],
    [
      'regular expressions',
      mirrorsText(
        '{ m: { source: { bootstrapServers: "a:1", authentication: none }, topics: ["a|b"], groups: ["*x"] } }',
      ),
      ['MIRROR-PATTERN mirrors.m.groups[0]', 'MIRROR-PATTERN mirrors.m.topics[0]'],
    ],
    [
      'options that the kit writes',
      dc1('principal: reader', ', config: { topics: x, source.cluster.alias: y, refresh.topics.interval.seconds: 5 }'),
      ['MIRROR-CONFIG mirrors.m.config.topics', 'MIRROR-CONFIG mirrors.m.config["source.cluster.alias"]'],
    ],
    [
      'workers that cannot do exactly-once',
      mirrorsText(`{ m: ${MIRROR} }`, 'mirrorMaker: { config: { exactly.once.source.support: disabled } }'),
      ['MIRROR-EXACTLY-ONCE targets.kubernetes.mirrorMaker.config["exactly.once.source.support"]'],
    ],
    [
      'settings of workers without mirrors, and a listener that is not there',
      mirrorsText('{}', 'mirrorMaker: { listener: nowhere }'),
      ['MIRROR-WORKERS targets.kubernetes.mirrorMaker', 'MIRROR-WORKERS targets.kubernetes.mirrorMaker.listener'],
    ],
    ['an environment that is not there', dc1(''), ['MIRROR-UNKNOWN mirrors.m.source.environment'], {}],
    [
      'principals of a service that may not see all that is copied',
      dc1('principal: role'),
      ['MIRROR-RIGHTS mirrors.m.source.principal'],
      { 'dc1.yaml': MSK },
    ],
    [
      'a role where none is asked for, no TLS where IAM is, and a name with it',
      mirrorsText(
        `{ m: { source: { bootstrapServers: "a:1", authentication: none, iamRole: "${ROLE}" }, topics: [a] },
           n: { source: { bootstrapServers: "b:1", authentication: iam, encryption: none }, topics: [b] },
           o: { source: { bootstrapServers: "c:1", authentication: iam, username: x }, topics: [c] } }`,
      ),
      [
        'MIRROR-LOG-IN mirrors.m.source.iamRole',
        'MIRROR-LOG-IN mirrors.n.source.encryption',
        'MIRROR-LOG-IN mirrors.o.source.username',
      ],
    ],
    [
      'keys of clusters that are not known, of one that is',
      dc1('principal: reader, authentication: none, encryption: none, username: x'),
      ['authentication', 'encryption', 'username'].map((key) => `MIRROR-KEYS mirrors.m.source.${key}`),
    ],
    [
      'keys of environments, of servers, and a secret that nothing is read from',
      `${servers('bootstrapServers: "a:1", authentication: none, encryption: none, principal: x, listener: y, secret: z')}secrets: { z: { id: z } }\n`,
      ['listener', 'principal', 'secret'].map((key) => `MIRROR-KEYS mirrors.m.source.${key}`),
    ],
    [
      'servers that are none',
      servers('bootstrapServers: "a:1, b", authentication: none'),
      ['MIRROR-LOG-IN mirrors.m.source.bootstrapServers'],
    ],
    ['servers without authentication', servers('bootstrapServers: "a:1"'), ['MIRROR-LOG-IN mirrors.m.source']],
    [
      'servers that ask for a name that is not said',
      servers('bootstrapServers: "a:1", authentication: oauthbearer'),
      ['MIRROR-LOG-IN mirrors.m.source'],
    ],
    [
      'a name where nobody asks',
      servers('bootstrapServers: "a:1", authentication: mtls, username: x'),
      ['MIRROR-LOG-IN mirrors.m.source.username'],
    ],
    [
      'certificates without TLS',
      servers('bootstrapServers: "a:1", authentication: mtls, encryption: none'),
      ['MIRROR-LOG-IN mirrors.m.source.encryption'],
    ],
    ['no principal where one is asked for', dc1(''), ['MIRROR-LOG-IN mirrors.m.source']],
    ['a principal that is not there', dc1('principal: reder'), ['MIRROR-LOG-IN mirrors.m.source.principal']],
    ['a listener that is not there', dc1('listener: intrenal'), ['MIRROR-LOG-IN mirrors.m.source.listener']],
    [
      'another listener than that of the principal',
      dc1('principal: reader, listener: partners'),
      ['MIRROR-LOG-IN mirrors.m.source.listener'],
    ],
    [
      'a principal that may not see what is copied',
      mirrorsText('{ m: { source: { environment: dc1, principal: partner }, topics: [orders], groups: [billing] } }'),
      ['MIRROR-RIGHTS mirrors.m.source.principal'],
    ],
  ])('fail or warn: %s', (...[, text, expected, files]) => {
    expect(findings(text, files)).toEqual(expected);
  });

  test('fail for a secret that is not declared, and for one that stands in the options', () => {
    const { issues } = openText(dc1('principal: reader, secret: gone', ', config: { x.password: swordfish }'), {
      files: { 'dc1.yaml': sourceText() },
    });
    expect(issues.map(({ code, path }) => `${code} ${path}`)).toEqual(
      expect.arrayContaining([
        'SECRET-UNKNOWN mirrors.m.source.secret',
        'SECRET-IN-CONFIG mirrors.m.config["x.password"]',
      ]),
    );
  });

  test('say exactly which rights to add at the source', () => {
    const { issues } = openText(dc1('principal: partner'), { files: { 'dc1.yaml': sourceText() } });
    expect(issues.filter(({ code }) => code === 'MIRROR-RIGHTS').map(({ hint }) => hint)).toEqual([
      'In dc1, add to principals.partner.acls: { topics: ["orders"], operations: [read, describe, describe-configs] }, { groups: ["*"], operations: [describe] }.',
    ]);
  });

  const mirror = 'mirrors: { m: { source: { environment: dc1 }, topics: [a] } }';
  testRules(
    RULES,
    [
      ['a mirror on Amazon MSK', 'msk', mirror, []],
      ['a mirror on Serverless', 'serverless', mirror, []],
      ['a mirror on EC2', 'ec2', mirror, ['MIRROR-TARGET mirrors']],
      ['a mirror on a laptop', 'local', mirror, ['MIRROR-TARGET mirrors']],
      ['a mirror on hosts', 'hosts', mirror, ['MIRROR-TARGET mirrors']],
    ],
    RULES.map(({ code }) => code).filter((code) => code !== 'MIRROR-TARGET'),
  );
});
