import { formatLock, lockEntry, withTarget, type TargetLock } from '../../../lib/core/lock';
import type { Issue } from '../../../lib/core/issue';
import type { EnvironmentModel } from '../../../lib/core/model';
import { LOCK_RULES } from '../../../lib/core/rules/lock';
import { openText } from '../../support/environments';
import { BASES, findings } from '../../support/rule-cases';

type Extend = (entry: TargetLock) => TargetLock;

/** The lock of the base with `before` merged over it: what runs. */
function locked(before = '{}', extend: Extend = (entry) => entry): { files: Record<string, string> } {
  const model = openText(`extends: ./base.yaml\n${before === '{}' ? '' : before}`, {
    files: { 'base.yaml': BASES.kubernetes },
  }).model as EnvironmentModel;
  const text = formatLock(withTarget(undefined, model.name, model.target, extend(lockEntry(model))));
  return { files: { 'test.lock.json': text } };
}

function issueOf(now: string, code: string, before = '{}'): Issue | undefined {
  const files = { 'base.yaml': BASES.kubernetes, ...locked(before).files };
  return openText(`extends: ./base.yaml\n${now}`, { files }).issues.find((issue) => issue.code === code);
}

const brokers = (settings: string): string => `nodePools: { brokers: { ${settings} } }`;
const kubernetes = (settings: string): string => `targets: { kubernetes: { ${settings} } }`;
const application = (rest: string): string => `topics: { orders: { partitions: 12 } }
principals: { app: { listener: internal, consume: { topics: [orders], groups: [app] } } }
applications: { totals: { image: 'registry.example/app@sha256:${'a'.repeat(64)}', principal: app, ${rest} } }
`;
const stores = (state: string): string =>
  application(`streams: { applicationId: app, consume: [orders]${state === '' ? '' : `, state: { size: ${state} }`} }`);
const reader = application('consume: { topics: [orders], group: app }');
const SUPPORT = (value: string): string => `connect: { config: { exactly.once.source.support: ${value} } }`;
const NO_RACKS = 'racks: null';

describe('the lock of a cluster on Kubernetes', () => {
  test.each<readonly [string, string, string]>([
    ['nothing', '{}', '{}'],
    ['more brokers', '{}', brokers('replicas: 6')],
    ['a newer version', 'kafka: { version: "4.2" }', '{}'],
    ['exactly-once sources that are prepared', SUPPORT('disabled'), SUPPORT('preparing')],
    ['exactly-once sources that were prepared', SUPPORT('preparing'), SUPPORT('enabled')],
    ['workers that are new', '{}', 'connect: {}'],
    ['a new application', '{}', stores('10GiB')],
    ['an application that does something else in pods of the same kind', reader, stores('')],
    ['another image', '{}', kubernetes('images: { kafka: registry.example.com/kafka:4.3.2 }')],
    ['a second listener', '{}', 'listeners: { vendors: { authentication: mtls } }'],
    ['another pool', '{}', 'nodePools: { large: { roles: [broker], replicas: 3, volumes: [{ size: 1TiB }] } }'],
    [
      'a zone more at the end, with as many nodes as the others have',
      '{}',
      'racks: [a, b, c, d]\nnodePools: { controllers: { replicas: 3 }, brokers: { replicas: 4 } }',
    ],
  ])('is silent on %s', (_title, before, now) => {
    expect(findings(LOCK_RULES, 'kubernetes', now, locked(before))).toEqual([]);
  });

  test.each<readonly [string, string, string, readonly string[]]>([
    ['another namespace', '{}', kubernetes('namespace: other'), ['LOCK-FIXED targets.kubernetes.namespace']],
    ['another storage class', '{}', kubernetes('storageClass: gp3'), ['LOCK-FIXED targets.kubernetes.storageClass']],
    [
      'another domain',
      '{}',
      kubernetes('clusterDomain: example.internal'),
      ['LOCK-FIXED targets.kubernetes.clusterDomain'],
    ],
    [
      'the zone of the pod for a StatefulSet a zone',
      NO_RACKS,
      kubernetes('version: "1.35", rackSource: pod-zone-label') + '\nracks: null',
      ['LOCK-FIXED targets.kubernetes.rackSource'],
    ],
    [
      'a volume more',
      '{}',
      brokers('volumes: [{ size: 200GiB }, { size: 200GiB }]'),
      ['LOCK-FIXED nodePools.brokers.volumes'],
    ],
    [
      'a volume less',
      brokers('volumes: [{ size: 200GiB }, { size: 200GiB }]'),
      '{}',
      ['LOCK-FIXED nodePools.brokers.volumes'],
    ],
    ['smaller disks', '{}', brokers('volumes: [{ size: 100GiB }]'), ['LOCK-FIXED nodePools.brokers.volumes[0].size']],
    [
      'larger disks',
      '{}',
      brokers('volumes: [{ size: 300GiB }]'),
      ['LOCK-VOLUME-GROWS nodePools.brokers.volumes[0].size'],
    ],
    ['another port', '{}', 'listeners: { internal: { port: 9192 } }', ['LOCK-FIXED listeners.internal']],
    [
      'another log-in on the same port',
      '{}',
      'listeners: { internal: { authentication: mtls } }',
      ['LOCK-FIXED listeners.internal'],
    ],
    [
      'a listener that goes',
      'listeners: { vendors: { authentication: mtls } }',
      '{}',
      ['LOCK-FIXED listeners.vendors'],
    ],
    ['larger stores of an application', stores('10GiB'), stores('20GiB'), ['LOCK-FIXED applications.totals']],
    ['stores that get volumes', stores(''), stores('10GiB'), ['LOCK-FIXED applications.totals']],
    [
      'exactly-once sources that were not prepared',
      SUPPORT('disabled'),
      'connect: {}',
      ['LOCK-EXACTLY-ONCE connect.config["exactly.once.source.support"]'],
    ],
    ['an older Kafka', '{}', 'kafka: { version: "4.2" }', ['LOCK-KAFKA-OLDER kafka.version']],
    [
      'fewer brokers',
      brokers('replicas: 6'),
      '{}',
      ['k8s-brokers-a-101', 'k8s-brokers-b-1101', 'k8s-brokers-c-2101'].map(
        (name) => `LOCK-NODE nodePools.brokers.${name}`,
      ),
    ],
  ])('fails or warns: %s', (_title, before, now, expected) => {
    expect(findings(LOCK_RULES, 'kubernetes', now, locked(before))).toEqual([...expected].sort());
  });

  test.each([
    ['other ids', brokers('nodeIds: { start: 500 }'), 'LOCK-FIXED nodePools.brokers.nodeIds.start'],
    ['other zones', 'racks: [a, c, b]', 'LOCK-FIXED racks'],
    ['a zone less', 'racks: [a, b]', 'LOCK-FIXED racks'],
  ])('fails on %s, beside the nodes that would have other names', (_title, now, expected) => {
    const found = findings(LOCK_RULES, 'kubernetes', now, locked());
    expect(found).toContain(expected);
    expect(found.filter((text) => text !== expected).every((text) => text.startsWith('LOCK-NODE'))).toBe(true);
    expect(found.length).toBeGreaterThan(1);
  });

  test('fails where a release of the kit makes StatefulSets that Kubernetes would refuse', () => {
    const older: Extend = ({ fixed, ...entry }) => ({
      ...entry,
      fixed: {
        ...fixed,
        'nodePools.brokers.statefulSet': 'selector app=kafka; service kafka; management OrderedReady',
      },
    });
    expect(findings(LOCK_RULES, 'kubernetes', '{}', locked('{}', older))).toEqual([
      'LOCK-FIXED nodePools.brokers.statefulSet',
    ]);
  });

  test('that an older kit wrote does not know of all this, and is not compared', () => {
    const older: Extend = ({ cluster: _cluster, fixed, ...entry }) => ({
      ...entry,
      fixed: { 'targets.kubernetes.namespace': fixed['targets.kubernetes.namespace']! },
    });
    const now = `${brokers('volumes: [{ size: 100GiB }]')}\nkafka: { version: "4.2" }`;
    expect(findings(LOCK_RULES, 'kubernetes', now, locked('{}', older))).toEqual([]);
  });

  test.each([
    [
      'LOCK-FIXED',
      brokers('volumes: [{ size: 200GiB }, { size: 200GiB }]'),
      /kubectl -n kafka delete statefulset k8s-brokers-a k8s-brokers-b k8s-brokers-c --cascade=orphan; \(2\) apply this rendering/,
    ],
    ['LOCK-FIXED', kubernetes('storageClass: gp3'), /delete pvc data-0-k8s-brokers-a-100 --wait=false/],
    ['LOCK-FIXED', brokers('volumes: [{ size: 100GiB }]'), /kdk evacuate k8s --brokers 100,1100,2100 /],
    [
      'LOCK-NODE',
      brokers('replicas: 2'),
      /\(1\) kdk evacuate k8s --brokers 2100 .*\(3\) kdk unregister k8s --brokers 2100/,
    ],
    [
      'LOCK-NODE',
      'nodePools: { controllers: { replicas: 1 } }\ntopicDefaults: { replicationFactor: 3 }',
      /\(2\) kdk remove-controllers k8s --controllers 1000 /,
    ],
  ])('prints the steps with the names of the cluster (%s, %s)', (code, now, steps) => {
    expect(issueOf(now, code)?.hint).toMatch(steps);
  });

  test('lets through what is acknowledged', () => {
    const now = `${brokers('volumes: [{ size: 200GiB }, { size: 200GiB }]')}
acknowledge: [{ code: LOCK-FIXED, path: nodePools.brokers.volumes, from: 1, to: 2, reason: more disks }]`;
    expect(findings(LOCK_RULES, 'kubernetes', now, locked())).toEqual([]);
  });
});
