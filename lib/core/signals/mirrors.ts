import type { MirrorModel } from '../model';
import type { PrometheusAlert, Signal, Watched } from './signal';

/** Where workers of mirrors have an exporter. */
const ofMirrors =
  (alert: (watched: Watched, mirrors: readonly MirrorModel[]) => PrometheusAlert | undefined): Signal['prometheus'] =>
  (watched) => {
    const { mirrorMaker } = watched.model;
    if (mirrorMaker?.workers.metricsPort === undefined) return undefined;
    const running = mirrorMaker.mirrors.filter(({ state, deleted }) => state === 'running' && deleted === undefined);
    return running.length === 0 ? undefined : alert(watched, running);
  };

/** Whether mirrors copy what they should, where workers of the environment run them. */
export const MIRROR_SIGNALS: readonly Signal[] = [
  {
    id: 'mirror-worker-down',
    title: 'A worker of mirrors does not answer',
    question: 'does it move data in and out',
    why: 'Its mirrors go on on the other workers; with none left nothing is copied.',
    severity: 'warning',
    prometheus: ofMirrors(({ series }) => ({
      expression: `${series('up', 'kafka="mirror"')} == 0`,
      forMinutes: 10,
      summary: 'The worker {{ $labels.node }} does not answer.',
    })),
  },
  {
    id: 'mirror-task-failed',
    title: 'A task of a mirror has failed',
    question: 'does it move data in and out',
    why: 'It is not started again by itself: what is written at the source is not here.',
    severity: 'critical',
    prometheus: ofMirrors(({ series }) => ({
      expression: `sum by (connector) (${series('kafka_connect_connector_task_metrics_status', 'kafka="mirror",status="failed"')}) > 0`,
      forMinutes: 5,
      summary: '{{ $value }} tasks of {{ $labels.connector }} have failed.',
    })),
  },
  {
    id: 'mirror-late',
    title: 'A mirror is further behind than it promises',
    question: 'is it late',
    why: 'What is not here yet is what a loss of the source loses.',
    severity: 'critical',
    prometheus: ofMirrors(({ series }, mirrors) => ({
      expression: [...promises(mirrors)]
        .map(
          ([source, maxLagMs]) =>
            `max by (source) (${series('kafka_connect_mirror_replication_latency_ms_max', `source="${source}"`)}) / 1000 > ${maxLagMs / 1000}`,
        )
        .join(' or '),
      forMinutes: 15,
      summary: 'Records of {{ $labels.source }} are {{ $value | humanizeDuration }} old when they are here.',
    })),
  },
  {
    id: 'mirror-stopped',
    title: 'A mirror copies nothing of what is written',
    question: 'does it move data in and out',
    why: 'Its tasks run and are not late, since nothing arrives: the source cannot be reached, or may not be read.',
    severity: 'critical',
    prometheus: ofMirrors(({ model, series }, mirrors) => {
      // Seen where the same Prometheus reads the source too: nothing here tells a quiet source from one that is cut off.
      const flows = mirrors.filter(({ alias }) => model.environments.get(alias)?.managedBy === 'self');
      if (flows.length === 0) return undefined;
      return {
        expression: flows
          .map(({ alias, topics }) => {
            const written = `sum(rate(kafka_server_topicmetrics_bytesin_total{environment="${alias}",topic=~"${topics.map(regex).join('|')}"}[15m])) > 0`;
            const copied = `sum(rate(${series('kafka_connect_mirror_records_total', `source="${alias}"`)}[15m])) > 0`;
            return `label_replace((${written}) unless (${copied}), "source", "${alias}", "", "")`;
          })
          .join(' or '),
        forMinutes: 15,
        summary: 'Of {{ $value | humanize1024 }}B/s that producers write in {{ $labels.source }} nothing arrives.',
      };
    }),
  },
];

/** The shortest promise of all mirrors of a source: their series do not tell them apart. */
function promises(mirrors: readonly MirrorModel[]): ReadonlyMap<string, number> {
  const bySource = new Map<string, number>();
  for (const { alias, maxLagMs } of mirrors) bySource.set(alias, Math.min(maxLagMs, bySource.get(alias) ?? maxLagMs));
  return bySource;
}

/** A name or a prefix as a regular expression in a string of PromQL. */
function regex(pattern: string): string {
  const escaped = pattern.replace(/\*$/, '').replace(/[\\^$.|?*+()[\]{}]/g, '\\\\$&');
  return pattern.endsWith('*') ? `${escaped}.*` : escaped;
}
