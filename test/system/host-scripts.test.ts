import { execFileSync, spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EnvironmentModel } from '../../lib/core/model';
import { renderHosts } from '../../lib/host';
import { modelOfFile } from '../support/environments';
import { writeFiles } from '../support/host-nodes';

const first = modelOfFile('dc1', undefined, { formation: 'first' });
const bundledJava: EnvironmentModel = {
  ...first,
  spec: {
    ...first.spec,
    targets: { ...first.spec.targets, hosts: { ...first.spec.targets!.hosts!, java: 'bundled' } },
  },
};

describe('the scripts of a host', () => {
  let root: string;
  beforeEach(() => (root = mkdtempSync(join(tmpdir(), 'host scripts-'))));
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  test.each([
    ['of a new cluster', first],
    ['of a formed cluster', modelOfFile('dc1', undefined, { formation: 'formed' })],
    ['with a Java of their own', bundledJava],
  ])(
    'shellcheck has nothing to say about those %s',
    (_, model) => {
      const scripts = renderHosts(model).filter(({ executable }) => executable);
      writeFiles(root, scripts);
      expect(scripts).toHaveLength(36);
      const { stdout, status } = spawnSync(
        'shellcheck',
        scripts.map(({ path }) => join(root, path)),
        { encoding: 'utf8' },
      );
      expect(stdout).toBe('');
      expect(status).toBe(0);
    },
    60_000,
  );

  test('systemd finds the unit hardened: an exposure of 2.0 or less', () => {
    writeFiles(root, renderHosts(first));
    const report = execFileSync(
      'systemd-analyze',
      ['security', '--offline=yes', '--no-pager', '--threshold=20', join(root, 'b1/kafka.service')],
      { encoding: 'utf8' },
    );
    expect(report).toMatch(/Overall exposure level for kafka\.service: [01]\.\d/);
  });

  describe('install.sh', () => {
    const put = (name: string, content: string): void => writeFileSync(join(root, 'b1', name), content);
    const install = (): { status: number | null; stdout: string; stderr: string } =>
      spawnSync(join(root, 'b1/install.sh'), {
        encoding: 'utf8',
        env: { ...process.env, DESTDIR: join(root, 'image') },
      });

    beforeEach(() => {
      writeFiles(root, renderHosts(first));
      const version = first.kafka.patch;
      const folder = join(root, `kafka_2.13-${version}`);
      mkdirSync(join(folder, 'libs'), { recursive: true });
      writeFileSync(join(folder, `libs/kafka_2.13-${version}.jar`), '');
      execFileSync('tar', ['-czf', join(root, 'b1', `kafka_2.13-${version}.tgz`), '-C', root, `kafka_2.13-${version}`]);
      put('jmx_prometheus_javaagent.jar', 'agent');
      put('node.pem', 'key and certificate');
      put('ca.crt', 'authority');
    });

    test('puts everything in its place; a second run writes nothing, and a changed file is the only one written', () => {
      expect(install()).toMatchObject({ status: 0, stderr: '' });
      const image = (path: string): string => join(root, 'image', path);
      for (const path of [
        'etc/kafka/server.properties',
        'etc/kafka/bin/start.sh',
        'etc/systemd/system/kafka.service',
        'etc/sysctl.d/60-kafka.conf',
        `opt/kafka/libs/kafka_2.13-${first.kafka.patch}.jar`,
        'opt/kafka-jmx-exporter/jmx_prometheus_javaagent.jar',
      ])
        // prettier-ignore
        expect(existsSync(image(path))).toBe(true);
      expect(readFileSync(image('etc/kafka/tls/node.pem'), 'utf8')).toBe('key and certificate');
      expect((statSync(image('etc/kafka/tls/node.pem')).mode & 0o777).toString(8)).toBe('640');
      expect((statSync(image('etc/kafka/bin/format.sh')).mode & 0o777).toString(8)).toBe('750');
      expect(install()).toMatchObject({ status: 0, stdout: '', stderr: '' });
      put('node.pem', 'renewed');
      expect(install()).toMatchObject({ status: 0, stdout: 'install: wrote /etc/kafka/tls/node.pem\n', stderr: '' });
    });

    test('fails where Kafka is neither installed nor beside it', () => {
      rmSync(join(root, 'b1', `kafka_2.13-${first.kafka.patch}.tgz`));
      const { status, stderr } = install();
      expect(status).toBe(1);
      expect(stderr).toMatch(
        /^install: Kafka 4\.\d\.\d is not in \/opt\/kafka, and kafka_2\.13-4\.\d\.\d\.tgz is not in packages\/; run kdk packages, or put it there\.\n$/,
      );
    });

    test.each([
      ['packages/ of its folder', 'b1/packages'],
      ['packages/ beside the folders of all hosts', 'packages'],
    ])('takes packages out of %s, by their sums', (_, place) => {
      const version = first.kafka.patch;
      const names = [`kafka_2.13-${version}.tgz`, 'jmx_prometheus_javaagent.jar'];
      mkdirSync(join(root, place), { recursive: true });
      for (const name of names) renameSync(join(root, 'b1', name), join(root, place, name));
      const sums = execFileSync('sha256sum', names, { cwd: join(root, place), encoding: 'utf8' });
      writeFileSync(join(root, place, 'packages.sha256'), sums);
      writeFileSync(join(root, place, names[1]!), 'another');
      expect(install()).toMatchObject({ status: 1 });
      expect(install().stderr).toMatch(
        /jmx_prometheus_javaagent\.jar is not the package that it was, got sha256 [0-9a-f]{64}; [0-9a-f]{64} is in packages\.sha256\. Copy it again\.\n$/,
      );
      writeFileSync(join(root, place, names[1]!), 'agent');
      expect(install()).toMatchObject({ status: 0, stderr: '' });
    });

    test('a bundled Java is unpacked for the machine that it is; another one gets a folder of its own, and the old one stays', () => {
      writeFiles(root, renderHosts(bundledJava));
      expect(install().stderr).toMatch(
        /there is no Java in \/opt\/kafka-java, and java-\w+\.tar\.gz is not in packages\//,
      );
      const java = (version: string): string => {
        mkdirSync(join(root, 'jre/bin'), { recursive: true });
        writeFileSync(join(root, 'jre/bin/java'), `#!/bin/sh\necho ${version}\n`, { mode: 0o755 });
        const archive = `java-${process.arch}.tar.gz`;
        execFileSync('tar', ['-czf', join(root, 'b1', archive), '-C', root, 'jre']);
        expect(install()).toMatchObject({ status: 0, stderr: '' });
        expect(execFileSync(join(root, 'image/opt/kafka-java/bin/java'), { encoding: 'utf8' })).toBe(`${version}\n`);
        return realpathSync(join(root, 'image/opt/kafka-java'));
      };
      const before = java('21.0.4');
      expect(java('21.0.5')).not.toBe(before);
      expect(existsSync(join(before, 'bin/java'))).toBe(true);
    });

    test('a newer Kafka gets a folder of its own, and the old one stays', () => {
      expect(install().status).toBe(0);
      const newer = { ...first, kafka: { ...first.kafka, patch: '4.9.9' } };
      writeFiles(root, renderHosts(newer));
      mkdirSync(join(root, 'new/libs'), { recursive: true });
      writeFileSync(join(root, 'new/libs/kafka_2.13-4.9.9.jar'), '');
      execFileSync('tar', ['-czf', join(root, 'b1/kafka_2.13-4.9.9.tgz'), '-C', root, 'new']);
      expect(install()).toMatchObject({ status: 0, stderr: '' });
      expect(existsSync(join(root, 'image/opt/kafka/libs/kafka_2.13-4.9.9.jar'))).toBe(true);
      expect(existsSync(join(root, `image/opt/kafka-${first.kafka.patch}/libs`))).toBe(true);
    });
  });
});
