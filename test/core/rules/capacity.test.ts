import { CAPACITY_RULES } from '../../../lib/core/rules/capacity';
import { openText } from '../../support/environments';
import { kubernetesText } from '../../support/manifests';
import { testRules } from '../../support/rule-cases';

const load = (text: string): string => `topics: { orders: { partitions: 12, ${text} } }`;

describe('the rules of capacity', () => {
  testRules(CAPACITY_RULES, [
    ['a small load', 'kubernetes', load('load: { produce: 10KiB/s }'), []],
    ['a load without volumes to fill', 'hosts', load('load: { produce: 10MiB/s }'), []],
    // 1 MiB/s for 7 days and a day of an open segment are about 676 GiB a copy, on two brokers that hold two copies: 676 GiB each.
    [
      'a load that fills 200 GiB',
      'kubernetes',
      load('load: { produce: 1MiB/s }'),
      ['CAPACITY-DISK nodePools.brokers.volumes'],
    ],
    [
      'a load that a size bounds',
      'kubernetes',
      load('retention: { bytesPerPartition: 5GiB }, load: { produce: 1MiB/s }'),
      [],
    ],
    [
      'a disk that may fill to the brim',
      'kubernetes',
      `${load('load: { produce: 1MiB/s }')}\nnodePools: { brokers: { volumes: [{ size: 700GiB }] } }\ncapacity: { maxDiskUtilization: 1 }`,
      [],
    ],
    [
      'a load for ever',
      'kubernetes',
      load('retention: { time: forever }, load: { produce: 1B/s }'),
      ['CAPACITY-ENDLESS topics.orders'],
    ],
    ['a load that is compacted', 'kubernetes', load('cleanupPolicy: [compact], load: { produce: 1MiB/s }'), []],
    [
      'more than the stated network',
      'kubernetes',
      `${load('retention: { bytesPerPartition: 1GiB }, load: { produce: 10MiB/s, consumerGroups: 4 }')}\ncapacity: { network: 20MiB/s }`,
      ['CAPACITY-NETWORK capacity.network'],
    ],
    [
      'more than the network and the volumes of the instance',
      'msk',
      load('retention: { bytesPerPartition: 1GiB }, load: { produce: 200MiB/s, consumerGroups: 1 }'),
      ['CAPACITY-NETWORK nodePools.brokers.replicas', 'CAPACITY-STORAGE nodePools.brokers.replicas'],
    ],
    [
      'the network of the same instance on EC2',
      'ec2',
      `targets: { ec2: { instanceTypes: { brokers: m7g.large } } }\n${load('retention: { bytesPerPartition: 1GiB }, load: { produce: 80MiB/s, consumerGroups: 9 }')}`,
      ['CAPACITY-NETWORK nodePools.brokers.replicas', 'CAPACITY-STORAGE nodePools.brokers.replicas'],
    ],
    [
      'an instance that is not known',
      'ec2',
      `targets: { ec2: { instanceTypes: { brokers: x9.large } } }\n${load('retention: { bytesPerPartition: 1GiB }, load: { produce: 80MiB/s, consumerGroups: 9 }')}`,
      [],
    ],
    [
      'more than clients of Express brokers may',
      'express',
      load('load: { produce: 40MiB/s }'),
      ['CAPACITY-CLIENTS nodePools.brokers.replicas'],
    ],
    ['as many replicas as MSK recommends', 'msk', 'topics: { a: { partitions: 1000 } }', []],
    [
      'more replicas than MSK recommends',
      'msk',
      'topics: { a: { partitions: 1001 } }',
      ['CAPACITY-REPLICAS nodePools.brokers.replicas'],
    ],
    [
      'more replicas than a self-managed broker should hold',
      'kubernetes',
      'topics: { a: { partitions: 4001 } }',
      ['CAPACITY-REPLICAS nodePools.brokers.replicas'],
    ],
    [
      'a heap without room for fetches',
      'local',
      'nodePools: { nodes: { replicas: 1, heap: 256MiB }, more: { roles: [broker], replicas: 20 } }',
      ['CAPACITY-HEAP nodePools.more', 'CAPACITY-HEAP nodePools.nodes'],
    ],
    [
      'a page cache below 30 seconds of writes',
      'kubernetes',
      `nodePools: { brokers: { memory: 2GiB } }\n${load('retention: { bytesPerPartition: 1GiB }, load: { produce: 100MiB/s }')}`,
      ['CAPACITY-PAGE-CACHE nodePools.brokers'],
    ],
    [
      'nothing that must survive',
      'kubernetes',
      `capacity: { survive: nothing }\n${load('load: { produce: 100KiB/s }')}`,
      [],
    ],
  ]);
});

test.each([
  ['a broker less would have too little room', '100GiB', 'warning'],
  ['all brokers together have too little room', '50GiB', 'error'],
])('disks are said to be too small where %s', (_, size, level) => {
  const pools = `{ controllers: { roles: [controller], replicas: 3, volumes: [{ size: 1GiB }] }, brokers: { roles: [broker], replicas: 3, volumes: [{ size: ${size} }] } }`;
  const load = 'topics: { orders: { retention: { time: 1d }, load: { produce: 1MiB/s, consumerGroups: 1 } } }';
  const { issues } = openText(kubernetesText({ pools, more: load }));
  expect(issues.filter(({ code }) => code === 'CAPACITY-DISK').map((issue) => issue.level)).toEqual([level]);
});
