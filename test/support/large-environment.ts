interface Size {
  readonly brokers: number;
  readonly topics: number;
  readonly principals: number;
}

const TEAMS = [
  ...['billing', 'catalogue', 'checkout', 'customers', 'delivery', 'fraud', 'inventory', 'ledger', 'marketing'],
  ...['notifications', 'orders', 'payments', 'pricing', 'returns', 'reviews', 'search', 'shipping', 'stock'],
  ...['suppliers', 'support', 'tax', 'telemetry', 'vouchers', 'warehouse'],
];
const EVENTS = ['created', 'changed', 'removed', 'requested', 'confirmed', 'failed', 'audit', 'snapshots'];
const RACKS = ['hall-1', 'hall-2', 'hall-3'];

/** The text of an environment on hosts with many brokers, topics of many teams, and clients that read what other teams write. */
export function largeEnvironment({ brokers, topics, principals }: Size): string {
  const lines = [
    'name: large',
    'description: Every team of a large company on one cluster',
    'target: hosts',
    "kafka: { version: '4.2' }",
    'nodePools:',
    '  controllers: { roles: [controller], replicas: 3 }',
    `  brokers: { roles: [broker], replicas: ${brokers}, volumes: [{ size: 4TiB }] }`,
    `racks: [${RACKS.join(', ')}]`,
    'listeners:',
    '  internal: { authentication: scram-sha-512 }',
    '  partners: { authentication: mtls }',
    'capacity: { network: 1200MiB/s }',
    'topicDefaults: { partitions: 6, replicationFactor: 3, minInSyncReplicas: 2, retention: { time: 3d } }',
    'topics:',
    ...Array.from({ length: topics }, (_, index) => topicLine(index)),
    'principals:',
    ...Array.from({ length: principals }, (_, index) => principalLine(index)),
    'targets:',
    '  hosts:',
    '    inventory:',
    ...Array.from({ length: 3 }, (_, index) => hostLine({ name: `c${index + 1}`, pool: 'controllers', id: index })),
    ...Array.from({ length: brokers }, (_, index) =>
      hostLine({ name: `b${index + 1}`, pool: 'brokers', id: 101 + index }),
    ),
  ];
  return `${lines.join('\n')}\n`;
}

function topicLine(index: number): string {
  const team = TEAMS[index % TEAMS.length]!;
  const event = EVENTS[Math.floor(index / TEAMS.length) % EVENTS.length]!;
  const series = Math.floor(index / (TEAMS.length * EVENTS.length));
  const load =
    index % 3 === 0 ? `load: { produce: ${1 + (index % 7) * 64}KiB/s, consumerGroups: ${1 + (index % 3)} }` : '';
  const kept = index % 5 === 4 ? 'cleanupPolicy: [compact]' : `partitions: ${3 + (index % 4) * 3}`;
  return `  ${team}.${event}${series === 0 ? '' : `-${series}`}: { ${[kept, load].filter((part) => part !== '').join(', ')} }`;
}

function principalLine(index: number): string {
  const team = TEAMS[index % TEAMS.length]!;
  const other = TEAMS[(index * 7 + 3) % TEAMS.length]!;
  const name = `${team}-${['writer', 'reader', 'jobs', 'search'][Math.floor(index / TEAMS.length) % 4]}${Math.floor(index / (TEAMS.length * 4)) || ''}`;
  const writes = Math.floor(index / TEAMS.length) % 2 === 0 ? `produce: { topics: ['${team}.*'] }, ` : '';
  return `  ${name}: { listener: internal, ${writes}consume: { topics: ['${other}.*', '${team}.*'], groups: ['${name}*'] } }`;
}

interface Host {
  readonly name: string;
  readonly pool: string;
  readonly id: number;
}

function hostLine({ name, pool, id }: Host): string {
  const rack = RACKS[id % RACKS.length]!;
  return `      ${name}: { address: ${name}.example, nodePool: ${pool}, nodeId: ${id}, rack: ${rack}, logDirs: [/data/1/kafka] }`;
}
