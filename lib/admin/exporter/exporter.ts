import { isIP } from 'node:net';
import type { BrokerDescription } from '../../core/cluster';
import { Failure } from '../../core/issue';
import type { AdminPort } from '../port';
import { SYSTEM_CLOCK, type Clock } from '../wait';
import { certificateMetrics, type TlsDoor } from './certificates';
import { LagClock } from './lag-clock';
import type { Metric } from './metric';
import { readMetrics } from './read-metrics';
import { singleReplicaMetric } from './topic-metrics';

export interface ExporterOptions {
  readonly admin: AdminPort;
  /** Names of nodes by their ids. @default the first word of the name of their host */
  readonly names?: ReadonlyMap<number, string>;
  /** Where certificates are looked at. @default where brokers are spoken to */
  readonly doors?: readonly TlsDoor[];
  /** Groups that are looked at. @default all that may be seen */
  readonly groups?: readonly string[];
  /** @default the machine's */
  readonly clock?: Clock;
}

/** Certificates end on a day, and topics are seldom made; a handshake, or the partitions of all topics, cost a node something. */
const SELDOM_EVERY_MS = 600_000;

/** Looks at a cluster again and again, and keeps what it saw last. */
export class Exporter {
  private readonly lags = new LagClock();
  private seldom: { readonly atMs: number; readonly metrics: readonly Metric[] } | undefined;
  private seen: readonly Metric[] = [];
  private why: string | undefined = 'it was not asked yet';

  constructor(private readonly options: ExporterOptions) {}

  /** One look. A cluster that does not answer is what it tells then, beside nothing that is old. */
  async look(admin = this.options.admin): Promise<void> {
    const { clock = SYSTEM_CLOCK, groups } = this.options;
    try {
      const { brokers } = await admin.describeCluster();
      const nameOf = (id: number): string => this.nameOf(id, brokers);
      const metrics = await readMetrics(admin, {
        ...{ lags: this.lags, clock, brokers, nameOf },
        ...(groups === undefined ? {} : { groups }),
      });
      this.seen = [...metrics, ...(await this.readSeldom(admin, brokers))];
      this.why = undefined;
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      this.seen = [];
      this.why = error.message;
    }
  }

  /** Why the last look saw nothing; undefined where it did. */
  get problem(): string | undefined {
    return this.why;
  }

  get metrics(): readonly Metric[] {
    const up: Metric = {
      name: 'kafka_exporter_up',
      help: 'Whether the cluster answered when it was last asked.',
      samples: [{ labels: {}, value: this.why === undefined ? 1 : 0 }],
    };
    return [up, ...this.seen];
  }

  private nameOf(id: number, brokers: readonly BrokerDescription[]): string {
    const host = brokers.find((broker) => broker.id === id)?.host;
    return this.options.names?.get(id) ?? (host === undefined || isIP(host) !== 0 ? String(id) : host.split('.')[0]!);
  }

  private async readSeldom(admin: AdminPort, brokers: readonly BrokerDescription[]): Promise<readonly Metric[]> {
    const { clock = SYSTEM_CLOCK } = this.options;
    const doors =
      this.options.doors ??
      brokers.map(({ id, host, port }) => ({ node: this.nameOf(id, brokers), listener: 'advertised', host, port }));
    if (this.seldom === undefined || clock.now() - this.seldom.atMs >= SELDOM_EVERY_MS) {
      const topics = brokers.length > 1 ? await admin.describeTopics('all') : [];
      this.seldom = {
        atMs: clock.now(),
        metrics: [...(await certificateMetrics(doors)), singleReplicaMetric(topics)],
      };
    }
    return this.seldom.metrics;
  }
}
