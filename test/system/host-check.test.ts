import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { createAuthority } from '../../lib/admin/adapters/x509';
import type { NodeModel } from '../../lib/core/model';
import { CheckedHost } from '../support/checked-host';

const { environment, kafka } = CheckedHost;
const now = new Date();
const days = (count: number): Date => new Date(now.getTime() + count * 86_400_000);

describe('install.sh --check', () => {
  let certificates: Awaited<ReturnType<typeof CheckedHost.certificates>>;
  let host: CheckedHost;
  let listening: Server | undefined;

  beforeAll(async () => (certificates = await CheckedHost.certificates()));
  afterEach(() => {
    listening?.close();
    listening = undefined;
    host.remove();
  });

  const make = async (change?: Partial<NodeModel>, level?: { readonly metadataLevel: number }): Promise<void> =>
    void (host = await CheckedHost.make(certificates, change, level));

  const pem = (): string => readFileSync(host.at('folder/node.pem'), 'utf8');

  test('has nothing to say where all is well, and changes nothing', async () => {
    await make();
    const before = host.tree();
    expect(host.check()).toMatchObject({ status: 0, problems: [] });
    expect(host.tree()).toBe(before);
  });

  test.each<[string, () => void | Promise<void>, RegExp]>([
    [
      'a package that was changed',
      () => host.write('folder/packages/jmx_prometheus_javaagent.jar', 'x'),
      /jmx_prometheus_javaagent\.jar is not the package that it was, got sha256 [0-9a-f]{64}; [0-9a-f]{64} is in/,
    ],
    [
      'a package that is missing',
      () => host.remove(`folder/packages/${kafka}.tgz`),
      /^install: Kafka 4\.\d\.\d is not in .*\/opt\/kafka, and kafka_2\.13-.* is not in packages\//,
    ],
    [
      'a package with another content',
      () => (host.write('x/libs/other.jar', ''), host.pack('x'), host.sums()),
      /is not Kafka 4\.\d\.\d, got no libs\/kafka_2\.13-4/,
    ],
    [
      'no certificate',
      () => host.remove('folder/node.pem'),
      /there is no certificate of this node, got neither node\.pem beside this script nor .*etc\/node\.pem/,
    ],
    [
      'a certificate that has ended',
      () => host.certificate({ now: days(-200) }),
      /the certificate in .*node\.pem has ended, got /,
    ],
    [
      'a certificate that is not good yet',
      () => host.certificate({ now: days(10) }),
      /the certificate in .*node\.pem is not good yet, got /,
    ],
    [
      'a certificate of another host',
      () => host.certificate({ ipAddresses: ['10.9.9.9'] }),
      /is of another host, got IP Address:10\.9\.9\.9; 127\.0\.0\.1 is needed/,
    ],
    [
      'a certificate of no node',
      () => host.certificate({ commonName: 'checkout' }),
      /is not of a node of this cluster, got subject=CN=checkout; CN=node:lone is needed/,
    ],
    [
      'a certificate for clients alone',
      () => host.certificate({ use: 'client' }),
      /is not good for what a node does, got no sslserver/,
    ],
    [
      'a certificate of another authority',
      async () => host.certificate({}, await createAuthority({ commonName: 'other', days: 10, now })),
      /is not signed by .*ca\.crt, got .*certificate/,
    ],
    [
      'a key of another certificate',
      async () => {
        const [key] = pem().split('-----BEGIN CERTIFICATE');
        await host.certificate({});
        const [, text] = pem().split('-----BEGIN CERTIFICATE');
        host.write('folder/node.pem', `${key}-----BEGIN CERTIFICATE${text}`);
      },
      /the key in .*node\.pem is of another certificate/,
    ],
    [
      'a key that Kafka does not read',
      () => host.write('folder/node.pem', pem().replaceAll('PRIVATE KEY', 'EC PRIVATE KEY')),
      /there is no key in .* that Kafka reads, got -----BEGIN EC PRIVATE KEY-----; PKCS #8 is needed/,
    ],
    [
      'a file of server.properties that is missing',
      () => host.write('folder/server.properties', 'a=${dir:/nowhere/secrets:password}\n'),
      /server\.properties names a file that is not there or empty, got \/nowhere\/secrets\/password;/,
    ],
    [
      'a log directory on the root file system',
      () => host.remove('data/kafka/on-root-file-system'),
      /data\/kafka is on the root file system; a log directory needs a volume of its own/,
    ],
    [
      'a volume that is not mounted any more',
      () => (mkdirSync(host.at('mnt')), host.write('state/volumes', `${host.at('data/kafka')} ${host.at('mnt')}\n`)),
      /nothing is mounted on .*\/mnt, and .*data\/kafka was on the volume there/,
    ],
    [
      'a log directory of another node',
      () => host.write('data/kafka/meta.properties', `cluster.id=${environment.clusterId}\nnode.id=7\n`),
      /belongs to another node, got node\.id 7; this is node 1/,
    ],
    [
      'a log directory of another cluster',
      () => host.write('data/kafka/meta.properties', 'cluster.id=other\nnode.id=1\n'),
      /belongs to another cluster, got cluster\.id other/,
    ],
    [
      'a log directory with something else in it',
      () => host.write('data/kafka/photos', ''),
      /is not formatted and not empty, got .*photos/,
    ],
    [
      'a log directory that is the volume itself',
      () => void mkdirSync(host.at('data/kafka/lost+found')),
      /data\/kafka is the volume itself, got lost\+found in it/,
    ],
    [
      "another account's log directory",
      () => void execFileSync('chown', ['nobody', host.at('data/kafka')]),
      /data\/kafka belongs to nobody; kafka is needed/,
    ],
    [
      'another node on the host',
      () => host.write('etc/kafka.env', 'KAFKA_NODE_ID=2\nKAFKA_CLUSTER_ID=other\n'),
      /another node is installed here, got node 2 of cluster other/,
    ],
  ])('fails on %s, and says what to do', async (_, damage, message) => {
    // prettier-ignore
    await make();
    await damage();
    const { status, problems } = host.check();
    expect(problems).toEqual([expect.stringMatching(message)]);
    expect(problems[0]).toMatch(/^install: .*[^ ]$/);
    expect(status).toBe(1);
  });

  test('fails on another host, by the addresses of both, unless somebody said that they are translated', async () => {
    await make({ host: '192.0.2.77' });
    await host.certificate({ ipAddresses: ['192.0.2.77'] });
    const elsewhere = /this is another host, got 192\.0\.2\.77 for 192\.0\.2\.77 and .*here;/;
    expect(host.check()).toMatchObject({ status: 1, problems: [expect.stringMatching(elsewhere)] });
    host.write('state/other-address', '');
    expect(host.check()).toMatchObject({ status: 0, problems: [] });
  });

  test('fails on a name that nobody knows', async () => {
    await make({ host: 'nowhere.invalid' });
    await host.certificate({ dnsNames: ['nowhere.invalid'], ipAddresses: [] });
    const unknown = /the address of this node is not known here, got nothing for nowhere\.invalid/;
    expect(host.check().problems).toEqual([expect.stringMatching(unknown)]);
  });

  test('fails on a port that another process has, and names it', async () => {
    listening = createServer().listen(0, '127.0.0.1');
    await new Promise((done) => listening!.once('listening', done));
    const { port } = listening.address() as AddressInfo;
    await make({ ports: { INTERNAL: port } });
    const taken = new RegExp(`port ${port} \\(internal\\) is taken, got .*${process.pid}`);
    expect(host.check().problems).toEqual([expect.stringMatching(taken)]);
  });

  test('fails on a heap that does not fit and a Java that is too old', async () => {
    await make({ heapMiB: 10_000_000 });
    host.java('1.8.0_392');
    expect(host.check().problems).toEqual([
      expect.stringMatching(/too old, got 1\.8\.0_392 from java; 17 or newer is needed/),
      expect.stringMatching(/the Java heap does not fit into the memory of this host, got 10000000 MiB of/),
    ]);
  });

  test('fails on a Kafka that does not know the features that the disk has in force', async () => {
    await make({}, { metadataLevel: 27 });
    host.write('data/kafka/meta.properties', `cluster.id=${environment.clusterId}\nnode.id=1\n`);
    // FeatureLevelRecord: frame 1, key 12, version 0, a compact string of 16 bytes, the level (30), no tagged fields.
    const parts = [Buffer.from([1, 12, 0, 17]), Buffer.from('metadata.version'), Buffer.from([0, 30, 0])];
    host.write('data/kafka/__cluster_metadata-0/00000000000000000000.log', Buffer.concat(parts));
    const tooOld = /too old for this cluster, got metadata\.version level 30 in .*; 27 is the last that it knows/;
    expect(host.check().problems).toEqual([expect.stringMatching(tooOld)]);
  });

  test('says all of it at once, and install.sh stops there with nothing changed', async () => {
    await make({ heapMiB: 10_000_000 });
    host.write('folder/packages/jmx_prometheus_javaagent.jar', 'x');
    await host.certificate({ ipAddresses: ['10.9.9.9'], now: days(-200) });
    host.remove('data/kafka/on-root-file-system');
    const before = host.tree();
    const { status, stderr, stdout } = host.run('install.sh', []);
    expect([status, stdout]).toEqual([1, '']);
    const problems = stderr.split('\n').filter((line) => line.startsWith('install: ') && !line.includes('warning'));
    expect(problems).toHaveLength(5);
    expect(host.tree()).toBe(before);
  });

  test('warns of a certificate that ends soon, and of what it cannot look at without openssl', async () => {
    await make();
    await host.certificate({ days: 10 });
    const { warnings, ...soon } = host.check();
    expect(soon).toEqual({ status: 0, problems: [] });
    expect(warnings.join('\n')).toMatch(/the certificate in .*node\.pem ends on /);
    // Every program but openssl.
    const links =
      'for program in /usr/bin/* /bin/* /sbin/* /usr/sbin/*; do name=${program##*/}; [ "$name" = openssl ] || [ -e "$0/$name" ] || ln -s "$program" "$0/$name" 2>/dev/null; done; true';
    execFileSync('sh', ['-c', links, host.at('bin')]);
    await host.certificate({ ipAddresses: ['10.9.9.9'] });
    const blind = host.check('/nowhere');
    expect(blind).toMatchObject({ status: 0, problems: [] });
    expect(blind.warnings.join('\n')).toMatch(
      /there is no openssl here: the end, the names, the key and the authority/,
    );
  });

  test('fails with status 2 on an option that it does not know', async () => {
    await make();
    const said = 'install: there is no such option, got --force; --check or nothing is allowed.\n';
    expect(host.run('install.sh', ['--force'])).toMatchObject({ status: 2, stderr: said });
  });
});
