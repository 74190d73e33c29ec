import { openText } from '../../support/environments';
import { kubernetesText } from '../../support/manifests';

const TOOLS = "images: { kafka: 'r.example/kafka:1', tools: 'r.example/tools:1' }";
const drift = (schedule: string, more = ''): string => `drift: { schedule: '${schedule}'${more} }`;

/** `path: message`, of what does not fit the schema. */
function problems(settings: string, more = ''): string[] {
  const text = kubernetesText({ settings, more }).replace("images: { kafka: 'registry.example/kafka:4.3.1' }", TOOLS);
  return openText(text)
    .issues.filter(({ code }) => code.startsWith('SPEC-'))
    .map(({ path, message, hint }) => {
      expect(hint).not.toBe('');
      return `${path}: ${message}`;
    });
}

describe('a schedule', () => {
  test.each([
    '*/30 * * * *',
    '0 3 * * 1-5',
    '0,30 3-5/2 1 JAN,jul *',
    '5/15 * ? * MON-FRI',
    '59 23 31 12 6',
    '@daily',
    '@monthly',
  ])('is what the controller of CronJobs reads: %s', (schedule) => {
    expect(problems(drift(schedule))).toEqual([]);
  });

  test.each([
    ['61 * * * *', 'the minute of the schedule is wrong'],
    ['0 25 * * *', 'the hour of the schedule is wrong'],
    ['0 3 0 * *', 'the day of the month of the schedule is wrong'],
    ['0 3 * FOO *', 'the month of the schedule is wrong'],
    ['0 3 * * 7', 'the day of the week of the schedule is wrong'],
    ['*/0 * * * *', 'the minute of the schedule is wrong'],
    ['30-10 * * * *', 'the minute of the schedule is wrong'],
    ['0 0 * * * *', 'not a schedule'],
    ['every day', 'not a schedule'],
    ['TZ=UTC 0 3 * * *', 'not a schedule'],
    ['@reboot', 'not a schedule'],
  ])('fails where nothing would ever run: %s', (schedule, what) => {
    expect(problems(drift(schedule))).toEqual([
      expect.stringMatching(
        new RegExp(
          `^targets.kubernetes.drift.schedule: ${what}, got "${schedule.replace(/[*]/g, '\\*')}"; five fields`,
        ),
      ),
    ]);
  });

  test('fails in a time zone that is not known', () => {
    expect(problems(drift('@daily', ', timeZone: Europe/Berlin'))).toEqual([]);
    expect(problems(drift('@daily', ', timeZone: Europe/Belin'))).toEqual([
      'targets.kubernetes.drift.timeZone: the time zone is not known, got "Europe/Belin"; a name of the IANA time zone database is allowed.',
    ]);
  });
});

test.each([
  ['a storage class with dots', 'storageClass: csi.example.com-fast'],
  ['a priority class with dots', 'pods: { brokers: { priorityClass: kafka.prod } }'],
])('takes every name that Kubernetes takes: %s', (_, settings) => {
  expect(problems(settings)).toEqual([]);
});

test.each([
  ['a storage class', 'storageClass: ""', 'storageClass: not a name for a storage class, got ""'],
  [
    'a priority class',
    'pods: { brokers: { priorityClass: "Too Good" } }',
    'pods.brokers.priorityClass: not a name for a priority class',
  ],
  [
    'a label',
    'pods: { brokers: { labels: { team: "not ok!" } } }',
    'pods.brokers.labels.team: not the value of a label',
  ],
  [
    'a CPU',
    'pods: { brokers: { cpu: { request: "0.5" } } }',
    'pods.brokers.cpu.request: not an amount of CPU, got "0.5"',
  ],
  [
    'an annotation',
    "listeners: { internal: { expose: load-balancer, host: 'b{id}.example.org', bootstrapHost: example.org, annotations: { 'a b': c } } }",
    'listeners.internal.annotations["a b"]: not a key of Kubernetes',
  ],
  [
    'labels of proxies',
    "listeners: { internal: { expose: tls-route, host: 'b{id}.example.org', bootstrapHost: example.org, gateway: { name: g, proxyLabels: { app: 'c d' } } } }",
    'listeners.internal.gateway.proxyLabels.app: not the value of a label',
  ],
])('fails with what the API would refuse: %s', (_, settings, message) => {
  expect(problems(settings)).toEqual([expect.stringContaining(`targets.kubernetes.${message}`)]);
});

test('fails with a namespace, ports, images and classes that cannot be, all at once', () => {
  const text = kubernetesText({
    more: `topics: { orders: {} }
principals: { app: { listener: internal, consume: { topics: [orders], groups: [app] } } }
applications: { reader: { image: 'R/App Name', principal: app, consume: { topics: [orders], group: app }, ports: { much-too-long-a-name: 8080 } } }
connect: { connectors: { c: { class: not a class } } }`,
  }).replace('namespace: kafka', 'namespace: Kafka_1');
  expect(openText(text).issues.map(({ path }) => path)).toEqual(
    expect.arrayContaining([
      'targets.kubernetes.namespace',
      'applications.reader.image',
      'applications.reader.ports.much-too-long-a-name',
      'connect.connectors.c.class',
    ]),
  );
});
