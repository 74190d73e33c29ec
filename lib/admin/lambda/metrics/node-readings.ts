import { NODE_METRICS, type NodeReading, type PublishedMetric } from '../../../core/ec2/published-metrics';
import { select, type Series } from './exposition';

/** Values of metrics by their names. */
export type Values = ReadonlyMap<string, number>;

interface Count {
  readonly atMs: number;
  readonly value: number;
}

/** What the exporter of a node serves, and when. */
export interface Scrape {
  readonly node: string;
  readonly roles: readonly string[];
  readonly atMs: number;
  readonly series: readonly Series[];
}

/** Whether a metric is one of nodes with these roles. */
export function isOf({ nodes }: PublishedMetric, roles: readonly string[]): boolean {
  return nodes === 'all' || roles.includes(nodes === 'brokers' ? 'broker' : 'controller');
}

/** Makes metrics of what nodes expose. It remembers counters from look to look, so growth is there from the second one. */
export class NodeReadings {
  private readonly counts = new Map<string, Count>();

  read(scrape: Scrape): Map<string, number> {
    const values = new Map<string, number>();
    for (const metric of NODE_METRICS) {
      if (metric.reading === undefined || !isOf(metric, scrape.roles)) continue;
      const value = this.value(metric.name, metric.reading, scrape);
      if (value !== undefined) values.set(metric.name, rounded(value));
    }
    return values;
  }

  private value(name: string, reading: NodeReading, { node, atMs, series }: Scrape): number | undefined {
    const matching = reading.series.flatMap((selector) => select(series, selector)).map(({ value }) => value);
    if (matching.length === 0) return undefined;
    const now = fold(matching, reading.fold ?? 'sum') * (reading.times ?? 1);
    if (reading.percentOf !== undefined) {
      const all = select(series, reading.percentOf).reduce((sum, { value }) => sum + value, 0);
      return all > 0 ? (100 * now) / all : undefined;
    }
    if (reading.growth === undefined) return now;
    const grown = this.growth(`${node} ${name}`, { atMs, value: now });
    if (grown === undefined) return undefined;
    return reading.growth === 'each second' ? grown.value / (grown.atMs / 1000) : grown.value;
  }

  /** By how much, and in how many milliseconds. A node that was started again counts from nothing. */
  private growth(key: string, now: Count): Count | undefined {
    const before = this.counts.get(key);
    this.counts.set(key, now);
    if (before === undefined || now.atMs <= before.atMs) return undefined;
    return {
      value: now.value < before.value ? now.value : now.value - before.value,
      atMs: now.atMs - before.atMs,
    };
  }
}

function fold(values: readonly number[], how: NonNullable<NodeReading['fold']>): number {
  if (how === 'sum') return values.reduce((sum, value) => sum + value, 0);
  return how === 'min' ? Math.min(...values) : Math.max(...values);
}

function rounded(value: number): number {
  return Math.round(value * 1000) / 1000;
}
