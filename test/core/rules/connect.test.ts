import { CONNECT_RULES } from '../../../lib/core/rules/connect';
import { testRules } from '../../support/rule-cases';

const connector = (text: string): string => `connect: { connectors: { c: { class: a.B, ${text} } } }`;

describe('the rules of Connect', () => {
  testRules(CONNECT_RULES, [
    ['the role of workers in pods', 'kubernetes', "connect: { iamRole: 'arn:aws:iam::111122223333:role/a' }", []],
    ['a role by its name, of no account', 'kubernetes', 'connect: { iamRole: a }', ['CONNECT-ROLE connect.iamRole']],
    ['a role of workers that are no pods', 'ec2', 'connect: { iamRole: a }', ['CONNECT-ROLE connect.iamRole']],
    ['workers on Kubernetes', 'kubernetes', 'connect: { replicas: 2 }', []],
    ['MSK Connect on MSK', 'msk', 'connect: { runtime: msk-connect }', []],
    ['workers of another environment', 'msk', 'connect: { runtime: { environment: staging } }', []],
    ['workers on MSK', 'msk', 'connect: {}', ['CONNECT-RUNTIME connect']],
    [
      'more tasks than partitions',
      'kubernetes',
      'topics: { a: { partitions: 2 } }\nconnect: { connectors: { c: { class: x.Y, tasksMax: 3, config: { topics: a } } } }',
      ['CONNECT-TASKS-PARTITIONS connect.connectors.c.tasksMax'],
    ],
    [
      'a task for each partition, and topics of others',
      'kubernetes',
      'topics: { a: { partitions: 2 } }\nconnect: { connectors: { c: { class: x.Y, tasksMax: 2, config: { topics: a } }, d: { class: x.Y, tasksMax: 9, config: { topics: "a,b" } } } }',
      [],
    ],
    [
      'pods in the environment itself',
      'kubernetes',
      'connect: { runtime: { environment: k8s } }',
      ['CONNECT-RUNTIME connect.runtime.environment'],
    ],
    ['MSK Connect on hosts', 'hosts', 'connect: { runtime: msk-connect }', ['CONNECT-RUNTIME connect.runtime']],
    ['connectors on a laptop', 'local', 'connect: { runtime: workers }', ['CONNECT-RUNTIME connect.runtime']],
    [
      'a listener that is not there',
      'kubernetes',
      'connect: { listener: external }',
      ['CONNECT-LISTENER connect.listener'],
    ],
    [
      'MSK Connect with SCRAM',
      'msk',
      'listeners: { internal: { authentication: scram-sha-512 } }\nconnect: { runtime: msk-connect }',
      ['CONNECT-LISTENER connect'],
    ],
    [
      'a plugin that is declared',
      'kubernetes',
      'connect: { plugins: { p: { maven: "a:b:1" } }, connectors: { c: { plugin: p, class: a.B } } }',
      [],
    ],
    [
      'a plugin that is not declared',
      'kubernetes',
      connector('plugin: p'),
      ['CONNECT-PLUGIN connect.connectors.c.plugin'],
    ],
    ['a tombstone alone', 'kubernetes', 'connect: { connectors: { c: { deleted: { reason: moved } } } }', []],
    [
      'a connector without a class',
      'kubernetes',
      'connect: { connectors: { c: { tasksMax: 1 } } }',
      ['CONNECT-CLASS connect.connectors.c'],
    ],
    [
      'settings beside a tombstone',
      'kubernetes',
      connector('deleted: { reason: moved }'),
      ['CONNECT-CLASS connect.connectors.c.deleted'],
    ],
    [
      'a principal that is not declared',
      'kubernetes',
      connector('principal: p'),
      ['CONNECT-PRINCIPAL connect.connectors.c.principal'],
    ],
    [
      'options that are said twice',
      'kubernetes',
      `secrets: { s: { id: s } }\n${connector('config: { connector.class: x, user: y }, secretConfig: { user: { secret: s, key: k } }')}`,
      ['CONNECT-KEY connect.connectors.c.config.user', 'CONNECT-KEY connect.connectors.c.config["connector.class"]'],
    ],
    [
      'many tasks for one log',
      'kubernetes',
      'connect: { connectors: { c: { class: io.debezium.connector.postgresql.PostgresConnector, tasksMax: 4 } } }',
      ['CONNECT-TASKS connect.connectors.c.tasksMax'],
    ],
  ]);
});
