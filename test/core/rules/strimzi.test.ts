import { BACKEND_RULES, findings } from '../../../lib/core/rules';
import {
  isOauthListenerOption,
  strimziOwnsBrokerOption,
  strimziOwnsWorkerOption,
  strimziRelease,
} from '../../../lib/core/strimzi';
import { KAFKA_RELEASES } from '../../../lib/core/versions';
import { codes, modelOfText } from '../../support/environments';
import { kubernetesText, type KubernetesText } from '../../support/manifests';

const found = (text: KubernetesText, from = '', to = ''): string[] =>
  codes(findings(modelOfText(kubernetesText(text).replace(from, to)), BACKEND_RULES.strimzi)).filter(
    (code) => !code.startsWith('STRIMZI-TOMBSTONE'),
  );

describe('rules of Strimzi', () => {
  test('are silent where its resources say all that the environment says', () => {
    expect(found({ more: 'topics: { orders: {} }' })).toEqual([]);
    expect(found({ settings: "strimzi: { version: '1.2' }" })).toEqual([]);
  });

  test.each<[string, KubernetesText, string[]]>([
    [
      'a version nobody knows',
      { settings: "strimzi: { version: '9.9' }" },
      ['STRIMZI-VERSION targets.kubernetes.strimzi.version'],
    ],
    [
      'a Kafka that this version does not run',
      { settings: "strimzi: { version: '1.0' }" },
      ['STRIMZI-KAFKA-VERSION kafka.version'],
    ],
    [
      'a long name of a listener',
      { listeners: '{ partnersoutside: { authentication: none } }' },
      ['STRIMZI-LISTENER-NAME listeners.partnersoutside'],
    ],
    [
      'a port of the operator',
      { listeners: '{ internal: { authentication: none, port: 9404 } }', more: 'monitoring: { metricsPort: 9405 }' },
      ['STRIMZI-LISTENER-PORT listeners.internal.port', 'STRIMZI-MONITORING monitoring.metricsPort'],
    ],
    [
      'a client with capitals',
      {
        more: 'topics: { orders: {} }\nprincipals: { Billing: { listener: internal, produce: { topics: [orders] } } }',
      },
      ['STRIMZI-USER-NAME principals.Billing'],
    ],
    [
      'plugins without an image',
      { more: "connect: { plugins: { pg: { maven: 'io.debezium:debezium-connector-postgres:3.6.0.Final' } } }" },
      ['STRIMZI-PLUGINS connect.plugins'],
    ],
    [
      'rollouts and programs that are of the plain manifests',
      {
        listeners: '{ internal: { authentication: none } }',
        settings: 'pods: { brokers: { priorityClass: high, readyFor: 65s } }',
        more: 'topics: { orders: {} }\napplications: { shop: { image: "registry.example.com/shop:1", listener: internal, produce: { topics: [orders] } } }',
      },
      [
        'STRIMZI-APPLICATION applications.shop.image',
        'STRIMZI-APPLICATION applications.shop.listener',
        'STRIMZI-APPLICATION applications.shop.produce.topics',
        'STRIMZI-POD targets.kubernetes.pods.brokers.readyFor',
      ],
    ],
  ])('fail for %s', (_, text, expected) => {
    expect(found(text)).toEqual(expected);
  });

  test('say which options the operator writes itself', () => {
    for (const option of [
      'listeners',
      'ssl.keystore.location',
      'controller.quorum.auto.join.enable',
      'broker.rack',
      'log.dirs',
      'super.users',
    ])
      expect([option, strimziOwnsBrokerOption(option)]).toEqual([option, true]);
    for (const option of [
      'num.network.threads',
      'ssl.cipher.suites',
      'controller.quorum.fetch.timeout.ms',
      'broker.heartbeat.interval.ms',
      'compression.type',
    ])
      expect([option, strimziOwnsBrokerOption(option)]).toEqual([option, false]);
    expect(isOauthListenerOption('sasl.oauthbearer.jwks.endpoint.url')).toBe(true);
    expect(strimziOwnsWorkerOption('rest.advertised.port')).toBe(true);
    expect(strimziOwnsWorkerOption('producer.linger.ms')).toBe(false);
  });

  test('know a version of Strimzi for every Kafka that the kit runs on Kubernetes', () => {
    for (const { patch, selfManaged } of KAFKA_RELEASES)
      if (selfManaged) expect([patch, strimziRelease(undefined, patch)?.kafka.includes(patch)]).toEqual([patch, true]);
    expect(strimziRelease(undefined, '4.1.2')?.version).toBe('1.0');
  });
});
