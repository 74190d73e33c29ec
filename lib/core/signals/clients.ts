import type { Signal } from './signal';
import { SLOW_PRODUCE_MS } from './thresholds';

/** How clients fare: whether they wait, are slowed down, or are not let in. */
export const CLIENT_SIGNALS: readonly Signal[] = [
  {
    id: 'produce-slow',
    title: 'Producers wait long for an answer',
    question: 'is it overloaded',
    why: 'Their buffers fill, and records that wait longer than delivery.timeout.ms are lost by the producer.',
    severity: 'warning',
    prometheus: ({ series }) => ({
      // The percentile stays as it was while nobody produces.
      expression: `max by (node) (${series('kafka_network_requestmetrics_totaltimems', 'request="Produce",quantile="0.99"')}) > ${SLOW_PRODUCE_MS} and sum by (node) (rate(${series('kafka_network_requestmetrics_requests_total', 'request="Produce"')}[5m])) > 0`,
      forMinutes: 15,
      summary: 'One of a hundred produce requests takes {{ $value | printf "%.0f" }} ms on {{ $labels.node }}.',
    }),
  },
  {
    id: 'clients-throttled',
    title: 'A client is slowed down by its quota',
    question: 'is it overloaded',
    why: 'It wants more than it may have: either it is the noisy one, or its quota is too small for what it has to do.',
    severity: 'warning',
    prometheus: ({ series }) => ({
      expression: `max by (user, client_id, quota) (${series('kafka_server_quota_throttle_time_ms')}) > 0`,
      forMinutes: 15,
      summary:
        '{{ $labels.user }} {{ $labels.client_id }} waits {{ $value | printf "%.0f" }} ms a request for its quota ({{ $labels.quota }}).',
    }),
  },
  {
    id: 'logins-refused',
    title: 'Log-ins are refused again and again',
    question: 'is it available',
    why: 'A client with a password that was changed or a certificate that has ended tries for ever, and each try costs a handshake.',
    severity: 'warning',
    prometheus: ({ series }) => ({
      expression: `sum by (listener) (increase(${series('kafka_server_socket_server_metrics_failed_authentication_total')}[15m])) > 60`,
      forMinutes: 15,
      summary: '{{ $value | printf "%.0f" }} log-ins were refused on {{ $labels.listener }} in 15 minutes.',
    }),
  },
];
