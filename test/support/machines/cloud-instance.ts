import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { EnvironmentModel, NodeModel } from '../../../lib/core/model';
import { renderHost } from '../../../lib/host';
import { bootScript } from '../../../lib/selfmanaged/private/boot-script';
import { lifecycleUnit, nodeUnit } from '../../../lib/selfmanaged/private/instance/units';
import { placeOfNode, userData } from '../../../lib/selfmanaged/private/user-data';
import { makeAuthority } from '../certificates';
import { modelOfText } from '../environments';
import { AwsProxy } from '../ec2-stand-in/aws-proxy';
import { Moto, MOTO_PROGRAMS, REGION } from '../ec2-stand-in/moto';
import { writeFiles } from '../host-nodes';
import { kdk } from '../kdk';
import { must } from './command';
import { LAB, Machine } from './machine';
import { Volume } from './volume';

const METADATA = '169.254.169.254';
const PARAMETER = '/kafka/edge/nodes-0';
const SECRET = 'kafka/edge/nodes-0';

/** A machine that starts as an instance does: cloud-init with user data, a metadata service, an empty volume, and AWS behind an emulator. */
export class CloudInstance {
  readonly machine = new Machine('n1', '192.0.2.11');
  readonly folder = join(LAB, 'cloud');
  readonly volume: Volume;
  moto!: Moto;
  aws!: AwsProxy;
  /** Of the network interface of the node. */
  address = '';
  private volumeId = '';
  private mac = '';

  /** Log directory of the node, a folder of its volume. */
  readonly logDir: string;
  private readonly model: EnvironmentModel;
  private readonly node: NodeModel;

  /** Of an environment called edge. */
  constructor(environment: string) {
    mkdirSync(join(this.folder, 'environments'), { recursive: true });
    writeFileSync(join(this.folder, 'environments/edge.yaml'), environment);
    this.model = modelOfText(environment);
    this.node = this.model.nodes[0]!;
    this.logDir = this.node.logDirs[0]!;
    this.volume = Volume.blank(LAB, 'ebs');
  }

  /** Turned on for the first time; returns when all is started that starts by itself. */
  async launch(): Promise<void> {
    must('ip', ['address', 'add', `${METADATA}/32`, 'dev', 'hosts']);
    must('ip', ['address', 'add', '172.31.0.1/20', 'dev', 'hosts']);
    this.moto = await Moto.start();
    this.aws = await AwsProxy.start('0.0.0.0', this.moto.url, 80);
    await this.fillAccount();
    const { machine } = this;
    // Every machine lets an operator in, and this one has none.
    must('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', join(LAB, 'ssh/id_ed25519')]);
    machine.install({ ebs: this.volume });
    this.seed();
    const started = machine.start();
    await this.plugIn();
    await started.catch((error: Error) => {
      const { stdout } = machine.run(
        'tail -n 30 /var/log/cloud-init-output.log; journalctl --no-pager -u kafka-node -u kafka | tail -n 30; systemctl list-jobs; ip address; ls -l /dev/disk/by-id',
      );
      throw new Error(`${error.message}: ${stdout}`);
    });
  }

  async close(): Promise<void> {
    await this.machine.remove();
    await this.aws.stop();
    await this.moto.stop();
  }

  /** What udev and the attachment of EC2 bring: the route to the metadata, the second interface, and the name of the volume. */
  async plugIn(): Promise<void> {
    const { name } = this.machine;
    must('ip', ['-n', name, 'route', 'add', METADATA, 'dev', 'eth0']);
    must('ip', ['link', 'add', 'to-eni', 'type', 'veth', 'peer', 'name', 'eth1', 'netns', name]);
    must('ip', ['link', 'set', 'to-eni', 'master', 'hosts', 'up']);
    must('ip', ['-n', name, 'link', 'set', 'eth1', 'address', this.mac]);
    const link = `/dev/disk/by-id/nvme-Amazon_Elastic_Block_Store_${this.volumeId.replace('-', '')}`;
    for (let tries = 0; tries < 100; tries++) {
      const { status } = this.machine.run(`mkdir -p /dev/disk/by-id && ln -sfn ${this.volume.attach()} ${link}`);
      if (status === 0) return;
      await sleep(200);
    }
    throw new Error('the machine does not take a volume');
  }

  private async fillAccount(): Promise<void> {
    const { moto, model, node, folder } = this;
    const zone = `${REGION}a`;
    const { subnetId } = await moto.ec2(
      'DescribeSubnets',
      { 'Filter.1.Name': 'availability-zone', 'Filter.1.Value.1': zone },
      'subnetId',
    );
    const eni = await moto.ec2(
      'CreateNetworkInterface',
      { SubnetId: subnetId },
      'networkInterfaceId',
      'macAddress',
      'privateIpAddress',
    );
    this.mac = eni.macAddress;
    this.address = eni.privateIpAddress;
    const { imageId } = await moto.ec2('DescribeImages', {}, 'imageId');
    const { instanceId } = await moto.ec2(
      'RunInstances',
      { ImageId: imageId, InstanceType: 'm7g.large', MinCount: '1', MaxCount: '1' },
      'instanceId',
    );
    ({ volumeId: this.volumeId } = await moto.ec2('CreateVolume', { Size: '1', AvailabilityZone: zone }, 'volumeId'));
    const { metadata } = this.aws;
    metadata.set('instance-id', instanceId);
    metadata.set('placement/availability-zone', zone);
    metadata.set(`network/interfaces/macs/${this.mac}/subnet-ipv4-cidr-block`, '172.31.0.0/20');
    metadata.set('iam/security-credentials/', 'kafka-node');
    metadata.set(
      'iam/security-credentials/kafka-node',
      JSON.stringify({
        ...{ Code: 'Success', Type: 'AWS-HMAC', AccessKeyId: 'test', SecretAccessKey: 'test', Token: 'token' },
        ...{ LastUpdated: new Date().toISOString(), Expiration: new Date(Date.now() + 6 * 3_600_000).toISOString() },
      }),
    );
    for (const bucket of ['assets', 'packages']) await moto.putBucket(bucket);
    const packages = join(folder, 'packages');
    const { status, stderr } = await kdk(folder, ['packages', 'edge', '--out', packages, '--only', 'kafka']);
    if (status !== 0) throw new Error(stderr);
    for (const file of readdirSync(packages))
      await moto.putObject('packages', `kafka/${file}`, readFileSync(join(packages, file)));
    const authority = makeAuthority(folder, 'edge-authority');
    const { certificate, key } = authority.issue('node:edge', `DNS:${node.host}`);
    await moto.json('secretsmanager', 'secretsmanager.CreateSecret', {
      Name: SECRET,
      SecretString: JSON.stringify({ 'node.pem': `${key}${certificate}`, 'ca.crt': authority.certificate }),
    });
    const files = join(folder, 'files');
    writeFiles(files, [
      ...renderHost(model, node),
      { path: 'boot.sh', content: bootScript(model, node) },
      { path: 'kafka-node.service', content: nodeUnit(model, node) },
      { path: 'kafka-lifecycle.service', content: lifecycleUnit(model, node) },
    ]);
    execFileSync('sh', ['-c', 'cd "$1" && python3 -m zipfile -c "$2" *', 'sh', files, join(folder, 'files.zip')]);
    await moto.putObject('assets', 'files.zip', readFileSync(join(folder, 'files.zip')));
    await moto.json('ssm', 'AmazonSSM.PutParameter', {
      Name: PARAMETER,
      Type: 'String',
      Value: placeOfNode({
        ...{ region: REGION, parameter: PARAMETER, group: 'kafka-edge-nodes-0', secretId: SECRET },
        ...{ networkInterfaceId: eni.networkInterfaceId, volumeIds: [this.volumeId], packages: 's3://packages/kafka' },
        files: { bucketName: 'assets', objectKey: 'files.zip' },
      }),
    });
  }

  /** What an image and the launch template bring: cloud-init with its seed, and the command line of AWS. */
  private seed(): void {
    const write = (path: string, text: string): void => {
      const file = this.machine.file(path);
      mkdirSync(join(file, '..'), { recursive: true });
      writeFileSync(file, text);
    };
    write('etc/hosts', `127.0.0.1 localhost\n${this.address} ${this.node.host}\n`);
    write('var/lib/cloud/seed/nocloud/meta-data', 'instance-id: i-1\n');
    write('var/lib/cloud/seed/nocloud/user-data', userData({ region: REGION, parameter: PARAMETER }));
    write('etc/cloud/cloud.cfg.d/90-seed.cfg', 'datasource_list: [NoCloud]\nnetwork: {config: disabled}\n');
    write(
      'etc/systemd/system.conf.d/aws.conf',
      `[Manager]\nDefaultEnvironment=AWS_ENDPOINT_URL=http://${METADATA} KAFKA_NODE_MINUTE=2\n`,
    );
    write('usr/local/bin/aws', '#!/bin/sh\nPYTHONPATH=/opt/aws-cli exec python3 -W ignore -m awscli "$@"\n');
    must('chmod', ['0755', this.machine.file('usr/local/bin/aws')]);
    mkdirSync(this.machine.file('opt/aws-cli'), { recursive: true });
    const [packages] = readdirSync(join(MOTO_PROGRAMS, '../lib')).map((python) =>
      join(MOTO_PROGRAMS, '../lib', python, 'site-packages'),
    );
    must('mount', ['--bind', packages!, this.machine.file('opt/aws-cli')]);
  }
}
