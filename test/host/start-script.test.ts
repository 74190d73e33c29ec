import { execFileSync, spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parseHostState } from '../../lib/core/roll';
import { renderHost, SYSTEM_LAYOUT, type HostLayout } from '../../lib/host';
import { modelOfFile } from '../support/environments';
import { writeFiles } from '../support/host-nodes';

const model = modelOfFile('dc1');
const node = model.nodes.find(({ name }) => name === 'b1')!;

describe('what a node is started with', () => {
  let root: string;
  let layout: HostLayout;
  const at = (path: string): string => join(root, path);
  const write = (path: string, content: string): void => {
    mkdirSync(dirname(at(path)), { recursive: true });
    writeFileSync(at(path), content);
    if (content.startsWith('#!')) chmodSync(at(path), 0o755);
  };

  /** What systemd says of the service, by a command of its name. */
  const systemd = (state: string, invocation: string): NodeJS.ProcessEnv => {
    write(
      'path/systemctl',
      `#!/bin/sh\nfor word; do case $word in --property=*) name=\${word#*=} ;; esac; done\ncase $name in ActiveState) value=${state} ;; InvocationID) value=${invocation} ;; SubState) value=running ;; *) value= ;; esac\necho "$name=$value"\n`,
    );
    write('path/journalctl', '#!/bin/sh\necho "format: refused"\n');
    return { ...process.env, PATH: `${at('path')}:${process.env['PATH']}` };
  };
  const start = (invocation: string): string =>
    execFileSync(at('config/bin/start.sh'), { encoding: 'utf8', env: { ...process.env, INVOCATION_ID: invocation } });
  const state = (env: NodeJS.ProcessEnv): NonNullable<ReturnType<typeof parseHostState>> => {
    const { stdout, stderr, status } = spawnSync(at('config/bin/state.sh'), { encoding: 'utf8', env });
    expect([stderr, status]).toEqual(['', 0]);
    return parseHostState(stdout)!;
  };

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), "it's a host-"));
    layout = {
      ...SYSTEM_LAYOUT,
      kafkaHome: at('kafka'),
      javaHome: at('java'),
      configDir: at('config'),
      logDir: at('logs'),
      stateDir: at('state'),
      tls: { keystore: at('tls/node.pem'), truststore: at('tls/ca.crt') },
      jmxExporterJar: at('agent.jar'),
    };
    write('kafka-4.2.0/libs/kafka_2.13-4.2.0.jar', '');
    write('kafka-4.3.1/libs/kafka_2.13-4.3.1.jar', '');
    symlinkSync('kafka-4.2.0', at('kafka'));
    write('java/bin/java', '#!/bin/sh\nprintf "%s\\n" "$@"\n');
    write('java/release', 'IMPLEMENTOR="x"\nJAVA_VERSION="17.0.13"\n');
    write('tls/node.pem', 'key');
    write('agent.jar', 'agent');
    writeFiles(at('config'), renderHost(model, node, layout));
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  test('Java gets the folder that the link leads to: another version may come behind it', () => {
    expect(start('run1').split('\n')).toContain(`${at('kafka-4.2.0')}/libs/*`);
  });

  test('nothing is due right after a start', () => {
    start('run1');
    const now = state(systemd('active', 'run1'));
    expect(now).toMatchObject({ environment: 'dc1', name: 'b1', nodeId: 101, service: 'active', due: [], said: [] });
    expect(now.startedWith.get('Kafka')).toBe('4.2.0');
    expect(now.startedWith.get('Java')).toBe('17.0.13');
    expect(now.before).toBe(now.after);
  });

  test('each thing that only a start takes up is a reason, by its name', () => {
    start('run1');
    rmSync(at('kafka'));
    symlinkSync('kafka-4.3.1', at('kafka'));
    write('java/release', 'JAVA_VERSION="21.0.5"\n');
    write('tls/node.pem', 'renewed');
    write('tls/ca.crt', 'authority');
    rmSync(at('agent.jar'));
    write('config/server.properties', 'node.id=101\n');
    expect(state(systemd('active', 'run1')).due.slice().sort()).toEqual([
      'JMX exporter is gone',
      'Java 17.0.13 -> 21.0.5',
      'Kafka 4.2.0 -> 4.3.1',
      'certificate authority is new',
      'certificate changed',
      'server.properties changed',
    ]);
    start('run2');
    expect(state(systemd('active', 'run2')).due).toEqual([]);
  });

  test('one that somebody else started is due, since nobody knows with what', () => {
    expect(state(systemd('active', 'run1')).due).toEqual(['what it was started with is not known']);
    start('run1');
    expect(state(systemd('active', 'run9')).due).toEqual(['what it was started with is not known']);
  });

  test('one that does not run says its last words', () => {
    start('run1');
    expect(state(systemd('failed', 'run1'))).toMatchObject({ service: 'failed', due: [], said: ['format: refused'] });
  });

  test('a state folder that cannot be written keeps no node from starting', () => {
    write('state', 'a file');
    const { stdout, stderr, status } = spawnSync(at('config/bin/start.sh'), { encoding: 'utf8' });
    expect(status).toBe(0);
    expect(stdout).toContain('kafka.Kafka');
    expect(stderr).toContain('what the node starts with could not be written');
  });

  test('no secret is written down: sums and versions alone, and the properties', () => {
    start('run1');
    expect(readFileSync(at('state/started'), 'utf8')).toMatch(/^(([0-9a-f]{64}|[\w.]+) [\w./ -]+\n)+$/);
    expect(existsSync(at('state/started.new'))).toBe(false);
    expect(readFileSync(at('state/started.properties'), 'utf8')).toBe(readFileSync(at('config/server.properties'), 'utf8')); // prettier-ignore
  });
});
