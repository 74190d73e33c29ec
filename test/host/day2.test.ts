import { renderHostsDay2 } from '../../lib/host';
import { createProgram } from '../../lib/cli/program';
import { formatLock, lockEntry, withTarget } from '../../lib/core/lock';
import type { EnvironmentModel } from '../../lib/core/model';
import { modelOfText, openText } from '../support/environments';

interface Text {
  readonly version?: string;
  readonly listeners?: string;
  readonly controllers?: number;
  readonly brokers?: number;
  readonly more?: string;
  /** Of b1. */
  readonly b1?: string;
}

function text({
  version = '4.3',
  listeners = '{ internal: { authentication: scram-sha-512 } }',
  controllers = 3,
  brokers = 3,
  more = '',
  b1 = 'address: b1.example, logDirs: [/data/1/kafka]',
}: Text = {}): string {
  const hosts = [
    ...Array.from({ length: controllers }, (_, i) => `c${i + 1}: { address: c${i + 1}.example, nodePool: controllers, nodeId: ${i + 1}, logDirs: [/data/1/kafka] }`), // prettier-ignore
    ...Array.from({ length: brokers }, (_, i) => `b${i + 1}: { nodePool: brokers, nodeId: ${101 + i}, ${i === 0 ? b1 : `address: b${i + 1}.example, logDirs: [/data/1/kafka]`} }`), // prettier-ignore
  ];
  return `
name: dc
target: hosts
kafka: { version: '${version}' }
nodePools:
  controllers: { roles: [controller], replicas: ${controllers} }
  brokers: { roles: [broker], replicas: ${brokers} }
listeners: ${listeners}
targets:
  hosts:
    ssh: { user: ops }
    inventory:
${hosts.map((host) => `      ${host}`).join('\n')}
${more}`;
}

function runbook(from: string, to: string, formed = true): string {
  const before = lockEntry(modelOfText(from), formed);
  const lock = formatLock(withTarget(undefined, 'dc', 'hosts', before));
  // What is refused is acknowledged in life; here the model alone matters.
  const model = openText(to, { files: { 'test.lock.json': lock } }).model as EnvironmentModel;
  const [file, ...rest] = renderHostsDay2(model, { before, since: 'the lock' });
  expect([file!.path, rest]).toEqual(['runbook.md', []]);
  return file!.content;
}

const commands = (of: string): string[] =>
  [...of.matchAll(/```sh\n([\s\S]*?)```/g)].flatMap(([, block]) => block!.trim().split('\n'));
const titles = (of: string): string[] => [...of.matchAll(/^## (.*)$/gm)].map(([, title]) => title!);
const ADMIN = '--command-config admin.properties';

/** Commands of kdk that the parser does not take. */
function refused(of: string): string[] {
  return commands(of)
    .filter((line) => line.startsWith('kdk '))
    .filter((line) => {
      let chosen = false;
      createProgram({ version: '0', chosen: () => (chosen = true) }).parse(line.split(' ').slice(1), { from: 'user' });
      return !chosen;
    });
}

describe('the runbook of hosts', () => {
  test('of nothing that differs is a roll and an apply', () => {
    expect(commands(runbook(text(), text()))).toEqual([
      `kdk roll dc ${ADMIN} --dry-run`,
      `kdk roll dc ${ADMIN}`,
      `kdk apply dc ${ADMIN}`,
    ]);
  });

  test('of fewer brokers empties them, stops them and forgets them, in this order', () => {
    const of = runbook(text({ brokers: 5 }), text({ brokers: 3 }));
    expect(commands(of).slice(2)).toEqual([
      `kdk evacuate dc --brokers 105,104 --throttle 50MiB/s --plan-only ${ADMIN}`,
      `kdk evacuate dc --brokers 105,104 --throttle 50MiB/s ${ADMIN}`,
      'ssh ops@b5.example sudo systemctl disable --now kafka.service',
      'ssh ops@b4.example sudo systemctl disable --now kafka.service',
      `kdk unregister dc --brokers 105,104 ${ADMIN}`,
    ]);
  });

  test('has commands that kdk takes', () => {
    expect(refused(runbook(text({ controllers: 3, brokers: 5 }), text({ controllers: 5, brokers: 4 })))).toEqual([]);
    const moved = text({ version: '4.3', b1: 'address: b1.dc2.example, logDirs: [/data/2/kafka]' });
    expect(refused(runbook(text({ version: '4.2' }), moved))).toEqual([]);
  });

  test('of fewer controllers shuts each down before it is taken out, one by one', () => {
    const of = runbook(text({ controllers: 5 }), text({ controllers: 3 }));
    expect(commands(of).filter((line) => /disable|remove/.test(line))).toEqual([
      'ssh ops@c5.example sudo systemctl disable --now kafka.service',
      `kdk remove-controllers dc --controllers 5 ${ADMIN}`,
      'ssh ops@c4.example sudo systemctl disable --now kafka.service',
      `kdk remove-controllers dc --controllers 4 ${ADMIN}`,
    ]);
  });

  test('of more nodes begins with the controllers, and goes on when they vote', () => {
    const of = runbook(text(), text({ controllers: 5, brokers: 4 }));
    expect(titles(of)).toEqual(['Before', '1. Add the controllers 4,5', '2. Add the brokers 104']);
    expect(commands(of).slice(2)).toEqual([
      `kdk roll dc ${ADMIN} --nodes c4 --nodes c5`,
      `kdk status dc ${ADMIN}`,
      `kdk roll dc ${ADMIN}`,
      `kdk roll dc ${ADMIN} --nodes b4`,
      `kdk plan dc ${ADMIN}`,
      `kdk apply dc ${ADMIN}`,
    ]);
  });

  test('of a newer Kafka finalises its features in a step of its own', () => {
    const of = runbook(text({ version: '4.2' }), text());
    expect(titles(of)).toEqual(['Before', '1. Run Kafka 4.3 instead of 4.2', '2. Finalise the features of Kafka 4.3']);
    expect(commands(of).at(-1)).toBe(`kdk upgrade-features dc --release 4.3 ${ADMIN}`);
  });

  test('of listeners is a pair of rolls', () => {
    const plain = 'plain: { authentication: none, access: unrestricted }';
    const secured = 'secured: { authentication: scram-sha-512, port: 9094 }';
    const first = runbook(
      text({ listeners: '{ plain: { authentication: none } }' }),
      text({ listeners: `{ ${plain}, ${secured} }` }),
    );
    expect(titles(first)).toContain('1. First roll: open secured');
    expect(first).toContain('kdk apply makes these rights');
    const second = runbook(text({ listeners: `{ ${plain}, ${secured} }` }), text({ listeners: `{ ${secured} }` }));
    expect(titles(second)).toContain('1. Second roll: close plain');
  });

  test('of an address moves one host, and lets the others hear of it', () => {
    const of = runbook(text(), text({ b1: 'address: b1.dc2.example, logDirs: [/data/1/kafka]' }));
    expect(titles(of)).toEqual(['Before', '1. Move b1 from b1.example to b1.dc2.example']);
    expect(commands(of).slice(3)).toEqual([`kdk roll dc ${ADMIN} --nodes b1`, `kdk roll dc ${ADMIN}`]);
  });

  test('of a log directory that goes empties the broker first, and of one more does not', () => {
    const one = text();
    const other = text({ b1: 'address: b1.example, logDirs: [/data/2/kafka]' });
    const two = text({ b1: 'address: b1.example, logDirs: [/data/1/kafka, /data/2/kafka]' });
    expect(titles(runbook(one, other))).toEqual([
      'Before',
      '1. Empty b1, which gives /data/1/kafka up',
      '2. Give b1 its log directories: /data/2/kafka',
    ]);
    expect(titles(runbook(one, two))).toEqual([
      'Before',
      '1. Give b1 its log directories: /data/1/kafka,/data/2/kafka',
    ]);
  });

  test('fails where a controller is added to a cluster that may not have been formed', () => {
    expect(() => runbook(text(), text({ controllers: 5 }), false)).toThrow(
      /a controller that is added would form another one/,
    );
  });
});
