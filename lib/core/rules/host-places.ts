import type { EnvironmentModel, NodeModel } from '../model';
import { MIB, sizeBytes } from '../units';
import type { Rule } from './rule';

const INVENTORY = ['targets', 'hosts', 'inventory'];

/** Names as DNS and certificates have them, IPv4 and IPv6. */
const ADDRESS = /^(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*$|^[0-9a-f:.]*:[0-9a-f:.]*:[0-9a-f:.]*$/i; // prettier-ignore
const OWN = /^(localhost|127(\.\d+){3}|0\.0\.0\.0|::1?)$/i;

/** What the service of a node does not see, and what other things live in. systemd.exec(5): ProtectHome, PrivateTmp, PrivateDevices. */
const NOT_BELOW = ['/boot', '/dev', '/etc', '/home', '/proc', '/root', '/run', '/sys', '/tmp', '/usr', '/var/tmp'];
const NOT_THERE = ['/', '/opt', '/var', '/var/lib', '/var/lib/kafka', '/var/log', '/var/log/kafka'];

/** Where hosts are, what they are made of, and where on them records go. */
export const HOST_PLACE_RULES: readonly Rule[] = [
  {
    code: 'HOSTS-ADDRESS-FORM',
    level: 'error',
    what: 'The address of a host is a DNS name or an IP address, without a port, and not that of every machine itself.',
    why: 'Nodes and clients are told to go there, and certificates are made for it: a port in it is none of its own, and localhost leads every host to itself.',
    source: 'Apache Kafka documentation, advertised.listeners; RFC 1123',
    check(model, report) {
      if (model.target !== 'hosts') return;
      for (const { name, host } of model.nodes) {
        const path = [...INVENTORY, name, 'address'];
        if (!ADDRESS.test(host)) {
          report({
            path,
            message: `the address is neither a name nor an address, got ${host}; a DNS name, IPv4 or IPv6 is allowed.`,
            hint: /:\d+$/.test(host)
              ? 'Leave the port out: listeners have theirs.'
              : 'Write for example b1.dc1.example.',
          });
        } else if (OWN.test(host) && model.nodes.length > 1) {
          report({
            path,
            message: `the address leads every host to itself, got ${host}; one that the other hosts reach is needed.`,
            hint: 'Write the name or the address by which the others know it.',
          });
        }
      }
    },
  },
  {
    code: 'HOSTS-LOG-DIR-PLACE',
    level: 'error',
    what: 'A log directory is a folder of its own, not within another one, not where systemd hides files or the system has its own.',
    why: 'Kafka takes every folder in a log directory for a partition and stops at others; and the hardened service sees neither /home nor /tmp.',
    source: 'LogManager.loadLogs of Apache Kafka; systemd.exec(5)',
    check(model, report) {
      if (model.target !== 'hosts') return;
      for (const node of model.nodes) {
        for (const [index, folder] of node.logDirs.entries()) {
          const problem = wrongPlace(node, folder);
          if (problem !== undefined) report({ path: [...INVENTORY, node.name, 'logDirs', index], ...problem });
        }
      }
    },
  },
  {
    code: 'HOSTS-MEMORY',
    level: 'error',
    what: 'The Java heap of a node leaves at least a quarter of the memory of its host.',
    why: 'What is left is the page cache, from which consumers that keep up are served; a heap that does not fit is swapped out, or the kernel ends the node.',
    source: 'Apache Kafka documentation, Hardware and OS',
    check(model, report) {
      if (model.target !== 'hosts') return;
      for (const { name, heapMiB } of model.nodes) {
        const memoryMiB = memoryOf(model, name);
        if (memoryMiB === undefined || heapMiB <= memoryMiB * 0.75) continue;
        report({
          path: [...INVENTORY, name, 'memory'],
          message: `the Java heap does not fit into the memory of the host, got ${heapMiB} MiB of ${memoryMiB} MiB; at most three quarters are allowed.`,
          hint: 'Lower heap of the node pool, or leave it out: then it is half the memory of each host, 6 GiB at most.',
        });
      }
    },
  },
];

function wrongPlace({ logDirs }: NodeModel, folder: string): { message: string; hint: string } | undefined {
  if (folder !== '/' && /\/$|\/\/|\/\.{1,2}(\/|$)/.test(folder)) {
    return {
      message: `the log directory is not written plainly, got ${folder}; a path without //, . and .. and without / at its end is allowed.`,
      hint: 'Write for example /data/1/kafka.',
    };
  }
  const outer = logDirs.find((other) => other !== folder && folder.startsWith(`${other}/`));
  if (outer !== undefined) {
    return {
      message: `the log directory is within another one, got ${folder} in ${outer}; each is a folder beside the others.`,
      hint: 'Give it a place of its own.',
    };
  }
  const taken = NOT_THERE.includes(folder) ? folder : NOT_BELOW.find((place) => `${folder}/`.startsWith(`${place}/`));
  if (taken === undefined) return undefined;
  return {
    message: `the log directory is where the system has its own files, got ${folder}; a folder on a data volume is allowed.`,
    hint: 'Mount the volume elsewhere, for example on /data/1, and name /data/1/kafka.',
  };
}

function memoryOf(model: EnvironmentModel, host: string): number | undefined {
  const memory = model.spec.targets?.hosts?.inventory[host]?.memory;
  return memory === undefined ? undefined : Math.floor(sizeBytes(memory) / MIB);
}
