import { PRINCIPAL_RULES } from '../../../lib/core/rules/principals';
import { MONITORING_RULES } from '../../../lib/core/rules/monitoring';
import { SECRET_RULES } from '../../../lib/core/rules/secrets';
import { testRules } from '../../support/rule-cases';

const ORDERS = 'topics: { orders: {}, shop.orders: {} }\n';

describe('the rules of principals', () => {
  testRules(PRINCIPAL_RULES, [
    [
      'rights on declared topics',
      'kubernetes',
      `${ORDERS}principals: { a: { listener: internal, produce: { topics: [orders, "shop.*"], transactionalIds: ["a-*"] }, consume: { topics: ["*"], groups: [a] } } }`,
      [],
    ],
    ['a role on a listener with IAM', 'msk', 'principals: { a: { listener: internal, iamRole: a } }', []],
    [
      'a topic that a mirror brings',
      'kubernetes',
      'mirrors: { dc1: { source: { environment: dc1 }, topics: [orders] } }\nprincipals: { a: { listener: internal, consume: { topics: [dc1.orders], groups: [a] } } }',
      [],
    ],
    [
      'a topic that MSK Replicator brings, under a name that it makes up',
      'msk',
      'mirrors: { dc1: { source: { environment: dc1 }, topics: [orders, "shop.*"] } }\nprincipals: { a: { listener: internal, iamRole: a, consume: { topics: [dc1-1f.orders, dc1-1f.shop.x], groups: [a] } } }',
      [],
    ],
    [
      'a topic that no mirror brings',
      'msk',
      'mirrors: { dc1: { source: { environment: dc1 }, topics: [orders] } }\nprincipals: { a: { listener: internal, iamRole: a, consume: { topics: [dc1.clicks, orders], groups: [a] } } }',
      ['PRINCIPAL-TOPIC principals.a.consume.topics[0]', 'PRINCIPAL-TOPIC principals.a.consume.topics[1]'],
    ],
    [
      'a listener that is not there',
      'kubernetes',
      'principals: { a: { listener: external } }',
      ['PRINCIPAL-LISTENER principals.a.listener'],
    ],
    [
      'topics that are not there',
      'kubernetes',
      `${ORDERS}principals: { a: { listener: internal, produce: { topics: [orders, order] }, consume: { topics: [clicks], groups: [a] } } }`,
      ['PRINCIPAL-TOPIC principals.a.consume.topics[0]', 'PRINCIPAL-TOPIC principals.a.produce.topics[1]'],
    ],
    [
      'a word that every object has',
      'kubernetes',
      'principals: { a: { listener: internal, produce: { topics: [constructor] } } }',
      ['PRINCIPAL-TOPIC principals.a.produce.topics[0]'],
    ],
    [
      'a topic that goes',
      'kubernetes',
      'topics: { old: { deleted: { reason: replaced } } }\nprincipals: { a: { listener: internal, produce: { topics: [old] } } }',
      ['PRINCIPAL-TOPIC principals.a.produce.topics[0]'],
    ],
    [
      'a prefix that matches nothing',
      'kubernetes',
      `${ORDERS}principals: { a: { listener: internal, produce: { topics: ["shopp.*"] } } }`,
      ['PRINCIPAL-PATTERN principals.a.produce.topics[0]'],
    ],
    [
      'a consumer without groups',
      'kubernetes',
      `${ORDERS}principals: { a: { listener: internal, consume: { topics: [orders] } } }`,
      ['PRINCIPAL-GROUPS principals.a.consume'],
    ],
    [
      'transactions on a log with one copy',
      'kubernetes',
      `${ORDERS}kafka: { config: { transaction.state.log.replication.factor: 1, transaction.state.log.min.isr: 1 } }\nprincipals: { a: { listener: internal, produce: { topics: [orders], transactionalIds: [a] } } }`,
      [
        'PRINCIPAL-TRANSACTIONS kafka.config["transaction.state.log.min.isr"]',
        'PRINCIPAL-TRANSACTIONS kafka.config["transaction.state.log.replication.factor"]',
      ],
    ],
    [
      'a log with one copy that nobody uses',
      'kubernetes',
      'kafka: { config: { transaction.state.log.replication.factor: 1, transaction.state.log.min.isr: 1 } }',
      [],
    ],
    ['no role with IAM', 'msk', 'principals: { a: { listener: internal } }', ['PRINCIPAL-IAM-ROLE principals.a']],
    [
      'roles that may read a password and a certificate on EC2',
      'ec2',
      'listeners: { certs: { authentication: mtls } }\nprincipals: { a: { listener: internal, iamRole: a }, b: { listener: certs, iamRole: b } }',
      [],
    ],
    [
      'a role for a certificate that somebody else makes',
      'ec2',
      'targets: { ec2: { certificates: secret } }\nlisteners: { certs: { authentication: mtls } }\nprincipals: { b: { listener: certs, iamRole: b } }',
      ['PRINCIPAL-IAM-ROLE principals.b.iamRole'],
    ],
    [
      'a role of another account on EC2',
      'ec2',
      'principals: { a: { listener: internal, iamRole: "arn:aws:iam::444455556666:role/a" } }',
      ['PRINCIPAL-IAM-ROLE principals.a.iamRole'],
    ],
    [
      'a role without IAM',
      'kubernetes',
      'principals: { a: { listener: internal, iamRole: a } }',
      ['PRINCIPAL-IAM-ROLE principals.a.iamRole'],
    ],
    [
      'a password with mTLS and a common name with SCRAM',
      'kubernetes',
      'listeners: { certs: { authentication: mtls } }\nsecrets: { s: { id: s } }\nprincipals: { a: { listener: certs, password: { secret: s, key: k } }, b: { listener: internal, commonName: b } }',
      ['PRINCIPAL-CREDENTIAL principals.a.password', 'PRINCIPAL-CREDENTIAL principals.b.commonName'],
    ],
    [
      'the common name of the nodes',
      'kubernetes',
      'listeners: { certs: { authentication: mtls } }\nprincipals: { a: { listener: certs, commonName: "node:k8s" } }',
      ['PRINCIPAL-CREDENTIAL principals.a.commonName'],
    ],
    [
      'rights on a listener that asks nobody',
      'kubernetes',
      `${ORDERS}listeners: { open: { authentication: none } }\nprincipals: { a: { listener: open, produce: { topics: [orders] } } }`,
      ['PRINCIPAL-ANONYMOUS principals.a.listener'],
    ],
    [
      'a quota below the load of its only producer',
      'kubernetes',
      'topics: { orders: { load: { produce: 30MiB/s } } }\nprincipals: { a: { listener: internal, produce: { topics: [orders] }, quota: { producerByteRate: 1MiB/s } } }',
      ['PRINCIPAL-QUOTA principals.a.quota.producerByteRate'],
    ],
    [
      'a quota below a load that two share',
      'kubernetes',
      'topics: { orders: { load: { produce: 30MiB/s } } }\nprincipals: { a: { listener: internal, produce: { topics: [orders] }, quota: { producerByteRate: 1MiB/s } }, b: { listener: internal, produce: { topics: ["*"] } } }',
      [],
    ],
    [
      'a rack that is none',
      'kubernetes',
      'principals: { a: { listener: internal, rack: d } }',
      ['PRINCIPAL-RACK principals.a.rack'],
    ],
  ]);
});

describe('the rules of secrets', () => {
  testRules(SECRET_RULES, [
    [
      'a secret that is declared',
      'kubernetes',
      'secrets: { s: { id: s } }\nprincipals: { a: { listener: internal, password: { secret: s, key: k } } }',
      [],
    ],
    [
      'a secret of another provider that nobody uses here',
      'kubernetes',
      'secrets: { s: { provider: aws-secrets-manager, id: s } }',
      [],
    ],
    [
      'a secret that is not declared',
      'kubernetes',
      'principals: { a: { listener: internal, password: { secret: s, key: k } } }',
      ['SECRET-UNKNOWN principals.a.password.secret'],
    ],
    [
      'a secret that the target cannot read',
      'kubernetes',
      'secrets: { s: { provider: aws-secrets-manager, id: s } }\nprincipals: { a: { listener: internal, password: { secret: s, key: k } } }',
      ['SECRET-PROVIDER secrets.s.provider'],
    ],
    [
      'a reference in a connector',
      'kubernetes',
      'connect: { connectors: { c: { class: a.B, config: { database.password: "${file:/s:k}", max.tokens: 3, key.converter: x } } } }',
      [],
    ],
    [
      'passwords in connectors',
      'kubernetes',
      'connect: { config: { ssl.truststore.password: x }, connectors: { c: { class: a.B, config: { database.password: x, aws.secret.access.key: x } } } }',
      [
        'SECRET-IN-CONFIG connect.config["ssl.truststore.password"]',
        'SECRET-IN-CONFIG connect.connectors.c.config["aws.secret.access.key"]',
        'SECRET-IN-CONFIG connect.connectors.c.config["database.password"]',
      ],
    ],
  ]);
});

describe('the rules of monitoring', () => {
  testRules(MONITORING_RULES, [
    [
      'a promise about a group that a principal joins',
      'kubernetes',
      `${ORDERS}principals: { a: { listener: internal, consume: { topics: [orders], groups: ["bill*"] } } }\nmonitoring: { lag: { billing: { maxTimeLag: 5m } } }`,
      [],
    ],
    [
      'a promise about nothing',
      'kubernetes',
      'monitoring: { lag: { billing: {} } }',
      ['MONITORING-LAG monitoring.lag.billing'],
    ],
    [
      'a promise about a group that nobody joins',
      'kubernetes',
      `${ORDERS}principals: { a: { listener: internal, consume: { topics: [orders], groups: [biling] } } }\nmonitoring: { lag: { billing: { maxOffsetLag: 5 } } }`,
      ['MONITORING-LAG-GROUP monitoring.lag.billing'],
    ],
  ]);
});
