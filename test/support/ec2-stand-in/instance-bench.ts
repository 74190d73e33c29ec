import { execFile, execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { EnvironmentModel, NodeModel } from '../../../lib/core/model';
import { renderHost } from '../../../lib/host';
import { bootScript } from '../../../lib/selfmanaged/private/boot-script';
import { lifecycleUnit, nodeUnit } from '../../../lib/selfmanaged/private/instance/units';
import { placeOfNode, userData } from '../../../lib/selfmanaged/private/user-data';
import { AwsProxy } from './aws-proxy';
import { Moto, MOTO_PROGRAMS, REGION } from './moto';

export const ZONE = `${REGION}a`;
const PARAMETER = '/kafka/prod-ec2/node';
const SECRET = 'kafka/prod-ec2/node';
export const KEY = '-----BEGIN PRIVATE KEY-----secret-----END PRIVATE KEY-----';

export interface BenchVolume {
  readonly id: string;
  /** What is on it, as a file. */
  readonly file: string;
  /** The block device of it. */
  readonly device: string;
}

export interface BootResult {
  readonly status: number;
  readonly output: string;
}

/**
 * An instance without a machine: boot.sh of a node, run for real in namespaces of its own (network, mounts) with the command line of AWS
 * against an emulator, block devices that are files, and a root folder of its own.
 */
export class InstanceBench {
  readonly root = mkdtempSync(join(tmpdir(), 'kdk-instance-'));
  private readonly namespace = `kdk-instance-${process.pid}`;
  private readonly volumes: BenchVolume[] = [];
  instance = '';
  interfaceId = '';
  mac = '';
  address = '';

  private constructor(
    private readonly model: EnvironmentModel,
    private readonly node: NodeModel,
    readonly moto: Moto,
    readonly aws: AwsProxy,
  ) {}

  static async start(model: EnvironmentModel, node: NodeModel): Promise<InstanceBench> {
    const moto = await Moto.start();
    // The instance is behind a pair of interfaces, as it is behind the network of its VPC.
    const namespace = `kdk-instance-${process.pid}`;
    const ip = (line: string): void => void execFileSync('ip', line.split(' '));
    ip(`netns add ${namespace}`);
    ip(`link add kdk-outside type veth peer name kdk-inside netns ${namespace}`);
    ip('address add 10.213.77.1/30 dev kdk-outside');
    ip('link set kdk-outside up');
    ip(`-n ${namespace} address add 10.213.77.2/30 dev kdk-inside`);
    ip(`-n ${namespace} link set kdk-inside up`);
    const aws = await AwsProxy.start('10.213.77.1', moto.url);
    const bench = new InstanceBench(model, node, moto, aws);
    await bench.makeInstance();
    return bench;
  }

  async stop(): Promise<void> {
    execFileSync('ip', ['netns', 'delete', this.namespace]);
    for (const { device } of this.volumes) execFileSync('losetup', ['-d', device]);
    await this.aws.stop();
    await this.moto.stop();
    rmSync(this.root, { recursive: true, force: true });
  }

  get mount(): string {
    return join(this.root, dirname(this.node.logDirs[0]!));
  }

  /** A volume of so many MiB: a device which the instance sees from when it is attached to it. */
  async makeVolume(mebibytes = 320): Promise<BenchVolume> {
    const { volumeId: id } = await this.moto.ec2('CreateVolume', { Size: '1', AvailabilityZone: ZONE }, 'volumeId');
    const file = join(this.root, `${id}.img`);
    writeFileSync(file, '');
    truncateSync(file, mebibytes * 1024 * 1024);
    const device = execFileSync('losetup', ['--find', '--show', file], { encoding: 'utf8' }).trim();
    const volume = { id, file, device };
    this.volumes.push(volume);
    return volume;
  }

  /** Another instance, as the one before. */
  async makeOther(): Promise<string> {
    const { imageId } = await this.moto.ec2('DescribeImages', {}, 'imageId');
    const started = { ImageId: imageId, InstanceType: 'm7g.large', MinCount: '1', MaxCount: '1' };
    const { instanceId } = await this.moto.ec2(
      'RunInstances',
      { ...started, 'Placement.AvailabilityZone': ZONE },
      'instanceId',
    );
    return instanceId;
  }

  /** What the kernel and udev do when a volume was attached. */
  plug({ id, device }: BenchVolume): void {
    const link = join(this.root, `dev/disk/by-id/nvme-Amazon_Elastic_Block_Store_${id.replace('-', '')}`);
    rmSync(link, { force: true });
    symlinkSync(device, link);
  }

  /** What lies in the stack: files, packages and the place of the node. */
  async deploy(volume: BenchVolume, files: Readonly<Record<string, string>> = {}): Promise<void> {
    const folder = mkdtempSync(join(this.root, 'asset-'));
    const all = [
      ...renderHost(this.model, this.node),
      { path: 'boot.sh', content: bootScript(this.model, this.node) },
      { path: 'kafka-node.service', content: nodeUnit(this.model, this.node) },
      { path: 'kafka-lifecycle.service', content: lifecycleUnit(this.model, this.node) },
    ];
    for (const { path, content } of all) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), files[path] ?? content);
    }
    const zip = join(this.root, 'asset.zip');
    execFileSync('sh', ['-c', 'cd "$1" && python3 -m zipfile -c "$2" *', 'sh', folder, zip]);
    const content = readFileSync(zip);
    const key = `${createHash('sha256').update(JSON.stringify(all)).update(JSON.stringify(files)).digest('hex')}.zip`;
    await this.moto.putObject('assets', key, content);
    await this.moto.json('ssm', 'AmazonSSM.PutParameter', {
      Name: PARAMETER,
      Type: 'String',
      Overwrite: true,
      Value: placeOfNode({
        region: REGION,
        parameter: PARAMETER,
        group: 'group',
        networkInterfaceId: this.interfaceId,
        volumeIds: [volume.id],
        secretId: SECRET,
        packages: 's3://packages/kafka',
        files: { bucketName: 'assets', objectKey: key },
      }),
    });
  }

  /** Has the next start take this volume, without another deployment. */
  place(volume: BenchVolume): void {
    const file = join(this.root, 'opt/kafka-node/place');
    writeFileSync(file, readFileSync(file, 'utf8').replace(/^volumes=.*$/m, `volumes=${volume.id}`));
  }

  async putPackages(sums?: string): Promise<void> {
    const version = this.model.kafka.patch;
    const name = `kafka_2.13-${version}`;
    const folder = join(this.root, name);
    mkdirSync(join(folder, 'libs'), { recursive: true });
    writeFileSync(join(folder, `libs/${name}.jar`), '');
    execFileSync('tar', ['-czf', join(this.root, `${name}.tgz`), '-C', this.root, name]);
    const packages = {
      [`${name}.tgz`]: readFileSync(join(this.root, `${name}.tgz`)),
      'jmx_prometheus_javaagent.jar': Buffer.from('agent'),
    };
    for (const [file, content] of Object.entries(packages))
      await this.moto.putObject('packages', `kafka/${file}`, content);
    const sum = ([file, content]: [string, Buffer]): string =>
      `${createHash('sha256').update(content).digest('hex')}  ${file}\n`;
    await this.moto.putObject('packages', 'kafka/packages.sha256', sums ?? Object.entries(packages).map(sum).join(''));
  }

  putCertificate(value: object): Promise<void> {
    return this.moto.json('secretsmanager', 'secretsmanager.PutSecretValue', {
      SecretId: SECRET,
      SecretString: JSON.stringify(value),
    });
  }

  /** The user data, as cloud-init runs them. Their paths are those of a machine, so they are run with the folder of this one. */
  userData(): Promise<BootResult> {
    const script = userData({ region: REGION, parameter: PARAMETER }).replaceAll('/opt/', `${this.root}/opt/`);
    return this.run(script);
  }

  /** boot.sh COMMAND, and then `look`, which sees the same mounts. */
  boot(command: string, look = ''): Promise<BootResult> {
    const script = join(this.root, 'opt/kafka-node/files/boot.sh');
    return this.run(`bash '${script}' ${command}; status=$?; ${look}\nexit $status`);
  }

  private run(script: string): Promise<BootResult> {
    const path = `${MOTO_PROGRAMS}:${process.env.PATH}`;
    return new Promise((done) => {
      execFile(
        'ip',
        [
          ...['netns', 'exec', this.namespace, 'unshare', '--mount', '--pid', '--fork', '--kill-child'],
          ...['timeout', '--signal=KILL', '390', 'bash', '--norc', '-c', `exec 2>&1\n${script}`],
        ],
        {
          encoding: 'utf8',
          env: {
            PATH: path,
            AWS_ENDPOINT_URL: `http://10.213.77.1:${this.aws.port}`,
            AWS_ACCESS_KEY_ID: 'test',
            AWS_SECRET_ACCESS_KEY: 'test',
            KAFKA_NODE_ROOT: this.root,
            KAFKA_NODE_IMDS: `http://10.213.77.1:${this.aws.port}`,
            KAFKA_NODE_MINUTE: '1',
          },
        },
        (error, stdout) => {
          const { code, signal } = (error ?? { code: 0 }) as { code?: number; signal?: string };
          done({ status: code ?? (signal === undefined ? 1 : 143), output: stdout });
        },
      );
    });
  }

  private async makeInstance(): Promise<void> {
    const { root, moto } = this;
    for (const folder of ['dev/disk/by-id', 'sys/class/nvme/nvme0', 'etc/systemd/system', 'run', 'opt', 'proc']) {
      mkdirSync(join(root, folder), { recursive: true });
    }
    writeFileSync(join(root, 'etc/fstab'), 'UUID=root / xfs defaults 0 1\n');
    chmodSync(root, 0o755);
    await moto.putBucket('assets');
    await moto.putBucket('packages');
    await moto.json('secretsmanager', 'secretsmanager.CreateSecret', { Name: SECRET });
    const { subnetId } = await moto.ec2(
      'DescribeSubnets',
      { 'Filter.1.Name': 'availability-zone', 'Filter.1.Value.1': ZONE },
      'subnetId',
    );
    const made = await moto.ec2(
      'CreateNetworkInterface',
      { SubnetId: subnetId },
      'networkInterfaceId',
      'macAddress',
      'privateIpAddress',
    );
    this.interfaceId = made.networkInterfaceId;
    this.mac = made.macAddress;
    this.address = made.privateIpAddress;
    this.instance = await this.makeOther();
    const { metadata } = this.aws;
    metadata.set('instance-id', this.instance);
    metadata.set('placement/availability-zone', ZONE);
    metadata.set(`network/interfaces/macs/${this.mac}/subnet-ipv4-cidr-block`, '172.31.0.0/20');
    // The interface comes with its attachment; here it is there from the start, down and without an address.
    execFileSync('ip', `-n ${this.namespace} link add eni type veth peer name eni-peer`.split(' '));
    execFileSync('ip', `-n ${this.namespace} link set eni address ${this.mac}`.split(' '));
    execFileSync('ip', `-n ${this.namespace} link set eni-peer up`.split(' '));
  }
}
