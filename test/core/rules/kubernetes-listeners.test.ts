import { formatLock, lockEntry, withTarget } from '../../../lib/core/lock';
import { KUBERNETES_ADDRESS_RULES } from '../../../lib/core/rules/kubernetes-addresses';
import { KUBERNETES_LISTENER_RULES } from '../../../lib/core/rules/kubernetes-listeners';
import { openText, modelOfText } from '../../support/environments';
import { kubernetesText } from '../../support/manifests';
import { testRules, type RuleCase } from '../../support/rule-cases';

const AT = 'targets.kubernetes.listeners.vendors';
const RULES = [...KUBERNETES_LISTENER_RULES, ...KUBERNETES_ADDRESS_RULES];
/** A listener for vendors, reached as it says. */
const vendors = (settings: string, listener = 'authentication: mtls', more = ''): string =>
  `listeners: { vendors: { ${listener} } }\ntargets: { kubernetes: { listeners: { vendors: { ${settings} } } } }\n${more}`;
const BALANCED = "expose: load-balancer, host: 'b{id}.example.org', bootstrapHost: example.org";
const PORTED = 'expose: node-port, host: nodes.example.org, firstNodePort: 30000, bootstrapNodePort: 30099';
const ROUTED = "expose: tls-route, host: 'b{id}.example.org', bootstrapHost: example.org, gateway: { name: edge }";

const CASES: RuleCase[] = [
  ['load balancers', 'kubernetes', vendors(BALANCED), []],
  ['node ports of a name', 'kubernetes', vendors(PORTED), []],
  [
    'node ports of the address of the node',
    'kubernetes',
    vendors(
      "expose: node-port, host: '{nodeIp}', firstNodePort: 30000, bootstrapNodePort: 30099, nodeAddresses: [10.0.0.1, n2.example.org], sourceRanges: [10.1.0.0/16, '2001:db8::/32']",
    ),
    [],
  ],
  ['routes', 'kubernetes', vendors(ROUTED), []],
  [
    'racks in hosts',
    'kubernetes',
    vendors("expose: load-balancer, host: '{rack}-{id}.example.org', bootstrapHost: example.org"),
    [],
  ],
  [
    'an open listener for some',
    'kubernetes',
    vendors(`${BALANCED}, sourceRanges: [10.0.0.0/8]`, 'authentication: none'),
    [],
  ],
  [
    'a listener that there is not',
    'kubernetes',
    'targets: { kubernetes: { listeners: { vendor: { ' + BALANCED + ' } } } }',
    ['KUBERNETES-LISTENER-UNKNOWN targets.kubernetes.listeners.vendor'],
  ],
  [
    'settings that are missing, all at once',
    'kubernetes',
    vendors("expose: node-port, host: '{nodeIp}'"),
    [`KUBERNETES-LISTENER-SETTING ${AT}`],
  ],
  [
    'settings of another way',
    'kubernetes',
    vendors(`${ROUTED}, port: 9443, sourceRanges: [10.0.0.0/8]`),
    [`KUBERNETES-LISTENER-SETTING ${AT}.port`, `KUBERNETES-LISTENER-SETTING ${AT}.sourceRanges`],
  ],
  [
    'a record of its own for every broker',
    'kubernetes',
    vendors(`${BALANCED}, annotations: { external-dns.alpha.kubernetes.io/hostname: kafka.example.org }`),
    [`KUBERNETES-LISTENER-ANNOTATION ${AT}.annotations["external-dns.alpha.kubernetes.io/hostname"]`],
  ],
  [
    'two certificates',
    'kubernetes',
    vendors(`${BALANCED}, issuer: { name: a }, certificate: b`),
    [`KUBERNETES-LISTENER-SETTING ${AT}.certificate`],
  ],
  [
    'anybody without a name',
    'kubernetes',
    vendors(BALANCED, 'authentication: none'),
    ['KUBERNETES-LISTENER-OPEN listeners.vendors.authentication'],
  ],
  [
    'a route without TLS',
    'kubernetes',
    vendors(ROUTED, 'authentication: scram-sha-512, encryption: none'),
    ['KUBERNETES-LISTENER-TLS listeners.vendors.encryption'],
  ],
  [
    'ranges that are none',
    'kubernetes',
    vendors(`${BALANCED}, sourceRanges: [10.0.0.0, 10.0.0.0/33], proxyRanges: [10.0.0.256/24, '::1/129']`),
    [
      `KUBERNETES-LISTENER-RANGE ${AT}.sourceRanges[0]`,
      `KUBERNETES-LISTENER-RANGE ${AT}.sourceRanges[1]`,
      `KUBERNETES-LISTENER-RANGE ${AT}.proxyRanges[0]`,
      `KUBERNETES-LISTENER-RANGE ${AT}.proxyRanges[1]`,
    ],
  ],
  [
    'ranges of clients that do not arrive',
    'kubernetes',
    vendors(`${PORTED}, sourceRanges: [10.0.0.0/8]`),
    [`KUBERNETES-LISTENER-RANGE ${AT}.sourceRanges`],
  ],
  [
    'hosts that are none',
    'kubernetes',
    vendors("expose: load-balancer, host: 'b_{id}.example.org', bootstrapHost: 10.0.0.1"),
    [`KUBERNETES-HOST ${AT}.host`, `KUBERNETES-HOST ${AT}.bootstrapHost`],
  ],
  [
    'a placeholder that is none',
    'kubernetes',
    vendors("expose: load-balancer, host: 'b{id}-{zone}.example.org', bootstrapHost: example.org"),
    [`KUBERNETES-HOST ${AT}.host`],
  ],
  [
    'the address of the node behind a load balancer',
    'kubernetes',
    vendors("expose: load-balancer, host: '{nodeIp}', bootstrapHost: example.org, nodeAddresses: [10.0.0.1]"),
    [`KUBERNETES-HOST ${AT}.host`, `KUBERNETES-LISTENER-SETTING ${AT}.nodeAddresses`],
  ],
  [
    'a rack that only the pod knows',
    'kubernetes',
    vendors("expose: load-balancer, host: '{rack}-{id}.example.org', bootstrapHost: example.org").replace(
      'kubernetes: {',
      "kubernetes: { version: '1.35', rackSource: pod-zone-label,",
    ),
    [`KUBERNETES-HOST ${AT}.host`],
  ],
  [
    'a part of a host over 63 characters',
    'kubernetes',
    vendors(`expose: load-balancer, host: '${'b'.repeat(60)}{id}.example.org', bootstrapHost: example.org`),
    [`KUBERNETES-HOST ${AT}.host`],
  ],
  [
    'one host for all brokers, which also begins',
    'kubernetes',
    vendors('expose: load-balancer, host: example.org, bootstrapHost: EXAMPLE.org'),
    [
      `KUBERNETES-HOST-DUPLICATE ${AT}.host`,
      `KUBERNETES-HOST ${AT}.bootstrapHost`,
      `KUBERNETES-HOST-DUPLICATE ${AT}.bootstrapHost`,
    ],
  ],
  [
    'node ports below the range',
    'kubernetes',
    vendors(PORTED.replace('30000', '20000')),
    [`KUBERNETES-NODE-PORT ${AT}.firstNodePort`],
  ],
  [
    'a node port above the range',
    'kubernetes',
    vendors(PORTED.replace('30000', '30668')),
    [`KUBERNETES-NODE-PORT ${AT}.firstNodePort`],
  ],
  [
    'a node port that a broker has',
    'kubernetes',
    vendors(PORTED.replace('30099', '30100')),
    [`KUBERNETES-NODE-PORT ${AT}.bootstrapNodePort`],
  ],
  [
    'a Service with a name that is too long',
    'kubernetes',
    `name: ${'k'.repeat(38)}\nracks: [eu-west-1a, eu-west-1b]\n${vendors(BALANCED)}`,
    ['KUBERNETES-LISTENER-NAME listeners.vendors'],
  ],
  [
    'a Secret that cannot be',
    'kubernetes',
    vendors(`${BALANCED}, certificate: prod/tls`),
    [`KUBERNETES-LISTENER-NAME ${AT}.certificate`],
  ],
];

describe('rules about listeners for clients outside Kubernetes', () => {
  testRules(RULES, CASES);
});

test('fails where an address changes that clients know, and says how to move them', () => {
  const text = (host: string): string =>
    kubernetesText({
      settings: `listeners: { internal: { expose: load-balancer, host: '${host}', bootstrapHost: example.org } }`,
    });
  const entry = lockEntry(modelOfText(text('b{id}.example.org')));
  const files = { 'test.lock.json': formatLock(withTarget(undefined, 'small', 'kubernetes', entry)) };
  expect(openText(text('b{id}.example.org'), { files }).issues.filter(({ code }) => code === 'LOCK-FIXED')).toEqual([]);
  const { issues } = openText(text('k{id}.example.org'), { files });
  const [issue, ...others] = issues.filter(({ code }) => code === 'LOCK-FIXED');
  expect(others).toEqual([]);
  expect(issue).toMatchObject({
    path: 'targets.kubernetes.listeners.internal.host',
    from: 'b{id}.example.org',
    to: 'k{id}.example.org',
  });
  expect(issue!.hint).toContain('Add a second listener');
});
