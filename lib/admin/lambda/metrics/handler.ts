import { Failure } from '../../../core/issue';
import { explain } from '../explain';
import { log } from '../log';
import { withPorts } from '../ports';
import { embeddedMetrics } from './embedded-metrics';
import { ClusterWatch, type WatchedNode } from './watch-cluster';

/** Nodes of a pool, which are called by their ordinals. */
export interface WatchedPool {
  readonly name: string;
  readonly roles: readonly string[];
  readonly nodes: number;
  readonly tlsPort: number;
}

/** What the schedule tells at each look. */
export interface MetricsEvent {
  readonly environment: string;
  readonly region: string;
  readonly zone: string;
  readonly pools: readonly WatchedPool[];
  readonly metricsPort: number;
  readonly groups: readonly string[];
  readonly authentication: 'mtls';
  readonly adminSecretArn: string;
}

/** The next look is a minute later. */
const PATIENCE_MS = 15_000;

/** What is remembered from look to look, for as long as Lambda keeps the function warm; by what it looks at. */
const watches = new Map<string, ClusterWatch>();

/** Looks at the cluster, and writes what it saw into the log, where CloudWatch makes metrics of it. A cluster that does not answer is a metric too. */
export async function handler(event: MetricsEvent): Promise<void> {
  const { environment, region } = event;
  const watch = watchOf(event);
  const look = await watch.look(async (ask) => {
    const properties = {
      ...{ Environment: environment, Owner: environment, Region: region },
      ...{ BootstrapServers: brokersOf(event).join(','), Authentication: event.authentication },
      AdminSecretArn: event.adminSecretArn,
    };
    try {
      await withPorts(properties, {}, { patienceMs: PATIENCE_MS }, ({ admin }) => ask(admin));
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      log(explain(error));
    }
  });
  for (const line of embeddedMetrics(look)) log(line);
}

function watchOf(event: MetricsEvent): ClusterWatch {
  const key = JSON.stringify(event);
  const watch =
    watches.get(key) ?? new ClusterWatch({ cluster: event.environment, nodes: nodesOf(event), groups: event.groups });
  watches.clear();
  watches.set(key, watch);
  return watch;
}

function nodesOf({ zone, pools, metricsPort }: MetricsEvent): WatchedNode[] {
  return pools.flatMap(({ name, roles, nodes, tlsPort }) =>
    Array.from({ length: nodes }, (_, ordinal) => ({
      ...{ name: `${name}-${ordinal}`, host: `${name}-${ordinal}.${zone}` },
      ...{ roles, metricsPort, tlsPort },
    })),
  );
}

function brokersOf(event: MetricsEvent): string[] {
  const brokers = nodesOf(event).filter(({ roles }) => roles.includes('broker'));
  return brokers.map(({ host, tlsPort }) => `${host}:${tlsPort}`);
}
