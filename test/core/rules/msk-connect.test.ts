import { MSK_CONNECT_RULES } from '../../../lib/core/rules/msk-connect';
import { testRules } from '../../support/rule-cases';

const PRINCIPAL = 'principals: { cdc: { listener: internal, produce: { topics: ["shop.*"] } } }';

/** A connector on MSK Connect, with more of its own, of `connect` and of the settings of the service. */
function connector({ own = '', connect = '', settings = '' } = {}): string {
  const target = settings === '' ? '' : `\ntargets: { msk: { connect: { ${settings} } } }`;
  return `${PRINCIPAL}\nsecrets: { db: { id: prod/db }, arn: { id: "arn:aws:secretsmanager:eu-west-1:111122223333:secret:db-AbCdEf" } }
connect: { runtime: msk-connect, ${connect} plugins: { p: { maven: "a:b:1" } }, connectors: { c: { class: a.B, plugin: p, principal: cdc, ${own} } } }${target}`;
}

const CONNECT = 'targets.msk.connect';

describe('the rules of MSK Connect', () => {
  testRules(MSK_CONNECT_RULES, [
    ['a connector', 'msk', connector(), []],
    [
      'one that scales, of another version, from a file',
      'msk',
      connector({
        settings:
          'version: 2.7.1, plugins: { p: { file: vendor/p.zip } }, connectors: { c: { version: 3.7.x, capacity: { mcu: 2, maxWorkers: 4, maxTasks: 8 } } }',
      }),
      [],
    ],
    [
      'secrets with a provider',
      'msk',
      connector({
        own: 'secretConfig: { password: { secret: db, key: k } }',
        settings: 'secretsProvider: { file: vendor/provider.jar }',
      }),
      [],
    ],
    [
      'secrets with a plugin that has a provider already',
      'msk',
      connector({
        own: 'secretConfig: { password: { secret: db, key: k } }',
        settings: 'plugins: { p: { s3: "s3://packages/p.zip", objectVersion: "1" } }',
      }),
      [],
    ],
    [
      'settings of another runtime',
      'msk',
      'connect: { runtime: { environment: eks } }\ntargets: { msk: { connect: { version: 3.7.x } } }',
      [`MSK-CONNECT-SETTINGS ${CONNECT}`],
    ],
    [
      'settings for what is not there',
      'msk',
      connector({ settings: 'plugins: { q: { file: q.zip } }, connectors: { d: { version: 3.7.x } }' }),
      [`MSK-CONNECT-SETTINGS ${CONNECT}.connectors.d`, `MSK-CONNECT-SETTINGS ${CONNECT}.plugins.q`],
    ],
    [
      'a capacity that there is not',
      'msk',
      connector({ settings: 'capacity: { mcu: 3, workers: 11 }' }),
      [`MSK-CONNECT-CAPACITY ${CONNECT}.capacity.mcu`, `MSK-CONNECT-CAPACITY ${CONNECT}.capacity.workers`],
    ],
    [
      'scaling without a maximum',
      'msk',
      connector({ settings: 'capacity: { minWorkers: 1 }' }),
      [`MSK-CONNECT-CAPACITY ${CONNECT}.capacity.minWorkers`],
    ],
    [
      'workers that scale and do not',
      'msk',
      connector({ settings: 'connectors: { c: { capacity: { workers: 1, maxWorkers: 2 } } }' }),
      [`MSK-CONNECT-CAPACITY ${CONNECT}.connectors.c.capacity.workers`],
    ],
    [
      'scaling in and out at once',
      'msk',
      connector({ settings: 'capacity: { maxWorkers: 2, scaleInPercent: 90 }' }),
      [`MSK-CONNECT-CAPACITY ${CONNECT}.capacity.scaleInPercent`],
    ],
    [
      'tasks with autoscaling',
      'msk',
      connector({ own: 'tasksMax: 2', settings: 'capacity: { maxWorkers: 2 }' }),
      ['MSK-CONNECT-TASKS connect.connectors.c.tasksMax'],
    ],
    [
      'a connector that is paused',
      'msk',
      connector({ own: 'state: paused' }),
      ['MSK-CONNECT-STATE connect.connectors.c.state'],
    ],
    [
      'workers by number and memory',
      'msk',
      connector({ connect: 'replicas: 3, memory: 4GiB,' }),
      ['MSK-CONNECT-WORKERS connect.memory', 'MSK-CONNECT-WORKERS connect.replicas'],
    ],
    [
      'options that the service keeps for itself',
      'msk',
      connector({ connect: 'config: { scheduled.rebalance.max.delay.ms: 0, consumer.client.dns.lookup: a },' }),
      [
        'MSK-CONNECT-OPTION connect.config["consumer.client.dns.lookup"]',
        'MSK-CONNECT-OPTION connect.config["scheduled.rebalance.max.delay.ms"]',
      ],
    ],
    [
      'exactly-once on an old version',
      'msk',
      connector({ connect: 'config: { exactly.once.source.support: enabled },', settings: 'version: 2.7.1' }),
      ['MSK-CONNECT-OPTION connect.config["exactly.once.source.support"]'],
    ],
    [
      'a connector that Kafka brings along',
      'msk',
      `${PRINCIPAL}\nconnect: { runtime: msk-connect, connectors: { c: { class: a.B, principal: cdc } } }`,
      ['MSK-CONNECT-PLUGIN connect.connectors.c'],
    ],
    [
      'a plugin from two places, and one of no version',
      'msk',
      `${connector({ settings: 'plugins: { p: { file: p.zip, s3: "s3://packages/p.zip" } }' })}`.replace(
        'p: { maven',
        'q: { maven: "a:b:1-SNAPSHOT" }, p: { maven',
      ),
      ['MSK-CONNECT-PLUGIN connect.plugins.q.maven', `MSK-CONNECT-PLUGIN ${CONNECT}.plugins.p`],
    ],
    [
      'a connector without a principal',
      'msk',
      connector().replace('principal: cdc,', ''),
      ['MSK-CONNECT-PRINCIPAL connect.connectors.c'],
    ],
    [
      'a principal of another listener, and one without rights',
      'msk',
      `${connector().replace(PRINCIPAL, 'listeners: { internal: { authentication: iam }, vendors: { authentication: scram-sha-512 } }\nprincipals: { cdc: { listener: vendors, produce: { topics: [a] } }, idle: { listener: internal } }').replace('connectors: {', 'connectors: { d: { class: a.B, plugin: p, principal: idle },')}`,
      ['MSK-CONNECT-PRINCIPAL connect.connectors.c.principal', 'MSK-CONNECT-PRINCIPAL connect.connectors.d.principal'],
    ],
    [
      'secrets without a provider',
      'msk',
      connector({ own: 'secretConfig: { password: { secret: db, key: k } }' }),
      ['MSK-CONNECT-SECRETS connect.connectors.c.secretConfig'],
    ],
    [
      'a secret by its ARN, and a provider from two places',
      'msk',
      connector({
        own: 'secretConfig: { password: { secret: arn, key: k } }',
        settings: 'secretsProvider: { file: p.jar, maven: "a:b:1" }',
      }),
      ['MSK-CONNECT-SECRETS secrets.arn.id', `MSK-CONNECT-SECRETS ${CONNECT}.secretsProvider`],
    ],
  ]);
});
