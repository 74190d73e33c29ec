import { formatLock, lockEntry, withTarget } from '../../../lib/core/lock';
import { formatIssue } from '../../../lib/core/issue';
import type { EnvironmentModel } from '../../../lib/core/model';
import { openText } from '../../support/environments';

const host = (
  name: string,
  id: number,
  more = `address: ${name}.example, logDirs: [/data/1/kafka, /data/2/kafka]`,
): string => `      ${name}: { nodePool: nodes, nodeId: ${id}, ${more} }`;

const text = (first = host('b1', 1), { version = '4.3', listener = 'scram-sha-512', more = '' } = {}): string => `
name: dc
target: hosts
kafka: { version: '${version}' }
nodePools: { nodes: { roles: [broker, controller], replicas: ${more === '' ? 3 : 4} } }
listeners: { internal: { authentication: ${listener} } }
targets:
  hosts:
    inventory:
${[first, host('b2', 2), host('b3', 3), more].filter((line) => line !== '').join('\n')}
`;

/** What the lock of the first says of the second. */
function found(before: string, now: string): string[] {
  const model = openText(before).model as EnvironmentModel;
  const lock = formatLock(withTarget(undefined, 'dc', 'hosts', lockEntry(model)));
  const { issues } = openText(now, { files: { 'test.lock.json': lock } });
  return issues.filter(({ code }) => code.startsWith('LOCK-')).map(formatIssue);
}

describe('the lock of a cluster on hosts', () => {
  test.each([
    ['nothing', text()],
    ['a log directory more', text(host('b1', 1, 'address: b1.example, logDirs: [/data/2/kafka, /data/1/kafka, /data/3/kafka]'))], // prettier-ignore
  ])('is silent on %s', (_title, now) => {
    expect(found(text(), now)).toEqual([]);
  });

  test('fails on another address, with what it takes', () => {
    const [issue, ...rest] = found(text(), text(host('b1', 1, 'address: b1.dc2.example, logDirs: [/data/1/kafka, /data/2/kafka]'))); // prettier-ignore
    expect(rest).toEqual([]);
    expect(issue).toContain('LOCK-FIXED targets.hosts.inventory.b1.address');
    expect(issue).toContain('its certificate names the old address, got b1.dc2.example where the lock says b1.example');
  });

  test('fails on a log directory less, with the steps', () => {
    const [issue] = found(text(), text(host('b1', 1, 'address: b1.example, logDirs: [/data/2/kafka]')));
    expect(issue).toContain('what is in /data/1/kafka is lost to b1');
    expect(issue).toContain('Steps: (1) kdk evacuate dc --brokers 1 ');
  });

  test('fails on a listener that is another one', () => {
    expect(found(text(), text(undefined, { listener: 'mtls' }))[0]).toContain('LOCK-FIXED listeners.internal');
  });

  test('fails on an older Kafka', () => {
    expect(found(text(), text(undefined, { version: '4.2' }))[0]).toContain('LOCK-KAFKA-OLDER kafka.version');
  });

  test('fails on a host that goes, with the steps, and not on what was known of it', () => {
    const issues = found(text(undefined, { more: host('b4', 4) }), text());
    expect(issues).toHaveLength(1);
    expect(issues[0]).toContain('(2) on b4: systemctl disable --now kafka.service');
  });
});
