import { didYouMean, oneOf, plural } from './hint';
import type { Rule } from './rule';

const INVENTORY = ['targets', 'hosts', 'inventory'];

/** The inventory of hosts against the node pools. */
export const HOST_RULES: readonly Rule[] = [
  {
    code: 'HOSTS-POOL',
    level: 'error',
    what: 'Every host belongs to a node pool that exists.',
    why: 'The host would get no files, and the cluster one node less.',
    source: 'the environment schema',
    check(model, report) {
      if (model.target !== 'hosts') return;
      const pools = model.pools.map(({ name }) => name);
      for (const [name, { nodePool }] of Object.entries(model.spec.targets?.hosts?.inventory ?? {})) {
        if (pools.includes(nodePool)) continue;
        report({
          path: [...INVENTORY, name, 'nodePool'],
          message: `there is no such node pool, got ${nodePool}; ${oneOf(pools)}.`,
          hint: didYouMean(nodePool, pools, 'Declare it under nodePools.'),
        });
      }
    },
  },
  {
    code: 'HOSTS-COUNT',
    level: 'error',
    what: 'A node pool has as many hosts as replicas.',
    why: 'Replication, quorum and capacity are checked against the replicas, so both must say the same.',
    source: 'the environment schema',
    check(model, report) {
      if (model.target !== 'hosts' || model.spec.targets?.hosts === undefined) return;
      for (const { name, replicas } of model.pools) {
        const count = model.nodes.filter((node) => node.pool.name === name).length;
        if (count === replicas) continue;
        report({
          path: ['nodePools', name, 'replicas'],
          message: `the pool has another number of hosts, got ${replicas} with ${plural(count, 'host')} in the inventory; both are the same.`,
          hint:
            count < replicas
              ? `Add ${plural(replicas - count, 'host')} to targets.hosts.inventory, or lower replicas.`
              : 'Raise replicas, or take hosts out of the inventory.',
        });
      }
    },
  },
  {
    code: 'HOSTS-ADDRESS',
    level: 'error',
    what: 'Every host has an address of its own.',
    why: 'Two nodes on one address take the same ports, and clients reach only one of them.',
    source: 'Apache Kafka documentation, advertised.listeners',
    check(model, report) {
      if (model.target !== 'hosts') return;
      const seen = new Map<string, string>();
      for (const { name, host } of model.nodes) {
        const owner = seen.get(host.toLowerCase());
        seen.set(host.toLowerCase(), owner ?? name);
        if (owner === undefined) continue;
        report({
          path: [...INVENTORY, name, 'address'],
          message: `two hosts have the same address, got ${host} for ${owner} and ${name}; each has its own.`,
          hint: 'Correct one of them.',
        });
      }
    },
  },
  {
    code: 'HOSTS-LOG-DIRS',
    level: 'error',
    what: 'A host has one log directory for each volume of its pool, all different.',
    why: 'Capacity is checked against the volumes; and Kafka refuses to start with one directory named twice.',
    source: 'Apache Kafka documentation, log.dirs',
    check(model, report) {
      if (model.target !== 'hosts') return;
      for (const { name, pool, logDirs } of model.nodes) {
        const path = [...INVENTORY, name, 'logDirs'];
        const repeated = logDirs.find((folder, index) => logDirs.indexOf(folder) !== index);
        if (repeated !== undefined) {
          report({
            path,
            message: `a log directory is named twice, got ${repeated}; each stands once.`,
            hint: 'Remove one of them.',
          });
        } else if (pool.volumeBytes.length > 0 && logDirs.length !== pool.volumeBytes.length) {
          report({
            path,
            message: `the host has another number of log directories than its pool has volumes, got ${logDirs.length} for ${plural(pool.volumeBytes.length, 'volume')} of ${pool.name}; both are the same.`,
            hint: 'Name one folder for each volume, each on a mount of its own.',
          });
        }
      }
    },
  },
  {
    code: 'HOSTS-RACK',
    level: 'error',
    what: 'Where there are racks, every host is in one of them.',
    why: 'A broker without a rack turns rack-aware placement off for the whole cluster, and one in a mistyped rack gets copies that belong elsewhere.',
    source: 'KIP-36',
    check(model, report) {
      if (model.target !== 'hosts') return;
      for (const { name, rack } of model.nodes) {
        if (rack === undefined ? model.racks.length === 0 : model.racks.includes(rack)) continue;
        report({
          path: rack === undefined ? [...INVENTORY, name] : [...INVENTORY, name, 'rack'],
          message: `the host is in none of the racks, got ${rack ?? 'none'}; ${oneOf(model.racks)}.`,
          hint: rack === undefined ? 'Add rack.' : didYouMean(rack, model.racks, 'Add it to racks, or correct it.'),
        });
      }
    },
  },
  {
    code: 'HOSTS-SSH-BECOME',
    level: 'error',
    what: 'A login that is not root becomes root.',
    why: 'Installing files and restarting the service need root: kdk roll would stop at the first host.',
    source: 'systemd, systemctl(1)',
    check(model, report) {
      const ssh = model.spec.targets?.hosts?.ssh;
      if (model.target !== 'hosts' || ssh?.become !== 'none' || ssh.user === undefined || ssh.user === 'root') return;
      report({
        path: ['targets', 'hosts', 'ssh', 'become'],
        message: `the login does not become root, got none for user ${ssh.user}; none is for root alone.`,
        hint: 'Remove it, or set it to sudo.',
      });
    },
  },
];
