import type { Issue } from '../../core/issue';
import { GIB } from '../../core/units';
import type { ImportTarget } from './connection';
import { compact, majority, type Section } from './document';
import type { LiveCluster } from './live-cluster';

/** The nodes of a cluster in the words of one target. */
export interface ImportedNodes {
  readonly nodePools: Section;
  readonly racks?: readonly string[];
  /** Of the target, under `targets`. */
  readonly settings?: Section;
  readonly aws?: Section;
  readonly findings: readonly Issue[];
}

export interface NodeFacts {
  readonly live: LiveCluster;
  readonly target: ImportTarget;
  /** Of Amazon MSK. */
  readonly region?: string;
}

export function importNodes({ live, target, region }: NodeFacts): ImportedNodes {
  switch (target) {
    case 'hosts':
      return onHosts(live);
    case 'local':
      return onThisMachine(live);
    case 'msk':
      return onMsk(live, region!);
  }
}

interface Member {
  readonly id: number;
  readonly isBroker: boolean;
  readonly isController: boolean;
  readonly address?: string;
  readonly rack?: string;
}

/** Brokers, and voters of the quorum; a cluster whose quorum may not be seen has combined nodes as far as anybody knows. */
function members({ cluster, quorum }: LiveCluster): Member[] {
  const voters = new Set((quorum?.voters ?? cluster.brokers.slice(0, 1)).map(({ id }) => id));
  const brokers = cluster.brokers.map(({ id, host, rack }) =>
    compact({ id, isBroker: true, isController: voters.has(id), address: host, rack }),
  );
  const ids = new Set(brokers.map(({ id }) => id));
  const controllers = [...voters]
    .filter((id) => !ids.has(id))
    .map((id): Member => ({ id, isBroker: false, isController: true }));
  return [...controllers, ...brokers].sort((a, b) => a.id - b.id);
}

const POOLS = [
  { name: 'controllers', roles: ['controller'] },
  { name: 'nodes', roles: ['broker', 'controller'] },
  { name: 'brokers', roles: ['broker'] },
] as const;

function poolOf({ isBroker, isController }: Member): (typeof POOLS)[number]['name'] {
  if (!isBroker) return 'controllers';
  return isController ? 'nodes' : 'brokers';
}

function pools(all: readonly Member[], more: (own: readonly Member[]) => Section = () => ({})): Section {
  return Object.fromEntries(
    POOLS.flatMap(({ name, roles }) => {
      const own = all.filter((member) => poolOf(member) === name);
      return own.length === 0 ? [] : [[name, { roles, replicas: own.length, ...more(own) }]];
    }),
  );
}

function racksOf(all: readonly Member[]): readonly string[] | undefined {
  const racks = [...new Set(all.flatMap(({ rack }) => rack ?? []))].sort();
  return racks.length === 0 ? undefined : racks;
}

function onHosts(live: LiveCluster): ImportedNodes {
  const all = members(live);
  const racks = racksOf(all);
  const findings: Issue[] = [];
  const unknown = all.filter(({ address }) => address === undefined).map(({ id }) => id);
  if (unknown.length > 0)
    findings.push(
      assumed(
        'targets.hosts.inventory',
        `the addresses of controllers are not told to clients, got ids ${unknown.join(', ')}; the file has made-up ones.`,
        'Write the real ones there.',
      ),
    );
  const inventory = all.map(({ id, address, rack, ...member }, index) => {
    const pool = poolOf({ id, ...member });
    const dirs = live.logDirs.filter(({ broker }) => broker === id).map(({ path }) => path);
    return [
      `${pool === 'controllers' ? 'controller' : 'node'}-${id}`,
      compact({
        address: address ?? `controller-${id}.example`,
        nodePool: pool,
        nodeId: id,
        rack: rack ?? racks?.[index % racks.length],
        logDirs: dirs.length === 0 ? ['/var/lib/kafka/data-0/kafka'] : dirs.sort(),
      }),
    ] as const;
  });
  return {
    nodePools: pools(all),
    ...(racks === undefined ? {} : { racks }),
    settings: { inventory: Object.fromEntries(inventory) },
    findings,
  };
}

/** As many nodes as there are brokers, all of them combined where the quorum is elsewhere: a laptop is no copy of a data centre. */
function onThisMachine(live: LiveCluster): ImportedNodes {
  const all = members(live);
  const racks = racksOf(all);
  return {
    nodePools: pools(all, ([first]) => ({ nodeIds: { start: first!.id } })),
    ...(racks === undefined ? {} : { racks }),
    findings: [],
  };
}

function onMsk(live: LiveCluster, region: string): ImportedNodes {
  const brokers = live.cluster.brokers.length;
  const zones = Math.min(Math.max(racksOf(members(live))?.length ?? 3, 2), 3);
  const size = majority(live.logDirs.flatMap(({ totalBytes }) => totalBytes ?? []));
  return {
    nodePools: {
      brokers: {
        roles: ['broker'],
        replicas: brokers,
        volumes: [{ size: `${size === undefined ? 100 : Math.max(1, Math.round(size / GIB))}GiB` }],
      },
    },
    racks: ['a', 'b', 'c'].slice(0, zones).map((zone) => `${region}${zone}`),
    aws: { account: '000000000000', region },
    settings: { topicsManagedBy: 'reconciler' },
    findings: [
      assumed(
        'aws.account',
        'the account, the zones and the sizes of brokers are not told to clients, got none of them; the file has made-up ones.',
        'Write the real ones there before anything is deployed from it.',
      ),
    ],
  };
}

function assumed(path: string, message: string, hint: string): Issue {
  return { code: 'IMPORT-ASSUMED', level: 'warning', path, message, hint };
}
