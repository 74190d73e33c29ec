import { MIB, sizeBytes } from '../units';
import type { EnvironmentSpec } from '../spec';
import type { Settler } from './explain';
import type { ConnectModel, ConnectorModel } from './connect-model';
import { METRICS_PORT } from './targets/target';

const REST_PORT = 8083;
/** What is said of workers of Connect alone. */
const OF_WORKERS = ['replicas', 'memory', 'config', 'plugins', 'connectors'] as const;

/** Workers that the kit runs, on the target itself or as pods of another environment; absent where there are none, or a service runs them. */
export function resolveConnect(spec: EnvironmentSpec, metrics: boolean, settler: Settler): ConnectModel | undefined {
  const { connect } = spec;
  const { runtime = 'workers' } = connect ?? {};
  if (connect === undefined || runtime === 'msk-connect') return undefined;
  // It may say no more than where mirrors and stream applications run, and who the workers of mirrors are.
  if (typeof runtime === 'object' && OF_WORKERS.every((key) => connect[key] === undefined)) return undefined;
  const declared = Object.entries(connect.connectors ?? {});
  const memoryMiB = settler.settle(
    ['connect', 'memory'],
    connect.memory === undefined ? undefined : Math.floor(sizeBytes(connect.memory) / MIB),
    () => 2048,
    'room for a few connectors and their batches',
  );
  return {
    group: 'connect',
    ...(runtime === 'workers' ? {} : { environment: runtime.environment }),
    replicas: settler.settle(
      ['connect', 'replicas'],
      connect.replicas,
      () => 2,
      'the connectors of a worker that is lost go on on another',
    ),
    ...workersOf(spec, metrics, memoryMiB),
    plugins: Object.entries(connect.plugins ?? {}).map(([name, { maven }]) => ({ name, maven })),
    deletedConnectors: declared.flatMap(([name, { deleted }]) =>
      deleted === undefined ? [] : [{ name, reason: deleted.reason }],
    ),
    connectors: declared
      .filter(([, { deleted }]) => deleted === undefined)
      .map(([name, connector]): ConnectorModel => ({
        name,
        // Without one a rule reports it.
        className: connector.class ?? '',
        tasksMax: connector.tasksMax ?? 1,
        state: connector.state ?? 'running',
        config: Object.fromEntries(Object.entries(connector.config ?? {}).map(([key, value]) => [key, String(value)])),
        secretConfig: connector.secretConfig ?? {},
        ...(connector.plugin === undefined ? {} : { plugin: connector.plugin }),
        ...(connector.principal === undefined ? {} : { principal: connector.principal }),
      })),
  };
}

/** What workers of any group have; none of them runs anything yet. */
export function workersOf(
  spec: EnvironmentSpec,
  metrics: boolean,
  memoryMiB: number,
): Omit<ConnectModel, 'group' | 'replicas'> {
  return {
    memoryMiB,
    // Workers keep their data on the heap and read no log files: unlike a broker they gain nothing from page cache.
    heapMiB: Math.floor(memoryMiB * 0.75),
    restPort: REST_PORT,
    plugins: [],
    connectors: [],
    deletedConnectors: [],
    ...(metrics ? { metricsPort: spec.monitoring?.metricsPort ?? METRICS_PORT } : {}),
  };
}
