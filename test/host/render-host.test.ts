import type { EnvironmentModel } from '../../lib/core/model';
import { renderHost, renderHosts, SYSTEM_LAYOUT, type HostLayout } from '../../lib/host';
import { MINIMAL, modelOfFile, modelOfText } from '../support/environments';

function filesOf(model: EnvironmentModel, name: string, layout?: HostLayout): Map<string, string> {
  const node = model.nodes.find((candidate) => candidate.name === name)!;
  return new Map(renderHost(model, node, layout).map(({ path, content }) => [path, content]));
}

const first = modelOfFile('dc1', undefined, { formation: 'first' });
const formed = modelOfFile('dc1', undefined, { formation: 'formed' });

describe('the files of a host', () => {
  test('a host has everything from the properties to the install script', () => {
    expect(renderHost(first, first.nodes[0]!).map(({ path, executable }) => `${path}${executable ? '*' : ''}`)).toEqual(
      [
        'server.properties',
        'log4j2.yaml',
        'jmx-exporter.yaml',
        'jvm.options',
        'kafka.env',
        'bin/fingerprint.sh*',
        'bin/format.sh*',
        'bin/start.sh*',
        'bin/state.sh*',
        'kafka.service',
        '60-kafka.conf',
        'request.cnf',
        'check.sh*',
        'install.sh*',
      ],
    );
  });

  test('a node without a service of its own has its properties and its two scripts, and needs no volumes', () => {
    const { service: _, ...layout } = SYSTEM_LAYOUT;
    const files = filesOf(modelOfText(MINIMAL), 'nodes-1', { ...layout, logDir: "/home/me/it's here/logs" });
    expect([...files.keys()]).toEqual([
      'server.properties',
      'log4j2.yaml',
      'jvm.options',
      'kafka.env',
      'bin/fingerprint.sh',
      'bin/format.sh',
      'bin/start.sh',
    ]);
    expect(files.get('kafka.env')).toContain('KAFKA_DATA_DIRS_ON_ROOT=allowed\n');
    expect(files.get('kafka.env')).toContain("KAFKA_LOG_DIR='/home/me/it'\\''s here/logs'\n");
    expect(files.get('jvm.options')).toContain(
      '"-Xlog:gc*:file=\\"/home/me/it\'s here/logs/gc.log\\":time,tags:filecount=10,filesize=20M"\n',
    );
  });

  test('kafka.env has a line for each log directory', () => {
    expect(filesOf(first, 'b1').get('kafka.env')).toContain("KAFKA_DATA_DIRS='/data/1/kafka\n/data/2/kafka'\n");
  });

  test('a controller of a new cluster begins with the others, unless it was formatted before', () => {
    const script = filesOf(first, 'c1').get('bin/format.sh')!;
    expect(script.match(/--initial-controllers/g)).toHaveLength(1);
    expect(script.match(/--no-initial-controllers/g)).toHaveLength(1);
  });

  test('a controller of a formed cluster only ever joins', () => {
    expect(filesOf(formed, 'c1').get('bin/format.sh')).not.toContain('--initial-controllers');
    expect(filesOf(formed, 'c1').get('bin/format.sh')).toContain('--no-initial-controllers');
  });

  test('the unit waits for the volumes, stops gently and may write to them only', () => {
    const unit = filesOf(first, 'b1').get('kafka.service')!.split('\n');
    expect(unit).toEqual(
      expect.arrayContaining([
        'RequiresMountsFor=/data/1/kafka /data/2/kafka',
        'ReadWritePaths=-/data/1/kafka -/data/2/kafka',
        'ExecStartPre=/etc/kafka/bin/format.sh',
        'ExecStart=/etc/kafka/bin/start.sh',
        'TimeoutStopSec=600',
        'KillMode=mixed',
        'SuccessExitStatus=143',
        'Restart=on-failure',
        'ProtectSystem=strict',
      ]),
    );
    expect(unit.filter((line) => line.startsWith('MemoryDenyWriteExecute'))).toEqual([]);
  });

  test('the unit quotes paths as systemd reads them', () => {
    const odd = { ...first, nodes: first.nodes.map((node) => ({ ...node, logDirs: ['/data/my "disk" 100%/kafka'] })) };
    expect(filesOf(odd, 'b1').get('kafka.service')).toContain('ReadWritePaths="-/data/my \\"disk\\" 100%%/kafka"\n');
  });

  test('a certificate is asked for in the name of all nodes, at the address of this one', () => {
    const request = filesOf(first, 'b1').get('request.cnf')!;
    expect(request).toContain('CN = node:dc1\n');
    expect(request).toContain('subjectAltName = DNS:b1.dc1.example\n');
  });

  test('the metrics agent is loaded by the start script and named nowhere else', () => {
    const files = filesOf(first, 'b1');
    expect([...files].filter(([, content]) => content.includes('-javaagent')).map(([path]) => path)).toEqual([
      'bin/start.sh',
    ]);
  });
});

describe('the folders of all hosts', () => {
  test('one folder a host and a runbook', () => {
    const folders = new Set(renderHosts(first).map(({ path }) => path.split('/')[0]));
    expect([...folders]).toEqual(['RUNBOOK.md', 'c1', 'c2', 'c3', 'b1', 'b2', 'b3']);
  });

  test('the runbook names every host, and asks for the lock only while the cluster is not formed', () => {
    const [before, after] = [first, formed].map((model) => renderHosts(model)[0]!.content);
    for (const { host } of first.nodes) expect(before).toContain(host);
    expect(before).toContain('kdk lock');
    expect(after).not.toContain('kdk lock');
  });

  test('the runbook of Kafka 4.1 says how a controller becomes a voter again, since it does not by itself', () => {
    const older = { ...first, kafka: { ...first.kafka, autoJoin: false } };
    expect(renderHosts(older)[0]!.content).toContain('add-controller');
    expect(renderHosts(first)[0]!.content).not.toContain('add-controller');
  });

  test('hosts without Java get the one that is put beside the install script', () => {
    const bundled = {
      ...first,
      spec: {
        ...first.spec,
        targets: { ...first.spec.targets, hosts: { ...first.spec.targets!.hosts!, java: 'bundled' as const } },
      },
    };
    const files = new Map(renderHosts(bundled).map(({ path, content }) => [path, content]));
    expect(files.get('b1/kafka.env')).toContain('KAFKA_JAVA=/opt/kafka-java/bin/java\n');
    expect(files.get('b1/install.sh')).toContain('java.tar.gz');
  });

  test('the same environment gives the same bytes', () => {
    expect(renderHosts(modelOfFile('dc1'))).toEqual(renderHosts(modelOfFile('dc1')));
  });
});
