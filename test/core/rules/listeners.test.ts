import { LISTENER_RULES } from '../../../lib/core/rules/listeners';
import { testRules } from '../../support/rule-cases';

describe('the rules of listeners', () => {
  testRules(LISTENER_RULES, [
    ['two listeners with authentication', 'kubernetes', 'listeners: { vendors: { authentication: mtls } }', []],
    ['two listeners of MSK', 'msk', 'listeners: { vendors: { authentication: scram-sha-512 } }', []],
    ['the port of MSK, written down', 'msk', 'listeners: { internal: { port: 9098 } }', []],
    ['no listener', 'kubernetes', 'listeners: { internal: null }', ['LISTENER-MISSING listeners']],
    [
      "names of the kit's own listeners",
      'kubernetes',
      'listeners: { controller: { authentication: mtls }, replication: { authentication: mtls } }',
      ['LISTENER-NAME-RESERVED listeners.controller', 'LISTENER-NAME-RESERVED listeners.replication'],
    ],
    [
      'IAM outside MSK',
      'hosts',
      'listeners: { internal: { authentication: iam } }',
      ['LISTENER-AUTHENTICATION listeners.internal.authentication'],
    ],
    [
      'OAuth on MSK',
      'msk',
      'listeners: { internal: { authentication: oauthbearer } }',
      ['LISTENER-AUTHENTICATION listeners.internal.authentication'],
    ],
    [
      'mTLS on a laptop',
      'local',
      'listeners: { internal: { authentication: mtls } }',
      ['LISTENER-AUTHENTICATION listeners.internal.authentication'],
    ],
    [
      'an open listener that is being left',
      'kubernetes',
      'listeners: { plain: { authentication: none, access: unrestricted } }',
      ['LISTENER-OPEN listeners.plain.authentication'],
    ],
    [
      'access without rights for clients that log in',
      'kubernetes',
      'listeners: { vendors: { authentication: mtls, access: unrestricted } }',
      ['LISTENER-UNRESTRICTED listeners.vendors.access'],
    ],
    [
      'access without rights where nobody has any',
      'kubernetes',
      'listeners: { internal: { authentication: none, access: unrestricted } }',
      ['LISTENER-OPEN listeners.internal.authentication', 'LISTENER-UNRESTRICTED listeners.internal.access'],
    ],
    ['SCRAM on a laptop', 'local', 'listeners: { internal: { authentication: scram-sha-512 } }', []],
    [
      'another port on MSK',
      'msk',
      'listeners: { internal: { port: 9092 } }',
      ['LISTENER-PORT-FIXED listeners.internal.port'],
    ],
    [
      'a port on a laptop',
      'local',
      'listeners: { internal: { port: 9092 } }',
      ['LISTENER-PORT-FIXED listeners.internal.port'],
    ],
    [
      'the port of the controllers',
      'kubernetes',
      'listeners: { internal: { port: 9093 } }',
      ['LISTENER-PORT-DUPLICATE listeners.internal.port'],
    ],
    [
      'the port of replication',
      'hosts',
      'listeners: { internal: { port: 9091 } }',
      ['LISTENER-PORT-DUPLICATE listeners.internal.port'],
    ],
    [
      'the port of the exporter',
      'ec2',
      'listeners: { internal: { port: 9404 } }',
      ['LISTENER-PORT-DUPLICATE listeners.internal.port'],
    ],
    [
      'the port of the exporter without an exporter',
      'ec2',
      'listeners: { internal: { port: 9404 } }\nmonitoring: { metrics: false }',
      [],
    ],
    [
      'an exporter on the port of the controllers',
      'ec2',
      'monitoring: { metricsPort: 9093 }',
      ['LISTENER-PORT-DUPLICATE monitoring.metricsPort'],
    ],
    [
      'two listeners on one port',
      'kubernetes',
      'listeners: { internal: { port: 9094 }, vendors: { authentication: mtls } }',
      ['LISTENER-PORT-DUPLICATE listeners.vendors'],
    ],
    [
      'one authentication twice on MSK',
      'msk',
      'listeners: { vendors: { authentication: iam } }',
      ['LISTENER-PORT-DUPLICATE listeners.vendors.authentication'],
    ],
    ['a laptop whose ports end in time', 'local', 'targets: { local: { ports: { first: 65527 } } }', []],
    [
      'a laptop whose ports do not fit',
      'local',
      'targets: { local: { ports: { first: 65528 } } }',
      ['LISTENER-PORT-RANGE targets.local.ports.first'],
    ],
    [
      'plain text between machines',
      'hosts',
      'listeners: { internal: { encryption: none } }',
      ['LISTENER-ENCRYPTION listeners.internal.encryption'],
    ],
    [
      'mTLS without TLS',
      'hosts',
      'listeners: { internal: { authentication: mtls, encryption: none } }',
      ['LISTENER-ENCRYPTION listeners.internal.encryption'],
    ],
    [
      'IAM without TLS',
      'msk',
      'listeners: { internal: { encryption: none } }',
      ['LISTENER-ENCRYPTION listeners.internal.encryption'],
    ],
    [
      'TLS on a laptop',
      'local',
      'listeners: { internal: { encryption: tls } }',
      ['LISTENER-ENCRYPTION listeners.internal.encryption'],
    ],
    ['plain text on a laptop, written down', 'local', 'listeners: { internal: { encryption: none } }', []],
    [
      'clients that nobody asks who they are',
      'kubernetes',
      'listeners: { internal: { authentication: none } }',
      ['LISTENER-OPEN listeners.internal.authentication'],
    ],
  ]);
});
