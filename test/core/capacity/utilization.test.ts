import { bottleneckOf, shareOf, utilizationOf, type Utilization } from '../../../lib/core/capacity';
import type { EnvironmentModel } from '../../../lib/core/model';
import { CAPACITY_RULES } from '../../../lib/core/rules/capacity';
import { findings } from '../../../lib/core/rules';
import { modelOfFile, openText } from '../../support/environments';
import { BASES } from '../../support/rule-cases';

const model = (base: keyof typeof BASES, change: string): EnvironmentModel =>
  openText(`extends: ./base.yaml\n${change}`, { files: { 'base.yaml': BASES[base] } }).model!;

/** The rule that speaks of each resource. */
const RULES: Readonly<Record<Utilization['resource'], string>> = {
  disk: 'CAPACITY-DISK',
  'network in': 'CAPACITY-NETWORK',
  'network out': 'CAPACITY-NETWORK',
  'throughput of the volumes': 'CAPACITY-STORAGE',
  ingress: 'CAPACITY-CLIENTS',
  egress: 'CAPACITY-CLIENTS',
  replicas: 'CAPACITY-REPLICAS',
  'page cache': 'CAPACITY-PAGE-CACHE',
  heap: 'CAPACITY-HEAP',
};

describe('the utilization of resources', () => {
  const load = (rate: string, more = ''): string =>
    `topics: { orders: { partitions: 12, retention: { time: 1d }, config: { segment.ms: 3600000 }, load: { produce: ${rate}, consumerGroups: 2 } ${more} } }`;

  test.each([
    ['kubernetes', load('1MiB/s')],
    ['kubernetes', `${load('400MiB/s')}\ncapacity: { network: 100MiB/s }`],
    ['kubernetes', 'topics: { orders: { partitions: 30000 } }'],
    ['msk', load('1MiB/s')],
    ['msk', load('300MiB/s')],
    ['ec2', load('300MiB/s')],
  ] as const)('is more than what may be used exactly where a rule warns: %s, %s', (base, change) => {
    const of = model(base, change);
    const over = utilizationOf(of)
      .filter((line) => shareOf(line) > 1)
      .map(({ resource }) => RULES[resource]);
    const told = findings(of, CAPACITY_RULES).map(({ code }) => code);
    expect(new Set(over)).toEqual(new Set(told.filter((code) => code !== 'CAPACITY-ENDLESS')));
  });

  test('names the resource that is used up first', () => {
    const lines = utilizationOf(modelOfFile('prod'));
    expect(bottleneckOf(lines)).toMatchObject({ pool: 'brokers', resource: 'disk', growsWithLoad: true });
    expect(lines.map(({ resource }) => resource)).toEqual([
      'disk',
      'network in',
      'network out',
      'throughput of the volumes',
      'replicas',
    ]);
    expect(bottleneckOf([])).toBeUndefined();
  });

  test('leaves out what no load asks for, and what nobody chose', () => {
    expect(utilizationOf(modelOfFile('dc1')).map(({ resource }) => resource)).toEqual(['replicas', 'heap']);
  });
});
