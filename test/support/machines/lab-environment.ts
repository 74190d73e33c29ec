/** Where the volumes of a machine are mounted. */
export const MOUNTS = ['/data/1', '/data/2'];
export const SSH_USER = 'kafka-ops';

export interface LabNode {
  readonly id: number;
  readonly pool: string;
  readonly roles: readonly string[];
}

/** Three nodes that are both, or three controllers and three brokers. */
export type Shape = 'combined' | 'dedicated';

const POOLS: Readonly<Record<Shape, Readonly<Record<string, readonly string[]>>>> = {
  combined: { nodes: ['broker', 'controller'] },
  dedicated: { controllers: ['controller'], brokers: ['broker'] },
};

export function nodesOf(shape: Shape): LabNode[] {
  return Object.entries(POOLS[shape]).flatMap(([pool, roles], index) =>
    [1, 2, 3].map((ordinal): LabNode => ({ id: 3 * index + ordinal, pool, roles })),
  );
}

export interface LabOptions {
  /** `4.3` */
  readonly kafka?: string;
  /** Options of brokers that the environment sets. */
  readonly config?: Readonly<Record<string, string>>;
  /** Authentication and port of each listener. @default SCRAM on 9092 */
  readonly listeners?: Readonly<Record<string, { readonly authentication: string; readonly port: number }>>;
  /** Where `checkout` and `billing` log in. @default internal */
  readonly door?: string;
  readonly acknowledge?: readonly Readonly<Record<string, string>>[];
}

const SCRAM = { internal: { authentication: 'scram-sha-512', port: 9092 } };

/** The environment file of the cluster `lab`, as YAML. */
export function labEnvironment(shape: Shape, options: LabOptions): string {
  const { kafka = '4.3', config = {}, listeners = SCRAM, door = 'internal', acknowledge = [] } = options;
  const pools = Object.entries(POOLS[shape]).map(([name, roles]) => [name, { roles, replicas: 3, heap: '320MiB' }]);
  return `name: lab
target: hosts
kafka: { version: '${kafka}', config: ${JSON.stringify(config)} }
nodePools: ${JSON.stringify(Object.fromEntries(pools))}
racks: [r1, r2, r3]
listeners: ${JSON.stringify(listeners)}
topics:
  orders: { partitions: 6 }
principals:
  checkout: { listener: ${door}, produce: { topics: [orders] } }
  billing: { listener: ${door}, consume: { topics: [orders], groups: [billing] } }
acknowledge: ${JSON.stringify(acknowledge)}
targets:
  hosts:
    java: preinstalled
    ssh: { user: ${SSH_USER} }
    inventory: ${JSON.stringify(Object.fromEntries(nodesOf(shape).map(inventoryEntry)))}
`;
}

function inventoryEntry({ id, pool, roles }: LabNode): [string, object] {
  const mounts = roles.includes('broker') ? MOUNTS : MOUNTS.slice(0, 1);
  const logDirs = mounts.map((mount) => `${mount}/kafka`);
  return [
    `n${id}`,
    { address: `n${id}.lab.example`, nodePool: pool, nodeId: id, rack: `r${((id - 1) % 3) + 1}`, logDirs },
  ];
}
