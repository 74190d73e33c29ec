import { APPLICATION_RIGHT_RULES } from '../../../lib/core/rules/application-rights';
import { APPLICATION_RULES } from '../../../lib/core/rules/applications';
import { openText } from '../../support/environments';
import { kubernetesText } from '../../support/manifests';
import { testRules, type RuleCase } from '../../support/rule-cases';

const IMAGE = `registry.example.com/billing@sha256:${'a'.repeat(64)}`;
const CLUSTER = `topics: { orders: { partitions: 12 }, invoices: { partitions: 3 } }
principals:
  billing: { listener: internal, consume: { topics: [orders], groups: [billing] }, produce: { topics: [invoices], transactionalIds: [billing-*] } }
`;
const app = (text: string, image = IMAGE): string =>
  `${CLUSTER}applications: { billing: { image: '${image}', principal: billing, ${text} } }`;
const READS = 'consume: { topics: [orders], group: billing }';
const at = (path: string): string => (path === '' ? 'applications.billing' : `applications.billing.${path}`);
const bad = (title: string, text: string, ...codes: [code: string, path: string][]): RuleCase => [
  title,
  'kubernetes',
  app(text),
  codes.map(([code, path]) => `APPLICATION-${code} ${at(path)}`),
];
const good = (title: string, text: string): RuleCase => bad(title, text);

describe('the rules of applications', () => {
  testRules(
    [...APPLICATION_RULES, ...APPLICATION_RIGHT_RULES],
    [
      good('a consumer', `${READS}, replicas: 12`),
      good(
        'a consumer that is scaled by lag and load',
        `${READS}, autoscaling: { maxReplicas: 12, lag: 1000, cpu: 0.7 }`,
      ),
      good(
        'what reads and writes exactly once',
        `${READS}, produce: { topics: [invoices], transactionalIdPrefix: billing-a- }, deliveryGuarantee: exactly-once`,
      ),
      good(
        'Kafka Streams',
        'streams: { applicationId: totals, consume: [orders], produce: [invoices], state: { size: 10GiB } }',
      ),
      bad('two ports of one number', `${READS}, ports: { http: 8080, admin: 8080 }`, ['PORT', 'ports.admin']),
      good(
        'probes',
        `${READS}, probes: { readiness: { path: /ready, port: 8080 }, liveness: { port: 8080 }, startup: { command: [a] } }`,
      ),
      [
        'no pods with KEDA',
        'kubernetes',
        `${app(`${READS}, autoscaling: { minReplicas: 0, maxReplicas: 12, lag: 1000 }`)}
targets: { kubernetes: { autoscaling: { by: keda } } }`,
        [],
      ],
      [
        'nobody asks who it is',
        'kubernetes',
        `listeners: { internal: { authentication: none } }
topics: { orders: { partitions: 12 } }
applications: { billing: { image: '${IMAGE}', ${READS} } }`,
        [],
      ],
      [
        'pods elsewhere',
        'msk',
        `topics: { orders: { partitions: 12 } }
connect: { runtime: { environment: eks } }
principals: { billing: { listener: internal, iamRole: billing, consume: { topics: [orders], groups: [billing] } } }
applications: { billing: { image: '${IMAGE}', principal: billing, ${READS} } }`,
        [],
      ],
      [
        'applications on a laptop',
        'local',
        `topics: { orders: {} }\napplications: { billing: { image: '${IMAGE}', ${READS}, replicas: 1 } }`,
        ['APPLICATION-TARGET applications'],
      ],
      ['an image by a tag', 'kubernetes', app(READS, 'billing:1.0'), ['APPLICATION-IMAGE applications.billing.image']],
      bad('nothing to do', 'replicas: 1', ['WORK', '']),
      bad('streams and a consumer', `${READS}, streams: { applicationId: totals, consume: [orders] }`, ['WORK', '']),
      [
        'names that are too long',
        'kubernetes',
        `${CLUSTER}applications: { ${'a'.repeat(40)}: { image: '${IMAGE}', principal: billing, ${READS} } }\nname: ${'k'.repeat(20)}`,
        [`APPLICATION-NAME applications.${'a'.repeat(40)}`],
      ],
      [
        'a name that a node pool has',
        'kubernetes',
        `${app(READS)}\nnodePools: { app-billing: { roles: [broker], replicas: 3, nodeIds: { start: 500 }, volumes: [{ size: 1GiB }] } }`,
        ['APPLICATION-NAME applications.billing'],
      ],
      bad('more pods than partitions', `${READS}, replicas: 13`, ['PARTITIONS', 'replicas']),
      bad('more pods than partitions at most', `${READS}, autoscaling: { maxReplicas: 13, lag: 1 }`, [
        'PARTITIONS',
        'autoscaling.maxReplicas',
      ]),
      bad('lag without a group', 'produce: { topics: [invoices] }, autoscaling: { maxReplicas: 3, lag: 10 }', [
        'SCALING',
        'autoscaling.lag',
      ]),
      bad('nothing to scale by', `${READS}, autoscaling: { maxReplicas: 3 }`, ['SCALING', 'autoscaling']),
      bad('two numbers of pods', `${READS}, replicas: 2, autoscaling: { maxReplicas: 3, cpu: 0.5 }`, [
        'SCALING',
        'replicas',
      ]),
      bad('a least above the most', `${READS}, autoscaling: { minReplicas: 4, maxReplicas: 3, cpu: 0.5 }`, [
        'SCALING',
        'autoscaling.minReplicas',
      ]),
      bad('no pods without KEDA', `${READS}, autoscaling: { minReplicas: 0, maxReplicas: 3, lag: 5 }`, [
        'SCALING',
        'autoscaling.minReplicas',
      ]),
      bad('an end within the session', `${READS}, stopTimeout: 45s`, ['STOP', 'stopTimeout']),
      bad(
        'probes that ask in no way and in two',
        `${READS}, probes: { readiness: { period: 1s }, liveness: { port: 1, command: [a] }, startup: { path: /a } }`,
        ['PROBE', 'probes.liveness'],
        ['PROBE', 'probes.readiness'],
        ['PROBE', 'probes.startup'],
      ),
      bad(
        'an option of the kit',
        'consume: { topics: [orders], group: billing, config: { group.id: x, max.poll.records: 5 } }',
        ['OPTION', 'consume.config["group.id"]'],
      ),
      bad(
        'variables of the kit',
        `${READS}, env: { KAFKA_GROUP_ID: x, 'a b': y }`,
        ['VARIABLE', 'env["a b"]'],
        ['VARIABLE', 'env.KAFKA_GROUP_ID'],
      ),
      [
        'a principal that is missing',
        'kubernetes',
        `${CLUSTER}applications: { billing: { image: '${IMAGE}', principal: biling, ${READS} } }`,
        ['APPLICATION-PRINCIPAL applications.billing.principal'],
      ],
      [
        'nobody',
        'kubernetes',
        `${CLUSTER}applications: { billing: { image: '${IMAGE}', ${READS} } }`,
        ['APPLICATION-PRINCIPAL applications.billing'],
      ],
      [
        'a listener that is missing',
        'kubernetes',
        `${CLUSTER}applications: { billing: { image: '${IMAGE}', listener: vendors, ${READS} } }`,
        ['APPLICATION-PRINCIPAL applications.billing.listener'],
      ],
      bad('a listener beside a principal', `${READS}, listener: internal`, ['PRINCIPAL', 'listener']),
      bad(
        'a topic that is missing',
        'consume: { topics: [oders], group: billing }',
        ['TOPIC', 'consume.topics[0]'],
        ['RIGHTS', 'consume.topics'],
      ),
      bad('a group without rights', 'consume: { topics: [orders], group: other }', ['RIGHTS', 'consume.group']),
      bad('a topic without rights', 'produce: { topics: [orders] }', ['RIGHTS', 'produce.topics']),
      bad(
        'transactions without rights',
        'produce: { topics: [invoices], transactionalIdPrefix: x- }, deliveryGuarantee: exactly-once',
        ['RIGHTS', 'produce.transactionalIdPrefix'],
      ),
      bad('exactly-once without ids', 'produce: { topics: [invoices] }, deliveryGuarantee: exactly-once', [
        'EXACTLY-ONCE',
        'produce',
      ]),
      bad('ids without exactly-once', 'produce: { topics: [invoices], transactionalIdPrefix: billing- }', [
        'EXACTLY-ONCE',
        'produce.transactionalIdPrefix',
      ]),
    ],
  );
});

test.each([
  ['registry.example.com/billing:1.2.3', 'warning'],
  ['registry.example.com/billing:latest', 'error'],
  ['registry.example.com/billing', 'error'],
])('an image of an application that a tag alone names, %s, is said as a %s', (image, level) => {
  const { issues } = openText(kubernetesText({ more: app(READS, image) }));
  expect(issues.filter(({ code }) => code === 'APPLICATION-IMAGE').map((issue) => issue.level)).toEqual([level]);
});
