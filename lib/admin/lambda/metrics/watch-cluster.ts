import { ACTIVE_CONTROLLER, METADATA_LOG_END, NODE_METRICS, seriesNames } from '../../../core/ec2/published-metrics';
import type { FleetNode } from '../../fleet';
import { Exporter, type Metric, type TlsDoor } from '../../exporter';
import { inParallel } from '../../parallel';
import type { AdminPort } from '../../port';
import { SYSTEM_CLOCK, type Clock } from '../../wait';
import type { ClusterLook, GroupLook } from './embedded-metrics';
import { parseExposition, select, type Series } from './exposition';
import { isOf, NodeReadings, type Scrape } from './node-readings';

export interface WatchedNode extends Pick<FleetNode, 'name' | 'roles'> {
  readonly host: string;
  /** Of its JMX exporter. */
  readonly metricsPort: number;
  /** Where it shows its certificate. */
  readonly tlsPort: number;
}

export interface WatchOptions {
  readonly cluster: string;
  readonly nodes: readonly WatchedNode[];
  /** Groups whose lag is told. */
  readonly groups: readonly string[];
  /** @default the machine's */
  readonly clock?: Clock;
}

const SCRAPE_TIMEOUT_MS = 10_000;
const AT_A_TIME = 16;
const DAY_SECONDS = 86_400;

/** Looks at a cluster again and again: at each node by its JMX exporter, and at the cluster as `kdk exporter` does. */
export class ClusterWatch {
  private readonly readings = new NodeReadings();
  private exporter: Exporter | undefined;
  private readonly clock: Clock;

  constructor(private readonly options: WatchOptions) {
    this.clock = options.clock ?? SYSTEM_CLOCK;
  }

  /** One look. `ask` runs what it is given with a client, or not at all where nobody answers; nodes are read even then. */
  async look(ask: (look: (admin: AdminPort) => Promise<void>) => Promise<void>): Promise<ClusterLook> {
    const { cluster, nodes } = this.options;
    const atMs = this.clock.now();
    const [scrapes, answers] = await Promise.all([this.scrapeAll(), this.answers(ask)]);
    const seen = answers ? this.exporter!.metrics : [];
    const looked = nodes.map(({ name, roles }) => {
      const scrape = scrapes.get(name);
      const values = scrape === undefined ? new Map<string, number>() : this.readings.read(scrape);
      values.set('NodeUp', scrape === undefined ? 0 : 1);
      add(values, 'MetadataRecordsBehind', behind(scrape, scrapes));
      add(values, 'CertificateDaysLeft', this.daysLeft(seen, name));
      add(values, 'DiskUsedPercent', diskUsed(seen, name));
      for (const metric of NODE_METRICS) if (!isOf(metric, roles)) values.delete(metric.name);
      return { node: name, values };
    });
    const controllers = [...scrapes.values()].filter(({ roles }) => roles.includes('controller'));
    return {
      ...{ cluster, atMs },
      values: new Map([
        ['ClusterAnswers', answers ? 1 : 0],
        ['ControllersUp', controllers.length],
        [
          'ActiveControllerCount',
          controllers.filter(({ series }) => select(series, ACTIVE_CONTROLLER)[0]?.value === 1).length,
        ],
      ]),
      nodes: looked,
      groups: groupLooks(seen),
    };
  }

  private async answers(ask: (look: (admin: AdminPort) => Promise<void>) => Promise<void>): Promise<boolean> {
    let answers = false;
    await ask(async (admin) => {
      this.exporter ??= this.makeExporter(admin);
      await this.exporter.look(admin);
      answers = this.exporter.problem === undefined;
    });
    return answers;
  }

  private makeExporter(admin: AdminPort): Exporter {
    const { nodes, groups } = this.options;
    const doors = nodes.map(({ name, host, tlsPort }): TlsDoor => ({
      node: name,
      listener: 'node',
      host,
      port: tlsPort,
    }));
    return new Exporter({ admin, doors, groups, clock: this.clock });
  }

  /** Of those that answer. */
  private async scrapeAll(): Promise<Map<string, Scrape>> {
    const scrapes = new Map<string, Scrape>();
    await inParallel(
      this.options.nodes,
      async ({ name, roles, host, metricsPort }) => {
        const series = await scrape(`http://${host}:${metricsPort}/metrics`);
        if (series !== undefined) scrapes.set(name, { node: name, roles, atMs: this.clock.now(), series });
      },
      AT_A_TIME,
    );
    return scrapes;
  }

  private daysLeft(seen: readonly Metric[], node: string): number | undefined {
    const ends = samplesOf(seen, 'kafka_certificate_end_time_seconds', node);
    if (ends.length === 0) return undefined;
    return Math.round((100 * (Math.min(...ends) - this.clock.now() / 1000)) / DAY_SECONDS) / 100;
  }
}

const NAMES = seriesNames(NODE_METRICS).map((name) => `name[]=${encodeURIComponent(name)}`);

/** Undefined where nothing answers. */
async function scrape(url: string): Promise<readonly Series[] | undefined> {
  try {
    const response = await fetch(`${url}?${NAMES.join('&')}`, { signal: AbortSignal.timeout(SCRAPE_TIMEOUT_MS) });
    return response.ok ? parseExposition(await response.text()) : undefined;
  } catch {
    return undefined;
  }
}

/** The metadata log of the node that has most of it is the measure of the others. */
function behind(scrape: Scrape | undefined, scrapes: ReadonlyMap<string, Scrape>): number | undefined {
  const endOf = ({ series }: Scrape): number | undefined => select(series, METADATA_LOG_END)[0]?.value;
  const own = scrape === undefined ? undefined : endOf(scrape);
  if (own === undefined) return undefined;
  return Math.max(...[...scrapes.values()].map((other) => endOf(other) ?? 0)) - own;
}

function diskUsed(seen: readonly Metric[], node: string): number | undefined {
  const sizes = samplesOf(seen, 'kafka_log_dir_size_bytes', node);
  const free = samplesOf(seen, 'kafka_log_dir_free_bytes', node);
  const used = sizes.flatMap((size, index) => (size > 0 ? [100 * (1 - free[index]! / size)] : []));
  return used.length === 0 ? undefined : Math.round(100 * Math.max(...used)) / 100;
}

function samplesOf(seen: readonly Metric[], name: string, node: string): number[] {
  const samples = seen.find((metric) => metric.name === name)?.samples ?? [];
  return samples.filter(({ labels }) => labels['node'] === node).map(({ value }) => value);
}

function groupLooks(seen: readonly Metric[]): GroupLook[] {
  const groups = new Map<string, Map<string, { records?: number; seconds?: number }>>();
  for (const [name, key] of [
    ['kafka_group_lag_records', 'records'],
    ['kafka_group_lag_seconds', 'seconds'],
  ] as const) {
    for (const { labels, value } of seen.find((metric) => metric.name === name)?.samples ?? []) {
      const topics = groups.get(labels['group']!) ?? new Map<string, { records?: number; seconds?: number }>();
      groups.set(labels['group']!, topics);
      topics.set(labels['topic']!, { ...topics.get(labels['topic']!), [key]: value });
    }
  }
  return [...groups].map(([group, topics]) => ({
    group,
    topics: [...topics].map(([topic, lag]) => ({ topic, ...lag })),
  }));
}

function add(values: Map<string, number>, name: string, value: number | undefined): void {
  if (value !== undefined) values.set(name, value);
}
