import { AWS_RULES } from '../../../lib/core/rules/aws';
import { HOST_RULES } from '../../../lib/core/rules/hosts';
import { TARGET_RULES } from '../../../lib/core/rules/targets';
import { testRules } from '../../support/rule-cases';

describe('the rules of targets', () => {
  testRules(TARGET_RULES, [
    ['a laptop that says nothing', 'local', '{}', []],
    ['every base', 'serverless', '{}', []],
    ['Kubernetes without its section', 'kubernetes', 'targets: null', ['TARGET-SECTION']],
    ['hosts without an inventory', 'hosts', 'targets: null', ['TARGET-SECTION']],
    ['AWS without an account and a region', 'ec2', 'aws: null', ['TARGET-SECTION']],
    ['a version that MSK does not offer', 'msk', 'kafka: { version: "4.3" }', ['KAFKA-VERSION-TARGET kafka.version']],
    [
      'a version that Express brokers do not offer',
      'express',
      'kafka: { version: "4.1" }',
      ['KAFKA-VERSION-TARGET kafka.version'],
    ],
    ['a version that only Express brokers offer', 'express', 'kafka: { version: "4.2" }', []],
    [
      'a version that the kit does not install',
      'hosts',
      'kafka: { version: "4.0" }',
      ['KAFKA-VERSION-TARGET kafka.version'],
    ],
    ['a patch release on hosts', 'hosts', 'kafka: { version: "4.3.0" }', []],
    ['a patch release on MSK', 'msk', 'kafka: { version: "4.1.1" }', ['KAFKA-VERSION-PATCH kafka.version']],
    [
      'a cluster id on MSK',
      'msk',
      'kafka: { clusterId: MkU3OEVBNTcwNTJENDM2Qg }',
      ['KAFKA-CLUSTER-ID kafka.clusterId'],
    ],
    [
      'zone labels of pods in 1.35',
      'kubernetes',
      'targets: { kubernetes: { version: "1.35", rackSource: pod-zone-label } }',
      [],
    ],
    [
      'a StatefulSet with a long name',
      'kubernetes',
      `name: ${'n'.repeat(40)}\nnodePools: { controllers: { replicas: 3 } }`,
      ['KUBERNETES-NAME-LENGTH nodePools.controllers'],
    ],
  ]);
});

const vpc = (text: string): string => `aws: { vpc: { ${text} } }`;

describe('the rules of AWS', () => {
  testRules(AWS_RULES, [
    ['a new VPC', 'msk', vpc('cidr: 10.1.0.0/16'), []],
    ['a given VPC', 'ec2', vpc('id: vpc-0a, subnets: [subnet-a, subnet-b, subnet-c]'), []],
    ['no account', 'msk', 'aws: { account: null }', ['AWS-ACCOUNT aws']],
    ['a zone of another region', 'msk', 'racks: [eu-west-1a, eu-west-1b, us-east-1c]', ['AWS-ZONES racks[2]']],
    ['one zone', 'msk', 'racks: [eu-west-1a]', ['AWS-ZONES racks']],
    ['two zones for Express brokers', 'express', 'racks: [eu-west-1a, eu-west-1b]', ['AWS-ZONES racks']],
    ['one zone on EC2', 'ec2', 'racks: [eu-west-1a]', []],
    ['no zone on EC2', 'ec2', 'racks: null', ['AWS-ZONES racks']],
    [
      'fewer subnets than racks',
      'msk',
      vpc('id: vpc-0a, subnets: [subnet-a, subnet-b]'),
      ['AWS-SUBNETS aws.vpc.subnets'],
    ],
    ['a VPC without subnets', 'msk', vpc('id: vpc-0a'), ['AWS-SUBNETS aws.vpc']],
    ['subnets without a VPC', 'msk', vpc('subnets: [subnet-a, subnet-b, subnet-c]'), ['AWS-SUBNETS aws.vpc.subnets']],
    [
      'a range of a VPC that has one',
      'msk',
      vpc('id: vpc-0a, cidr: 10.0.0.0/16, subnets: [subnet-a, subnet-b, subnet-c]'),
      ['AWS-SUBNETS aws.vpc.cidr'],
    ],
    ['a range that is too large', 'msk', vpc('cidr: 10.0.0.0/8'), ['AWS-CIDR aws.vpc.cidr']],
    ['a range that is too small', 'msk', vpc('cidr: 10.0.0.0/25'), ['AWS-CIDR aws.vpc.cidr']],
    ['a range with bits beyond its prefix', 'msk', vpc('cidr: 10.0.1.0/16'), ['AWS-CIDR aws.vpc.cidr']],
    ['a client at no address', 'msk', 'aws: { clients: [{ cidr: 10.0.0.256/32 }] }', ['AWS-CIDR aws.clients[0].cidr']],
    [
      'a client that is nobody and one that is two',
      'msk',
      'aws: { clients: [{}, { cidr: 10.0.0.0/8, securityGroup: sg-0a }] }',
      ['AWS-CLIENT aws.clients[0]', 'AWS-CLIENT aws.clients[1]'],
    ],
    ['everybody', 'msk', 'aws: { clients: [{ cidr: 0.0.0.0/0 }] }', ['AWS-CLIENT-ANYWHERE aws.clients[0].cidr']],
  ]);
});

const host = (name: string, text: string): string => `targets: { hosts: { inventory: { ${name}: { ${text} } } } }`;

describe('the rules of hosts', () => {
  testRules(HOST_RULES, [
    ['an inventory that fits', 'hosts', '{}', []],
    ['a login as root', 'hosts', 'targets: { hosts: { ssh: { user: root, become: none } } }', []],
    ['a login by sudo', 'hosts', 'targets: { hosts: { ssh: { user: ops, port: 2222, become: sudo } } }', []],
    [
      'a login that stays what it is',
      'hosts',
      'targets: { hosts: { ssh: { user: ops, become: none } } }',
      ['HOSTS-SSH-BECOME targets.hosts.ssh.become'],
    ],
    [
      'a host of no pool',
      'hosts',
      host('b3', 'nodePool: broker'),
      ['HOSTS-COUNT nodePools.brokers.replicas', 'HOSTS-POOL targets.hosts.inventory.b3.nodePool'],
    ],
    [
      'fewer hosts than replicas',
      'hosts',
      'nodePools: { brokers: { replicas: 4 } }',
      ['HOSTS-COUNT nodePools.brokers.replicas'],
    ],
    [
      'more hosts than replicas',
      'hosts',
      'nodePools: { brokers: { replicas: 2 } }',
      ['HOSTS-COUNT nodePools.brokers.replicas'],
    ],
    [
      'one address for two hosts',
      'hosts',
      host('b3', 'address: B2.example'),
      ['HOSTS-ADDRESS targets.hosts.inventory.b3.address'],
    ],
    ['a folder for each volume', 'hosts', 'nodePools: { brokers: { volumes: [{ size: 1TiB }] } }', []],
    [
      'fewer folders than volumes',
      'hosts',
      'nodePools: { controllers: { volumes: [{ size: 1TiB }, { size: 1TiB }] } }',
      [
        'HOSTS-LOG-DIRS targets.hosts.inventory.c1.logDirs',
        'HOSTS-LOG-DIRS targets.hosts.inventory.c2.logDirs',
        'HOSTS-LOG-DIRS targets.hosts.inventory.c3.logDirs',
      ],
    ],
    [
      'one folder twice',
      'hosts',
      host('b3', 'logDirs: [/data, /data]'),
      ['HOSTS-LOG-DIRS targets.hosts.inventory.b3.logDirs'],
    ],
    ['a host in no rack', 'hosts', host('b3', 'rack: null'), ['HOSTS-RACK targets.hosts.inventory.b3']],
    ['a host in a mistyped rack', 'hosts', host('b3', 'rack: r33'), ['HOSTS-RACK targets.hosts.inventory.b3.rack']],
    [
      'hosts without racks',
      'hosts',
      `racks: null\ntargets: { hosts: { inventory: { ${['c1', 'c2', 'c3', 'b1', 'b2', 'b3'].map((name) => `${name}: { rack: null }`).join(', ')} } } }`,
      [],
    ],
  ]);
});
