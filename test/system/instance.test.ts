import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync, rmSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { modelOfFile } from '../support/environments';
import { ec2Error, type AwsCall } from '../support/ec2-stand-in/aws-proxy';
import { InstanceBench, KEY, type BenchVolume } from '../support/ec2-stand-in/instance-bench';

const model = modelOfFile('prod-ec2');
const node = model.nodes.find(({ roles }) => roles.includes('broker'))!;

const digestOf = ({ file }: BenchVolume): string => createHash('sha256').update(readFileSync(file)).digest('hex');
const shell = (script: string, ...args: string[]): void => void execFileSync('sh', ['-ec', script, 'sh', ...args]);

/** boot.sh of a node as an instance runs it, with the command line of AWS against an emulator; see InstanceBench. */
describe('an instance', () => {
  let bench: InstanceBench;
  let volume: BenchVolume;
  beforeAll(async () => {
    bench = await InstanceBench.start(model, node);
    await bench.putPackages();
    await bench.putCertificate({ 'node.pem': KEY, 'ca.crt': 'authority' });
    volume = await bench.makeVolume();
    await bench.deploy(volume);
  }, 120_000);
  afterAll(() => bench.stop());
  beforeEach(() => {
    bench.aws.calls.length = 0;
    bench.aws.fault = () => undefined;
    bench.aws.rewrite = (_, body) => body;
    bench.aws.answered = ({ action }, ok) => {
      if (action === 'AttachVolume' && ok) bench.plug(volume);
    };
  });

  test('fetches its files by its user data, which hand over to two units', async () => {
    expect(await bench.userData()).toEqual({ status: 0, output: '' });
    expect(readFileSync(join(bench.root, 'etc/systemd/system/kafka-node.service'), 'utf8')).toContain(
      'Before=kafka.service',
    );
    expect(readFileSync(join(bench.root, 'opt/kafka-node/place'), 'utf8')).toContain(`volumes=${volume.id}\n`);
  }, 400_000);

  test('waits for what a former one holds and says who; formats the empty volume, mounts it and installs the node', async () => {
    const former = await bench.makeOther();
    await bench.moto.ec2('AttachVolume', { VolumeId: volume.id, InstanceId: former, Device: '/dev/sdf' });
    const { attachmentId } = await bench.moto.ec2(
      'AttachNetworkInterface',
      { NetworkInterfaceId: bench.interfaceId, InstanceId: former, DeviceIndex: '1' },
      'attachmentId',
    );
    let asked = 0;
    bench.aws.answered = ({ action }, ok) => {
      if (action === 'DescribeInstances') {
        asked += 1;
        if (asked === 2) void bench.moto.ec2('DetachNetworkInterface', { AttachmentId: attachmentId });
        if (asked === 4) void bench.moto.ec2('DetachVolume', { VolumeId: volume.id, InstanceId: former });
      }
      if (action === 'AttachVolume' && ok) bench.plug(volume);
    };
    const look = `findmnt -n -o FSTYPE,OPTIONS '${bench.mount}'; ip -4 -o address show dev eni; ip rule; ip route show table 10001`;
    const { status, output } = await bench.boot('start', look);
    expect(output).toMatch(
      new RegExp(
        `waiting for the network interface ${bench.interfaceId}, \\d+ s by now: ${former} holds it and is running;`,
      ),
    );
    expect(output).toContain(`: ${former} holds it and is running; it is let go when that instance is terminated`);
    expect(output).toContain(`formatting the volume ${volume.id}, which is empty`);
    expect(output).toMatch(/^xfs .*noatime/m);
    expect(output).toContain(`${bench.address}/20`);
    expect(output).toContain(`from ${bench.address} lookup 10001`);
    expect(output).toContain('default via 172.31.0.1 dev eni');
    expect(output).toContain('node: all is in place\n');
    expect(status).toBe(0);
    expect(bench.aws.actions).not.toContain('DetachVolume');
    expect(bench.aws.actions).not.toContain('DetachNetworkInterface');
    expect(readFileSync(join(bench.root, 'etc/kafka/tls/node.pem'), 'utf8')).toBe(KEY);
    expect(output).not.toContain('secret-----');
    expect(readFileSync(join(bench.root, 'etc/fstab'), 'utf8')).toMatch(
      /^UUID=root .*\nUUID=\S+ \/\S+ xfs noatime,nofail 0 0\n$/,
    );
  }, 400_000);

  test('starts again without asking EC2 or S3, and grows the file system of a volume that was made larger', async () => {
    truncateSync(volume.file, 480 * 1024 * 1024);
    execFileSync('losetup', ['-c', volume.device]);
    const { status, output } = await bench.boot('start', `df --output=size -m '${bench.mount}' | tail -n 1`);
    expect(output).toMatch(/node: all is in place\n +4[0-9]{2}\n/);
    expect(output).not.toContain('formatting');
    expect(status).toBe(0);
    expect(bench.aws.actions).toEqual(['GetSecretValue']);
  }, 400_000);

  test('keeps its certificate where the secret cannot be read, and takes a renewed one', async () => {
    bench.aws.fault = ({ action }) => (action === 'GetSecretValue' ? { status: 500, body: '{}' } : undefined);
    expect((await bench.boot('start')).output).toContain('the certificate of before is kept');
    bench.aws.fault = () => undefined;
    await bench.putCertificate({ 'node.pem': `${KEY} renewed`, 'ca.crt': 'authority' });
    expect((await bench.boot('start')).status).toBe(0);
    expect(readFileSync(join(bench.root, 'etc/kafka/tls/node.pem'), 'utf8')).toBe(`${KEY} renewed`);
  }, 400_000);

  test('takes other files of the stack by an update', async () => {
    await bench.deploy(volume, { 'jvm.options': '-Xmx1g\n' });
    const { status, output } = await bench.boot('update');
    expect(output).toContain('install: wrote /etc/kafka/jvm.options\n');
    expect(status).toBe(0);
    expect(readFileSync(join(bench.root, 'etc/kafka/jvm.options'), 'utf8')).toBe('-Xmx1g\n');
  }, 400_000);

  describe('on a volume', () => {
    test.each<[string, string, RegExp]>([
      [
        'of another node',
        'mkfs.xfs -q "$1"; mount "$1" "$2"; mkdir "$2/kafka"; printf "cluster.id=other\\nnode.id=7\\n" >"$2/kafka/meta.properties"; umount "$2"',
        /belongs to another node, got node\.id 7 of cluster other; this is node \d+ of cluster \S+\. Attach the right volume/,
      ],
      [
        "with somebody else's files",
        'mkfs.xfs -q "$1"; mount "$1" "$2"; touch "$2/photo.jpg"; umount "$2"',
        /holds something else, got photo\.jpg;/,
      ],
      [
        'with a partition table',
        'printf "\\200\\0\\0\\0\\203\\0\\0\\0\\0\\10\\0\\0\\0\\20\\0\\0" | dd of="$1" bs=1 seek=446 conv=notrunc status=none; printf "\\125\\252" | dd of="$1" bs=1 seek=510 conv=notrunc status=none',
        /has something else on it, got PTTYPE=dos ;/,
      ],
      ['with another file system', 'mkfs.ext4 -q "$1"', /has something else on it, got TYPE=ext4 ;/],
      [
        'of LVM',
        'pvcreate -q --config "devices { use_devicesfile=0 }" "$1"',
        /has something else on it, got TYPE=LVM2_member ;/,
      ],
      [
        'with data that has no signature',
        'printf data | dd of="$1" bs=1 seek=70000 conv=notrunc status=none',
        /has something on it that is no file system, got data in its first MiB;/,
      ],
      [
        'whose file system is damaged',
        'mkfs.xfs -q "$1"; dd if=/dev/urandom of="$1" bs=1 seek=130 count=40 conv=notrunc status=none',
        /cannot be mounted, got .*; nothing was changed\. See what xfs_repair -n/,
      ],
    ])(
      'fails for one %s, and writes nothing to it',
      async (_, prepare, message) => {
        volume = await bench.makeVolume();
        shell(`mkdir -p "$2"; ${prepare}`, volume.device, join(bench.root, 'prepare'));
        execFileSync('sync');
        const before = digestOf(volume);
        bench.place(volume);
        bench.plug(volume);
        const { status, output } = await bench.boot('start', `mountpoint '${bench.mount}'`);
        expect(output).toMatch(message);
        expect(output).toContain('is not a mountpoint');
        expect(status).toBe(1);
        expect(digestOf(volume)).toBe(before);
      },
      60_000,
    );

    test('formats one again where making its file system was interrupted', async () => {
      volume = await bench.makeVolume();
      shell('mkfs.xfs -q "$1"; printf "\\001" | dd of="$1" bs=1 seek=126 conv=notrunc status=none', volume.device);
      bench.place(volume);
      bench.plug(volume);
      const { status, output } = await bench.boot('start');
      expect(output).toContain(`formatting the volume ${volume.id} again: making its file system was interrupted`);
      expect(status).toBe(0);
    }, 400_000);
  });

  describe('where EC2', () => {
    beforeEach(async () => {
      volume = await bench.makeVolume();
      bench.place(volume);
    });

    test('refuses, a missing right is told at once and throttling goes by', async () => {
      let refused = 0;
      bench.aws.fault = ({ action }) => {
        if (action !== 'AttachVolume' || refused > 5) return undefined;
        refused += 1;
        return refused === 1
          ? ec2Error('UnauthorizedOperation', 'You are not authorized to perform this operation.', 403)
          : ec2Error('RequestLimitExceeded', 'Request limit exceeded.', 503);
      };
      const { status, output } = await bench.boot('start');
      expect(output).toMatch(
        /waiting for the volume \S+, \d+ s by now: the role of this instance lacks a right: .*UnauthorizedOperation.*AttachVolume/,
      );
      expect(output).toContain('AWS answers no more requests of this account for a while');
      expect(status).toBe(0);
    }, 400_000);

    test('says that a volume is busy, that is waited for; by force it is taken only from a terminated instance, after long', async () => {
      const former = await bench.makeOther();
      await bench.moto.ec2('AttachVolume', { VolumeId: volume.id, InstanceId: former, Device: '/dev/sdf' });
      let asked = 0;
      bench.aws.rewrite = ({ action }: AwsCall, body) => {
        if (action === 'DescribeVolumes') return body.replace('<status>attached</status>', '<status>busy</status>');
        if (action !== 'DescribeInstances') return body;
        asked += 1;
        return asked > 1
          ? body.replaceAll('<name>running</name>', '<name>terminated</name>')
          : body.replaceAll('<name>running</name>', '<name>shutting-down</name>');
      };
      bench.aws.answered = ({ action }, ok) => {
        if (action === 'DetachVolume' && ok) bench.aws.rewrite = (_, body) => body;
        if (action === 'AttachVolume' && ok) bench.plug(volume);
      };
      const { status, output } = await bench.boot('start');
      expect(output).toContain(`${former} holds it and is shutting-down;`);
      expect(output).toContain('(it is busy)');
      expect(output).toContain(`${former} holds it, though it is terminated; by force after 10 s more (it is busy)`);
      expect(output).toContain(
        `${volume.id} is taken from ${former} by force, which is terminated and cannot write any more`,
      );
      expect(status).toBe(0);
      const detached = bench.aws.calls.filter(({ action }) => action === 'DetachVolume');
      expect(detached.map(({ parameters }) => [parameters.get('Force'), parameters.get('InstanceId')])).toEqual([
        ['true', former],
      ]);
    }, 400_000);

    test.each<[string, (body: string) => string, RegExp]>([
      [
        'has lost the volume',
        (body) => body.replace('<status>available</status>', '<status>error</status>'),
        /is error; in-use and available are allowed\. Restore it from a snapshot/,
      ],
      [
        'has the volume in another zone',
        (body) => body.replace('eu-west-1a', 'eu-west-1c'),
        /is in another zone, got eu-west-1c; this instance is in eu-west-1a\./,
      ],
    ])(
      '%s, it fails',
      async (_, rewritten, message) => {
        bench.aws.rewrite = ({ action }, body) => (action === 'DescribeVolumes' ? rewritten(body) : body);
        const { status, output } = await bench.boot('start');
        expect(output).toMatch(message);
        expect(status).toBe(1);
      },
      60_000,
    );

    test('has no such volume, it fails', async () => {
      await bench.moto.ec2('DeleteVolume', { VolumeId: volume.id });
      const { status, output } = await bench.boot('start');
      expect(output).toMatch(/the volume \S+ does not exist, got .*InvalidVolume\.NotFound/);
      expect(status).toBe(1);
    }, 400_000);

    test('gives no NVMe, it fails: the type is not of the Nitro system', async () => {
      rmSync(join(bench.root, 'sys/class/nvme/nvme0'), { recursive: true });
      const { status, output } = await bench.boot('start');
      expect(output).toContain('this type of instance has no NVMe');
      expect(status).toBe(1);
    }, 400_000);
  });
});
