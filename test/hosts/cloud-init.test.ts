import { dirname } from 'node:path';
import { CloudInstance } from '../support/machines/cloud-instance';
import { eventually } from '../support/host-nodes';

const ENVIRONMENT = `name: edge
target: ec2
kafka: { version: '4.3' }
nodePools:
  nodes: { roles: [broker, controller], replicas: 1, heap: 320MiB, volumes: [{ size: 20GiB }] }
racks: [eu-west-1a]
listeners:
  internal: { authentication: scram-sha-512 }
topicDefaults: { partitions: 1, replicationFactor: 1, minInSyncReplicas: 1 }
capacity: { survive: nothing }
aws: { account: '111122223333', region: eu-west-1 }
targets:
  ec2: { packages: 's3://packages/kafka' }
`;

/** User data as cloud-init runs them, under systemd, to a Kafka that serves; AWS is an emulator. */
describe('an instance with user data', () => {
  let instance: CloudInstance;
  beforeAll(async () => {
    instance = new CloudInstance(ENVIRONMENT);
    await instance.launch();
  }, 600_000);
  afterAll(() => instance.close(), 120_000);

  const active = (unit: string): string => instance.machine.run(`systemctl is-active ${unit}`).stdout.trim();

  test('is the node: its address, its volume with XFS, its certificate, and Kafka running', async () => {
    const { machine } = instance;
    await eventually(300, () => {
      if (active('kafka.service') !== 'active')
        throw new Error(machine.run('journalctl -u kafka-node -u kafka').stdout);
    });
    const journal = machine.must('journalctl --no-pager --output=cat --unit=kafka-node.service');
    expect(journal).toContain('node: formatting the volume');
    expect(journal).toContain('node: all is in place');
    expect(journal).not.toContain('PRIVATE KEY');
    expect(machine.must(`findmnt -n -o FSTYPE,OPTIONS ${dirname(instance.logDir)}`)).toMatch(/^xfs .*noatime/);
    expect(machine.must('ip rule')).toContain(`from ${instance.address} lookup`);
    await eventually(120, () => {
      const status = machine.run(`openssl s_client -connect ${instance.address}:9091 </dev/null 2>&1`).stdout;
      if (!/CN ?= ?node:edge/.test(status)) throw new Error(status);
    });
    expect(machine.must('ls /var/lib/cloud/instances/*/boot-finished')).toContain('boot-finished');
    expect(active('kafka-lifecycle.service')).toBe('active');
  }, 600_000);

  test('starts again after a reboot, the volume with what was on it, without asking EC2', async () => {
    const { machine, aws } = instance;
    const before = machine.must(`cat ${instance.logDir}/meta.properties`);
    await machine.powerOff();
    aws.calls.length = 0;
    const started = machine.start();
    await instance.plugIn();
    await started;
    await eventually(300, () => {
      if (active('kafka.service') !== 'active')
        throw new Error(machine.run('journalctl -b -u kafka-node -u kafka').stdout);
    });
    expect(machine.must(`cat ${instance.logDir}/meta.properties`)).toBe(before);
    expect([...new Set(aws.actions)]).toEqual(['GetSecretValue']);
    const journal = machine.must('journalctl -b --no-pager --output=cat --unit=kafka-node.service');
    expect(journal).not.toContain('formatting');
  }, 600_000);

  test('stops Kafka in order when its group ends it, and lets the group go on', async () => {
    const { machine, aws } = instance;
    aws.fault = ({ action }) =>
      action === 'CompleteLifecycleAction'
        ? {
            status: 200,
            body: '<CompleteLifecycleActionResponse xmlns="http://autoscaling.amazonaws.com/doc/2011-01-01/"><CompleteLifecycleActionResult/></CompleteLifecycleActionResponse>',
          }
        : undefined;
    aws.metadata.set('autoscaling/target-lifecycle-state', 'Terminated');
    await eventually(180, () => {
      if (!aws.actions.includes('CompleteLifecycleAction')) throw new Error('the group is not told');
    });
    expect(active('kafka.service')).toBe('inactive');
    const log = machine.must('cat /var/log/kafka/server.log');
    expect(log).toMatch(/shut down completed/i);
    const told = aws.calls.find(({ action }) => action === 'CompleteLifecycleAction')!;
    expect(told.parameters.get('LifecycleActionResult')).toBe('CONTINUE');
  }, 300_000);
});
