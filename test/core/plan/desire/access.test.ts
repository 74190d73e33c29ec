import type { DesiredState } from '../../../../lib/core/plan/desired';
import { describeAcl } from '../../../../lib/core/plan/report/access-words';
import type { Base } from '../../../support/rule-cases';
import { desiredOf } from '../desired-of';

const TOPICS = 'topics: { orders: {}, shop.orders: {} }\n';
const MTLS = 'listeners: { internal: { authentication: mtls } }\n';
const OAUTH = `kafka: { config: { sasl.oauthbearer.jwks.endpoint.url: "https://id.example/jwks", sasl.oauthbearer.expected.audience: kafka } }
listeners: { internal: { authentication: oauthbearer } }\n`;

/** `billing may read topic orders from any address @ principals.billing.consume.topics[0]` */
const words = ({ access }: DesiredState): string[] =>
  (access?.acls ?? []).map(({ acl, path }) => `${describeAcl(acl)} @ ${path}`);

const owned = ({ access }: DesiredState): string[] =>
  (access?.principals ?? []).map(
    ({ principal, path, deleted }) => `${principal} @ ${path}${deleted === undefined ? '' : `: ${deleted}`}`,
  );

describe('intent as ACLs', () => {
  test.each<[title: string, base: Base, change: string, expected: string[]]>([
    [
      'a producer writes and describes its topics, and uses its transactional ids',
      'kubernetes',
      `${TOPICS}principals: { a: { listener: internal, produce: { topics: [orders, "shop.*"], transactionalIds: ["a-*", b] } } }`,
      [
        'a may describe topic orders from any address @ principals.a.produce.topics[0]',
        'a may write topic orders from any address @ principals.a.produce.topics[0]',
        'a may describe topics beginning with shop. from any address @ principals.a.produce.topics[1]',
        'a may write topics beginning with shop. from any address @ principals.a.produce.topics[1]',
        'a may describe transactional ids beginning with a- from any address @ principals.a.produce.transactionalIds[0]',
        'a may use transactional ids beginning with a- from any address @ principals.a.produce.transactionalIds[0]',
        'a may describe transactional id b from any address @ principals.a.produce.transactionalIds[1]',
        'a may use transactional id b from any address @ principals.a.produce.transactionalIds[1]',
      ],
    ],
    [
      'a consumer reads and describes its topics and groups',
      'kubernetes',
      `${TOPICS}principals: { a: { listener: internal, consume: { topics: ["*"], groups: ["a-*"] } } }`,
      [
        'a may describe groups beginning with a- from any address @ principals.a.consume.groups[0]',
        'a may join groups beginning with a- from any address @ principals.a.consume.groups[0]',
        'a may describe every topic from any address @ principals.a.consume.topics[0]',
        'a may read every topic from any address @ principals.a.consume.topics[0]',
      ],
    ],
    [
      'what is granted twice counts where it is written first',
      'kubernetes',
      `${TOPICS}principals: { a: { listener: internal, produce: { topics: [orders] }, consume: { topics: [orders], groups: [a] } } }`,
      [
        'a may describe group a from any address @ principals.a.consume.groups[0]',
        'a may join group a from any address @ principals.a.consume.groups[0]',
        'a may describe topic orders from any address @ principals.a.produce.topics[0]',
        'a may read topic orders from any address @ principals.a.consume.topics[0]',
        'a may write topic orders from any address @ principals.a.produce.topics[0]',
      ],
    ],
    [
      'ACLs as written, with address and deny',
      'kubernetes',
      `${TOPICS}principals: { a: { listener: internal, acls: [
        { topics: [orders], groups: ["a*"], operations: [delete], permission: deny, host: 10.0.0.1 },
        { cluster: true, operations: [describe-configs, alter-configs] }] } }`,
      [
        'a may change the options of the cluster from any address @ principals.a.acls[1].cluster',
        'a may see the options of the cluster from any address @ principals.a.acls[1].cluster',
        'a may not delete groups beginning with a from 10.0.0.1 @ principals.a.acls[0].groups[0]',
        'a may not delete topic orders from 10.0.0.1 @ principals.a.acls[0].topics[0]',
      ],
    ],
    [
      'all log-ins of a principal have its rights',
      'kubernetes',
      `${TOPICS}principals: { a: { listener: internal, users: { a-1: {}, a-2: {} }, consume: { topics: [orders] } } }`,
      [
        'a-1 may describe topic orders from any address @ principals.a.consume.topics[0]',
        'a-1 may read topic orders from any address @ principals.a.consume.topics[0]',
        'a-2 may describe topic orders from any address @ principals.a.consume.topics[0]',
        'a-2 may read topic orders from any address @ principals.a.consume.topics[0]',
      ],
    ],
    [
      'a certificate is known by its common name',
      'kubernetes',
      `${TOPICS}${MTLS}principals: { a: { listener: internal, commonName: a.example, acls: [{ topics: [orders], operations: [read] }] }, b: { listener: internal, acls: [{ topics: [orders], operations: [read] }] } }`,
      [
        'a.example may read topic orders from any address @ principals.a.acls[0].topics[0]',
        'b may read topic orders from any address @ principals.b.acls[0].topics[0]',
      ],
    ],
    [
      'on Amazon MSK a certificate is known by its distinguished name',
      'msk',
      `${TOPICS}listeners: { internal: { authentication: iam }, partners: { authentication: mtls } }
targets: { msk: { certificateAuthorities: ["arn:aws:acm-pca:eu-west-1:111122223333:certificate-authority/a"] } }
principals: { a: { listener: partners, acls: [{ topics: [orders], operations: [read] }] } }`,
      ['CN=a may read topic orders from any address @ principals.a.acls[0].topics[0]'],
    ],
    [
      'a token is known by its principal',
      'kubernetes',
      `${TOPICS}${OAUTH}principals: { a: { listener: internal, acls: [{ topics: [orders], operations: [read] }] } }`,
      ['a may read topic orders from any address @ principals.a.acls[0].topics[0]'],
    ],
    [
      'on a listener without authentication nobody is known',
      'kubernetes',
      `${TOPICS}listeners: { internal: { authentication: scram-sha-512 }, open: { authentication: none } }
principals: { a: { listener: open, produce: { topics: [orders] } } }`,
      [],
    ],
  ])('%s', (_title, base, change, expected) => {
    expect(words(desiredOf(base, change)).sort()).toEqual([...expected].sort());
  });

  test.each<[title: string, base: Base, change: string]>([
    [
      'without authentication',
      'local',
      `${TOPICS}principals: { a: { listener: internal, produce: { topics: [orders] } } }`,
    ],
    [
      'on Amazon MSK with IAM alone',
      'msk',
      `${TOPICS}principals: { a: { listener: internal, iamRole: a, produce: { topics: [orders] } } }`,
    ],
    [
      'on Amazon MSK Serverless',
      'serverless',
      `${TOPICS}principals: { a: { listener: internal, iamRole: a, produce: { topics: [orders] } } }`,
    ],
  ])('there are none %s', (_title, base, change) => {
    expect(desiredOf(base, change).access).toBeUndefined();
  });

  test('on Amazon MSK principals with a password have them, and those with a role none', () => {
    const desired = desiredOf(
      'msk',
      `${TOPICS}listeners: { internal: { authentication: iam }, vendors: { authentication: scram-sha-512 } }
principals: { a: { listener: internal, iamRole: a, produce: { topics: [orders] } }, b: { listener: vendors, produce: { topics: [orders] } } }`,
    );
    expect(owned(desired)).toEqual(['User:b @ principals.b']);
    expect(desired.users).toBeUndefined();
  });

  test('principals with a tombstone are owned by every name that they may have had', () => {
    const desired = desiredOf(
      'kubernetes',
      `principals:
  gone: { commonName: gone.example, users: { gone-1: {}, moved: {} }, deleted: { reason: shut down } }
  alive: { listener: internal, users: { alive: {}, moved: {}, old: { deleted: { reason: rotated } } } }`,
    );
    expect(owned(desired)).toEqual([
      'User:alive @ principals.alive',
      'User:gone @ principals.gone.deleted: shut down',
      'User:gone-1 @ principals.gone.deleted: shut down',
      'User:gone.example @ principals.gone.deleted: shut down',
      'User:moved @ principals.alive',
      'User:old @ principals.alive.users.old.deleted: rotated',
    ]);
  });
});

describe('rights of Connect', () => {
  const connect = (more: string): string =>
    `${TOPICS}principals: { sink: { listener: internal, consume: { topics: [orders] } }, source: { listener: internal, produce: { topics: [orders] } } }
connect:
  ${more}
  connectors:
    in: { class: org.apache.kafka.connect.mirror.MirrorSourceConnector, principal: source }
    out: { class: org.apache.kafka.connect.mirror.MirrorHeartbeatConnector, principal: sink, config: { topics: orders } }
    bare: { class: org.apache.kafka.connect.mirror.MirrorCheckpointConnector }`;
  const of = (desired: DesiredState, path: string): string[] =>
    words(desired)
      .filter((line) => line.endsWith(`@ ${path}`))
      .map((line) => line.slice(0, line.indexOf(' from any')));

  test('the workers have their group, their topics and the id of their leader', () => {
    expect(of(desiredOf('kubernetes', connect('replicas: 1')), 'connect')).toEqual([
      'k8s-connect may describe group k8s-connect',
      'k8s-connect may join group k8s-connect',
      ...['configs', 'offsets', 'status'].flatMap((storage) =>
        ['create', 'describe', 'see the options of', 'read', 'write'].map(
          (operation) => `k8s-connect may ${operation} topic k8s-connect-${storage}`,
        ),
      ),
      'k8s-connect may describe transactional id connect-cluster-k8s-connect',
      'k8s-connect may use transactional id connect-cluster-k8s-connect',
    ]);
  });

  test('a source has its transactional ids and the topic of offsets, a sink its group', () => {
    const desired = desiredOf('kubernetes', connect('replicas: 1'));
    expect(of(desired, 'connect.connectors.in')).toEqual([
      'source may create topic k8s-connect-offsets',
      'source may describe topic k8s-connect-offsets',
      'source may read topic k8s-connect-offsets',
      'source may write topic k8s-connect-offsets',
      'source may describe transactional id k8s-connect-in',
      'source may use transactional id k8s-connect-in',
      'source may describe transactional ids beginning with k8s-connect-in-',
      'source may use transactional ids beginning with k8s-connect-in-',
    ]);
    expect(of(desired, 'connect.connectors.out')).toEqual([
      'sink may describe group connect-out',
      'sink may join group connect-out',
    ]);
  });

  test('a connector without a principal uses the workers, and its topics are not guessed', () => {
    expect(of(desiredOf('kubernetes', connect('replicas: 1')), 'connect.connectors.bare')).toEqual([
      'k8s-connect may describe transactional id k8s-connect-bare',
      'k8s-connect may use transactional id k8s-connect-bare',
      'k8s-connect may describe transactional ids beginning with k8s-connect-bare-',
      'k8s-connect may use transactional ids beginning with k8s-connect-bare-',
    ]);
  });

  test('without exactly-once sources there are no transactional ids', () => {
    const desired = desiredOf('kubernetes', connect('config: { exactly.once.source.support: disabled }'));
    expect(words(desired).filter((line) => line.includes('transactional'))).toEqual([]);
  });

  test('the workers are a user with a secret of their own', () => {
    const desired = desiredOf('kubernetes', connect('replicas: 1'));
    expect(desired.users!.users.map(({ name, secret, path }) => `${name} ${secret.secret} ${path}`)).toEqual([
      'k8s-connect k8s-connect connect',
      'sink sink principals.sink',
      'source source principals.source',
    ]);
  });
});
