import type { Flag } from './definition';

/** How a cluster is reached. */
export const REACH: readonly Flag[] = [
  ['--bootstrap <host:port,...>', 'where to reach the cluster; known by itself for local and MSK'],
  ['--command-config <file>', "how the administrator logs in: a client.properties of Kafka's own tools"],
];
/** How hosts are reached. */
export const SSH: readonly Flag[] = [
  ['--ssh-config <file>', 'hosts: an ssh_config instead of your own'],
  ['--ssh-identity <file>', 'hosts: a private key beside those of your agent'],
];
export const SECRETS: Flag = [
  '--secrets <folder>',
  'passwords: one folder a secret, one file a key; default: by the target',
];
export const CONNECT: Flag = [
  '--connect <url>',
  'REST interface of a Connect worker, for connectors; several times for several of one cluster',
  'many',
];
