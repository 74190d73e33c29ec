import type { EnvironmentSpec } from '../../core/spec';

export interface PoolOptions {
  readonly name: string;
  readonly roles: EnvironmentSpec['nodePools'][string]['roles'];
  readonly count: number;
  readonly volumeGiB: number;
  readonly instanceType?: string;
  readonly throughputMiBps?: number;
  readonly iops?: number;
}

export interface SpecOptions {
  readonly name: string;
  readonly kafkaVersion: string;
  readonly pools: readonly PoolOptions[];
  readonly zones: readonly string[];
  readonly authentications: readonly EnvironmentSpec['listeners'][string]['authentication'][];
  readonly config: Readonly<Record<string, string>>;
  readonly packages: string;
  readonly account: string;
  /** Promises of consumer groups. @default none */
  readonly lag?: NonNullable<NonNullable<EnvironmentSpec['monitoring']>['lag']>;
  /** Further settings of the target. */
  readonly ec2: Omit<NonNullable<NonNullable<EnvironmentSpec['targets']>['ec2']>, 'override'>;
}

/** The environment that the properties of a construct describe, so that it goes the same way as a file. */
export function clusterSpec(options: SpecOptions): EnvironmentSpec {
  const { name, kafkaVersion, pools, zones, authentications, config, packages, account, lag, ec2 } = options;
  return {
    name,
    target: 'ec2',
    kafka: { version: kafkaVersion, config: { ...config } },
    nodePools: Object.fromEntries(
      pools.map((pool) => [
        pool.name,
        { roles: [...pool.roles], replicas: pool.count, volumes: [{ size: `${pool.volumeGiB}GiB` }] },
      ]),
    ),
    racks: [...zones],
    listeners: Object.fromEntries(
      authentications.map((authentication) => [listenerName(authentication), { authentication }]),
    ),
    ...(lag === undefined ? {} : { monitoring: { lag } }),
    // A zone is called after its region.
    aws: { account, region: zones[0]!.replace(/[a-z]$/, '') },
    targets: {
      ec2: {
        packages,
        instanceTypes: Object.fromEntries(
          pools.flatMap((pool) => (pool.instanceType === undefined ? [] : [[pool.name, pool.instanceType]])),
        ),
        ...volumesOf(pools),
        ...ec2,
      },
    },
  };
}

function volumesOf(pools: readonly PoolOptions[]): Pick<SpecOptions['ec2'], 'volumes'> {
  const entries = pools.flatMap(({ name, throughputMiBps, iops }) =>
    throughputMiBps === undefined && iops === undefined
      ? []
      : [
          [
            name,
            {
              ...(throughputMiBps === undefined ? {} : { throughput: `${throughputMiBps}MiB/s` }),
              ...(iops === undefined ? {} : { iops }),
            },
          ] as const,
        ],
  );
  return entries.length === 0 ? {} : { volumes: Object.fromEntries(entries) };
}

/** One listener for each authentication; its name only has to be good for server.properties. */
function listenerName(authentication: string): string {
  return authentication.replaceAll('-', '').replace('sha512', '');
}
