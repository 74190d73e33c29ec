import * as z from 'zod';
import { autoscaler } from './application';
import { awsAlarms } from './aws-alarms';
import { namespaceName, objectName } from './kubernetes-name';
import { kubernetesListeners } from './kubernetes-listener';
import { mirrorMaker } from './mirror';
import { override } from './override';
import { count, form, label, line, port, rate, size } from './scalar';
import { drift, kubernetesConnect } from './target-kubernetes-connect';
import { kubernetesImages } from './target-kubernetes-images';
import { kubernetesPods } from './target-kubernetes-pods';
import { msk, mskServerless } from './target-msk';
import { strimzi } from './target-strimzi';

export const TARGETS = ['msk', 'msk-serverless', 'ec2', 'kubernetes', 'hosts', 'local'] as const;
export type TargetName = (typeof TARGETS)[number];

const cidr = form(
  /^\d{1,3}(\.\d{1,3}){3}\/\d{1,2}$/,
  'not an address range',
  'IPv4 in CIDR notation is allowed',
  '10.0.0.0/16',
);

export const aws = z
  .strictObject({
    account: form(/^\d{12}$/, 'not an account id', '12 digits in quotes are allowed', '"111122223333"')
      .optional()
      .describe('Account id, 12 digits, quoted. Deploying elsewhere is refused.'),
    region: form(
      /^[a-z]{2}(-[a-z]+)+-\d$/,
      'not a region',
      'the code of an AWS region is allowed',
      'eu-west-1',
    ).describe('Region, for example eu-west-1.'),
    vpc: z
      .strictObject({
        id: form(/^vpc-[0-9a-z]+$/, 'not a VPC id', 'vpc- and letters and digits are allowed', 'vpc-0a1b2c3d')
          .optional()
          .describe('A VPC that is there already. Default: a new one.'),
        cidr: cidr.optional().describe('Address range of a new VPC. Default: 10.0.0.0/16.'),
        subnets: z
          .array(
            form(
              /^subnet-[0-9a-z]+$/,
              'not a subnet id',
              'subnet- and letters and digits are allowed',
              'subnet-0a1b2c3d',
            ),
          )
          .min(1)
          .max(6)
          .optional()
          .describe('Subnets of the given VPC, one a rack, in the order of racks.'),
      })
      .optional()
      .describe('The network.'),
    kmsKey: form(
      /^(create|arn:aws[\w-]*:kms:[a-z0-9-]+:\d{12}:key\/[\w-]+)$/,
      'not a customer key',
      'the word create or the ARN of a key is allowed',
      'create',
    )
      .optional()
      .describe('Customer key: create, or the ARN of a key. Default: create.'),
    clients: z
      .array(
        z.strictObject({
          securityGroup: form(
            /^sg-[0-9a-z]+$/,
            'not a security group id',
            'sg- and letters and digits are allowed',
            'sg-0c1d2e3f',
          )
            .optional()
            .describe('A security group whose members may connect.'),
          cidr: cidr.optional().describe('An address range that may connect.'),
        }),
      )
      .optional()
      .describe('Who may reach the brokers. Default: nobody.'),
    tags: z
      .record(z.string().min(1).max(128), z.string().max(256))
      .optional()
      .describe('Tags for everything that can carry them.'),
    alarms: awsAlarms.optional(),
    dashboard: z
      .boolean()
      .optional()
      .describe('A dashboard in Amazon CloudWatch. Default: true where there are alarms.'),
  })
  .describe('What the AWS targets share. Literals only; tokens come through construct props.');

const imageParameter = () =>
  form(
    /^\/[\w.-]+(\/[\w.-]+)*$/,
    'not the name of an SSM parameter',
    'an absolute path of letters, digits, dots, dashes and underscores is allowed',
    '/images/kafka/arm64',
  );

const ec2 = z
  .strictObject({
    instanceTypes: z
      .record(
        label('a node pool'),
        form(
          /^[a-z][a-z0-9-]*\.[a-z0-9-]+$/,
          'not an instance type',
          'the name of an EC2 instance type is allowed',
          'm7g.large',
        ),
      )
      .optional()
      .describe('Instance type by node pool. Default: t4g.medium for controllers, m7g.large for brokers.'),
    images: z
      .strictObject({
        arm64: imageParameter().optional().describe('For instances with processors of AWS.'),
        x86_64: imageParameter().optional().describe('For all others.'),
      })
      .optional()
      .describe(
        'SSM parameters with the ids of machine images, by architecture; an image has what Amazon Linux 2023 has: systemd, the AWS CLI, Python and dnf. Default: the newest Amazon Linux 2023.',
      ),
    volumes: z
      .record(
        label('a node pool'),
        z.strictObject({
          throughput: rate()
            .optional()
            .describe('Of each volume: 125MiB/s to 2000MiB/s. Default: from the load of topics.'),
          iops: count(3000, 80_000)
            .optional()
            .describe('Operations a second of each volume. Default: what throughput needs.'),
        }),
      )
      .optional()
      .describe('Performance of the gp3 volumes by node pool, beside what the load of topics asks for.'),
    snapshots: z
      .strictObject({
        every: z.enum(['1h', '2h', '3h', '4h', '6h', '8h', '12h', '24h']).describe('How often.'),
        keep: count(1, 1000).describe('How many of each volume.'),
      })
      .optional()
      .describe('Snapshots of all volumes, each for itself and as after a loss of power. Default: none.'),
    dnsZone: line('DNS zone', 253)
      .optional()
      .describe('Private zone that gives each node its name. Default: NAME.kafka.internal.'),
    certificates: z
      .enum(['stack', 'secret'])
      .optional()
      .describe(
        'Who makes the certificates: stack, a function with an authority of its own, or secret: you, in the secrets kafka/NAME/NODE and kafka/NAME/administrator. Default: stack.',
      ),
    packages: form(
      /^s3:\/\/[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](\/[\w./-]*)?$/,
      'not a folder in S3',
      's3:// with a bucket and a folder is allowed',
      's3://packages/kafka',
    )
      .optional()
      .describe(
        'Folder in S3 that instances fetch from: kafka_2.13-VERSION.tgz and, with metrics, jmx_prometheus_javaagent.jar, with packages.sha256; kdk packages writes all.',
      ),
    override,
  })
  .describe('Self-managed brokers on EC2.');

export const kubernetes = z
  .strictObject({
    version: form(
      /^1\.\d{1,3}$/,
      'not a Kubernetes version',
      'a quoted text such as "1.34" is allowed',
      '"1.34"',
    ).describe('Kubernetes version, quoted, for example "1.34".'),
    namespace: namespaceName().describe('Namespace of all objects.'),
    clusterDomain: line('DNS domain', 253).optional().describe('Default: cluster.local.'),
    storageClass: objectName('a storage class', 'gp3')
      .optional()
      .describe('Storage class of the volumes. Default: the one of the cluster.'),
    rackSource: z
      .enum(['pod-zone-label', 'statefulset-per-zone'])
      .optional()
      .describe(
        'Where broker.rack comes from: the zone label of the pod (Kubernetes 1.35), or one StatefulSet a zone. Default: statefulset-per-zone.',
      ),
    certificates: z
      .enum(['cert-manager', 'secret'])
      .optional()
      .describe(
        'Who makes the certificates: cert-manager, which must be there, or secret: you, as Secrets of the same names. Default: cert-manager.',
      ),
    autoscaling: autoscaler.optional(),
    certificateHash: line('hash', 128)
      .optional()
      .describe(
        'Hash of the certificate that nodes are to run with, or any word: another one restarts them in turn. Default: they restart by themselves for a renewed one, one at a time.',
      ),
    listeners: kubernetesListeners.optional(),
    mirrorMaker: mirrorMaker.optional(),
    images: kubernetesImages,
    connect: kubernetesConnect.optional(),
    drift: drift.optional(),
    exporter: z
      .boolean()
      .optional()
      .describe(
        'Whether a pod serves lags of groups, disks and ends of certificates to Prometheus. It needs images.tools. Default: false.',
      ),
    pods: kubernetesPods.optional(),
    strimzi: strimzi.optional(),
    override,
  })
  .describe('Kubernetes.');

const hosts = z
  .strictObject({
    java: z.enum(['preinstalled', 'bundled']).optional().describe('Where Java comes from. Default: preinstalled.'),
    ssh: z
      .strictObject({
        user: line('user', 64)
          .optional()
          .describe('Login name on every host. Default: the one of ssh_config, or of who runs kdk.'),
        port: port().optional().describe('Port of SSH. Default: the one of ssh_config, or 22.'),
        become: z
          .enum(['sudo', 'none'])
          .optional()
          .describe(
            'How the login becomes root: sudo, which must not ask for a password, or none where it is root. Default: sudo, and none for root.',
          ),
      })
      .optional()
      .describe('How kdk roll reaches the hosts, by the ssh of the machine that it runs on and the ssh_config there.'),
    inventory: z
      .record(
        label('a host'),
        z.strictObject({
          address: line('address', 253).describe('DNS name or address that clients and other nodes use.'),
          nodePool: label('a node pool').describe('The node pool that it belongs to.'),
          nodeId: count(0, 1_000_000).describe('node.id; never changes.'),
          rack: z.string().min(1).max(63).optional().describe('Its failure domain, one of racks.'),
          memory: size()
            .optional()
            .describe(
              'Memory of the host; its Java heap is half of it, 6GiB at most. Default: memory and heap of the node pool.',
            ),
          logDirs: z
            .array(
              form(
                /^\/[^,\s]*$/,
                'not an absolute path',
                'a path that begins with / and has no comma and no space is allowed',
                '/data/1/kafka',
              ),
            )
            .min(1)
            .describe('Absolute paths, each a folder on a mount of its own.'),
        }),
      )
      .describe('The hosts by name.'),
    override,
  })
  .describe('Bare metal or virtual machines.');

const local = z
  .strictObject({
    ports: z
      .strictObject({ first: port().describe('The first port; the others follow.') })
      .optional()
      .describe('Ports on 127.0.0.1. Default: from 19092.'),
    heap: size().optional().describe('Java heap of each node. Default: 384MiB.'),
    override,
  })
  .describe('Processes on this machine.');

export const targets = z
  .strictObject({
    msk: msk.optional(),
    'msk-serverless': mskServerless.optional(),
    ec2: ec2.optional(),
    kubernetes: kubernetes.optional(),
    hosts: hosts.optional(),
    local: local.optional(),
  })
  .describe('Settings of each target and, under override, its differences from the neutral part.');
