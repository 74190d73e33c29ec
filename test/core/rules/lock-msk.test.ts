import { formatLock, lockEntry, withTarget, type TargetLock } from '../../../lib/core/lock';
import type { EnvironmentModel } from '../../../lib/core/model';
import { LOCK_RULES } from '../../../lib/core/rules/lock';
import { openText } from '../../support/environments';
import { BASES, findings, type Base } from '../../support/rule-cases';

type Extend = (entry: TargetLock) => TargetLock;

/** A lock file of the base with `before` merged over it: what is deployed. */
function locked(base: Base, before = '{}', extend: Extend = (entry) => entry): { files: Record<string, string> } {
  const model = openText(`extends: ./base.yaml\n${before === '{}' ? '' : before}`, {
    files: { 'base.yaml': BASES[base] },
  }).model as EnvironmentModel;
  const text = formatLock(withTarget(undefined, model.name, model.target, extend(lockEntry(model))));
  return { files: { 'test.lock.json': text } };
}

const volumes = (size: string): string => `nodePools: { brokers: { volumes: [{ size: ${size} }] } }`;
const brokers = (replicas: number): string => `nodePools: { brokers: { replicas: ${replicas} } }`;
const msk = (settings: string): string => `targets: { msk: { ${settings} } }`;
const TWO_LISTENERS = 'listeners: { internal: { authentication: iam }, vendors: { authentication: scram-sha-512 } }';

describe('the lock of a cluster on Amazon MSK', () => {
  test.each<readonly [string, Base, string, string]>([
    ['larger volumes', 'msk', '{}', volumes('200GiB')],
    ['larger brokers', 'msk', '{}', msk('instanceType: kafka.m7g.xlarge')],
    ['smaller brokers', 'msk', msk('instanceType: kafka.m7g.xlarge'), msk('instanceType: kafka.m5.large')],
    ['more brokers', 'msk', '{}', brokers(6)],
    ['a newer version', 'msk', 'kafka: { version: "4.0" }', 'kafka: { version: "4.1" }'],
    [
      'a newer version with other options',
      'msk',
      'kafka: { version: "4.0" }',
      'kafka: { version: "4.1", config: { log.roll.ms: 1000000 } }',
    ],
    [
      'another metrics level without metrics of Prometheus',
      'msk',
      '{}',
      `${msk('monitoringLevel: DEFAULT')}\nmonitoring: { metrics: false }`,
    ],
    ['a second listener', 'msk', '{}', TWO_LISTENERS],
    ['volumes that grow by themselves from now on', 'msk', '{}', msk('storageAutoscaling: { max: 1TiB }')],
    ['tiered storage', 'msk', '{}', msk('storageMode: tiered')],
    [
      'other logs and one exporter',
      'msk',
      '{}',
      msk('brokerLogs: { s3: { bucket: logs } }, authorizerLogs: {}, exporters: [jmx]'),
    ],
    ['Express brokers that do not rebalance', 'express', '{}', msk('rebalancing: PAUSED')],
    ['larger Express brokers', 'express', '{}', msk('instanceType: express.m7g.xlarge')],
    ['more Express brokers', 'express', '{}', brokers(6)],
    [
      'other logs and metrics',
      'msk',
      '{}',
      msk('brokerLogs: { s3: { bucket: logs } }, exporters: [jmx], authorizerLogs: {}'),
    ],
    ['longer logs', 'msk', '{}', msk('brokerLogs: { cloudWatch: { retention: 90d } }')],
    ['tiered storage', 'msk', '{}', msk('storageMode: tiered')],
    ['tags of Serverless', 'serverless', '{}', 'aws: { tags: { team: platform } }'],
  ])('is silent on %s', (_title, base, before, now) => {
    expect(findings(LOCK_RULES, base, now, locked(base, before))).toEqual([]);
  });

  test.each<readonly [string, Base, string, string, readonly string[]]>([
    [
      'another VPC',
      'msk',
      '{}',
      'aws: { vpc: { id: vpc-0a1b2c3d, subnets: [subnet-0a, subnet-0b, subnet-0c] } }',
      ['LOCK-FIXED aws.vpc.id', 'LOCK-FIXED aws.vpc.subnets'],
    ],
    [
      'another VPC of Serverless',
      'serverless',
      '{}',
      'aws: { vpc: { id: vpc-0a1b2c3d, subnets: [subnet-0a, subnet-0b, subnet-0c] } }',
      ['LOCK-FIXED aws.vpc.id', 'LOCK-FIXED aws.vpc.subnets'],
    ],
    ['another account', 'msk', '{}', "aws: { account: '444455556666' }", ['LOCK-FIXED aws.account']],
    ['another region of Serverless', 'serverless', '{}', 'aws: { region: eu-central-1 }', ['LOCK-FIXED aws.region']],
    [
      'a key of its own',
      'msk',
      '{}',
      'aws: { kmsKey: "arn:aws:kms:eu-west-1:111122223333:key/11111111-2222-3333-4444-555555555555" }',
      ['LOCK-FIXED aws.kmsKey'],
    ],
    ['other zones', 'msk', '{}', 'racks: [eu-west-1a, eu-west-1b, eu-west-1d]', ['LOCK-FIXED racks']],
    [
      'Express brokers',
      'msk',
      'kafka: { version: "3.9" }',
      `kafka: { version: "3.9" }\nnodePools: { brokers: { volumes: null } }\n${msk('brokerType: express, instanceType: express.m7g.large')}`,
      ['LOCK-FIXED targets.msk.brokerType'],
    ],
    [
      'topics for the reconciler',
      'msk',
      '{}',
      msk('topicsManagedBy: reconciler'),
      ['LOCK-FIXED targets.msk.topicsManagedBy'],
    ],
    [
      'topics for CloudFormation',
      'msk',
      msk('topicsManagedBy: reconciler'),
      msk('topicsManagedBy: cloudformation'),
      ['LOCK-FIXED targets.msk.topicsManagedBy'],
    ],
    ['another number of stacks of topics', 'msk', '{}', msk('topicStacks: 3'), ['LOCK-FIXED targets.msk.topicStacks']],
    ['smaller volumes', 'msk', '{}', volumes('50GiB'), ['LOCK-VOLUME-SHRINK nodePools.brokers.volumes[0].size']],
    [
      'volumes that are hardly larger',
      'msk',
      '{}',
      volumes('105GiB'),
      ['LOCK-VOLUME-SHRINK nodePools.brokers.volumes[0].size'],
    ],
    [
      'larger volumes, and more throughput, where they grow by themselves',
      'msk',
      msk('instanceType: kafka.m7g.4xlarge, storageAutoscaling: { max: 1TiB }'),
      `nodePools: { brokers: { volumes: [{ size: 200GiB }] } }
kafka: { config: { num.replica.fetchers: 2 } }
targets: { msk: { instanceType: kafka.m7g.4xlarge, storageAutoscaling: { max: 1TiB }, provisionedThroughput: 300MiB/s } }`,
      [
        'LOCK-STORAGE-AUTOSCALED nodePools.brokers.volumes[0].size',
        'LOCK-STORAGE-AUTOSCALED targets.msk.provisionedThroughput',
        'MSK-COMBINED-CHANGES targets.msk',
      ],
    ],
    [
      'tiered storage that goes',
      'msk',
      msk('storageMode: tiered'),
      '{}',
      ['LOCK-TIERED-STORAGE targets.msk.storageMode'],
    ],
    ['fewer brokers', 'msk', brokers(6), brokers(3), ['LOCK-BROKERS-FEWER nodePools.brokers.replicas']],
    ['fewer Express brokers', 'express', brokers(6), brokers(3), ['LOCK-BROKERS-FEWER nodePools.brokers.replicas']],
    [
      'tiered storage switched off',
      'msk',
      msk('storageMode: tiered'),
      '{}',
      ['LOCK-TIERED-STORAGE targets.msk.storageMode'],
    ],
    [
      'tiered storage and logs at once',
      'msk',
      '{}',
      msk('instanceType: kafka.m7g.large, storageMode: tiered, brokerLogs: {}'),
      ['MSK-COMBINED-CHANGES targets.msk'],
    ],
    [
      'rebalancing and brokers at once',
      'express',
      '{}',
      `${brokers(6)}\n${msk('rebalancing: PAUSED')}`,
      ['MSK-COMBINED-CHANGES targets.msk'],
    ],
    ['an older version', 'msk', '{}', 'kafka: { version: "4.0" }', ['LOCK-KAFKA-DOWNGRADE kafka.version']],
    [
      'brokers that may burst',
      'msk',
      '{}',
      msk('instanceType: kafka.t3.small'),
      ['LOCK-BROKER-SIZE targets.msk.instanceType'],
    ],
    [
      'a listener that goes',
      'msk',
      TWO_LISTENERS,
      'listeners: { internal: { authentication: iam } }',
      ['LOCK-LISTENER listeners.vendors'],
    ],
    [
      'another log-in',
      'msk',
      TWO_LISTENERS,
      `listeners: { internal: { authentication: iam }, vendors: { authentication: mtls } }\n${msk('certificateAuthorities: ["arn:aws:acm-pca:eu-west-1:111122223333:certificate-authority/11111111-2222-3333-4444-555555555555"]')}`,
      ['LOCK-LISTENER listeners.vendors.authentication'],
    ],
    [
      'volumes and brokers at once',
      'msk',
      '{}',
      'nodePools: { brokers: { replicas: 6, volumes: [{ size: 200GiB }] } }',
      ['MSK-COMBINED-CHANGES targets.msk'],
    ],
    [
      'a version and larger brokers at once',
      'msk',
      'kafka: { version: "4.0" }',
      `kafka: { version: "4.1" }\n${msk('instanceType: kafka.m7g.xlarge')}`,
      ['MSK-COMBINED-CHANGES targets.msk'],
    ],
    [
      'options and metrics at once',
      'msk',
      '{}',
      `kafka: { config: { log.roll.ms: 1000000 } }\n${msk('monitoringLevel: DEFAULT')}`,
      ['MSK-COMBINED-CHANGES targets.msk'],
    ],
    [
      'a log-in and brokers at once',
      'express',
      '{}',
      `${TWO_LISTENERS}\n${brokers(6)}`,
      ['MSK-COMBINED-CHANGES targets.msk'],
    ],
  ])('fails on %s', (_title, base, before, now, expected) => {
    expect(findings(LOCK_RULES, base, now, locked(base, before))).toEqual([...expected].sort());
  });

  test('that an older kit wrote does not know of all this, and is not compared', () => {
    const older: Extend = ({ cluster: _cluster, listeners: _listeners, fixed, ...entry }) => ({
      ...entry,
      fixed: { 'aws.account': fixed['aws.account']!, racks: fixed['racks']! },
    });
    const now = `${msk('instanceType: kafka.m5.xlarge')}\n${volumes('10GiB')}\nkafka: { version: "4.0" }`;
    expect(findings(LOCK_RULES, 'msk', now, locked('msk', '{}', older))).toEqual([]);
  });

  test('says what comes of a change, how else to get there, and how to acknowledge it', () => {
    expect(issue('msk', '{}', volumes('50GiB'), 'LOCK-VOLUME-SHRINK')).toEqual({
      message: 'the service refuses it: volumes only grow, got 50GiB where the lock says 100GiB; it stays as it is.',
      hint: 'Write 100GiB again. To get there, make a second environment beside this one, mirror the topics into it, and move the clients. If it is meant, acknowledge it with code, path, from, to and reason, deploy, and run kdk lock.',
      from: '100GiB',
      to: '50GiB',
    });
    expect(issue('msk', '{}', 'racks: [eu-west-1a, eu-west-1b, eu-west-1d]', 'LOCK-FIXED')?.message).toBe(
      'racks cannot change on msk: AWS replaces the cluster, and all its records are lost, got eu-west-1a,eu-west-1b,eu-west-1d where the lock says eu-west-1a,eu-west-1b,eu-west-1c; it stays as it is.',
    );
    expect(issue('msk', brokers(9), brokers(3), 'LOCK-BROKERS-FEWER')).toMatchObject({
      message:
        'the service refuses it: it takes away one broker in each zone at a time, 3 here, got 3 where the lock says 9; it stays as it is.',
      hint: expect.stringContaining('and write 6.') as string,
    });
  });

  test('lists the deploys of changes that are refused together, in the order in which they are safe', () => {
    const now = `kafka: { version: "4.1" }\nnodePools: { brokers: { replicas: 6, volumes: [{ size: 1TiB }] } }\n${msk('instanceType: kafka.m7g.xlarge')}\n${TWO_LISTENERS}\nmonitoring: { metrics: false }`;
    const found = issue('msk', 'kafka: { version: "4.0" }', now, 'MSK-COMBINED-CHANGES');
    expect(found?.hint).toContain(
      'in this order, each time with the rest as it was: 1. the size and throughput of the volumes: nodePools.brokers.volumes[0].size 100GiB -> 1024GiB. 2. the size of the brokers: targets.msk.instanceType kafka.m7g.large -> kafka.m7g.xlarge. 3. the number of brokers: nodePools.brokers.replicas 3 -> 6. 4. the Kafka version and the broker options: kafka.version 4.0 -> 4.1. 5. metrics and logs: monitoring.metrics jmx,node -> none. 6. how clients log in: listeners iam -> iam,scram-sha-512.',
    );
  });

  test('lets changes through together that are acknowledged', () => {
    const now = 'nodePools: { brokers: { replicas: 6, volumes: [{ size: 200GiB }] } }';
    const entry =
      'acknowledge: [{ code: MSK-COMBINED-CHANGES, path: targets.msk, from: "volumeSize=100GiB brokers=3", to: "volumeSize=200GiB brokers=6", reason: never deployed }]';
    expect(findings(LOCK_RULES, 'msk', `${now}\n${entry}`, locked('msk'))).toEqual([]);
  });
});

function issue(base: Base, before: string, now: string, code: string) {
  const { issues } = openText(`extends: ./base.yaml\n${now}`, {
    files: { 'base.yaml': BASES[base], ...locked(base, before).files },
  });
  const found = issues.find((each) => each.code === code);
  if (found === undefined) return undefined;
  const { message, hint, from, to } = found;
  return { message, hint, from, to };
}
