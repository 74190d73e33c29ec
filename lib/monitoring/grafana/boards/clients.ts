import type { Board, BoardContext } from '../board';
import { bars, lines, number } from '../panel';

const QUOTA = 'kafka_server_quota';
const WHO = '{{user}} {{client_id}}';
const LISTENERS = 'kafka_server_socket_server_metrics';

/** Who loads the cluster, who is slowed down by a quota, and who is not let in. */
export function clients({ series }: BoardContext): Board {
  const by = (quota: string, name: string, how: string): string =>
    `topk(15, ${how} by (user, client_id) (${series(`${QUOTA}_${name}`, `quota="${quota}"`)}))`;
  const waited = `max by (user, client_id, quota) (${series(`${QUOTA}_throttle_time_ms`)})`;
  return {
    id: 'clients',
    title: 'Clients and quotas',
    description:
      'Who loads the cluster, who is slowed down by a quota, and who is not let in. Brokers count clients that a quota is about; without quotas the topics say who it is.',
    variables: [],
    sections: [
      {
        title: 'Who is the noisy one?',
        panels: [
          bars({
            title: 'Produce most',
            description: 'Bytes a second over all brokers, of who comes under a quota.',
            queries: [{ expression: by('Produce', 'byte_rate', 'sum'), legend: WHO }],
            unit: 'Bps',
            width: 8,
            mayBeEmpty: true,
          }),
          bars({
            title: 'Consume most',
            description: 'Bytes a second over all brokers, of who comes under a quota.',
            queries: [{ expression: by('Fetch', 'byte_rate', 'sum'), legend: WHO }],
            unit: 'Bps',
            width: 8,
            mayBeEmpty: true,
          }),
          bars({
            title: 'Take most of the threads',
            description: 'Percent of one thread, on the broker where it is most.',
            queries: [{ expression: by('Request', 'request_time_percent', 'max'), legend: WHO }],
            unit: 'short',
            width: 8,
            mayBeEmpty: true,
          }),
        ],
      },
      {
        title: 'Who is slowed down?',
        panels: [
          number({
            title: 'Slowed down now',
            description: 'Clients that a broker makes wait for their quota.',
            queries: [
              {
                expression: `count(count by (user, client_id) (${series(`${QUOTA}_throttle_time_ms`)} > 0)) or vector(0)`,
              },
            ],
            unit: 'none',
            limits: { warning: 1 },
            signal: 'clients-throttled',
          }),
          lines({
            title: 'How long they wait',
            description:
              'A request, by quota. It is what a quota is for; whose data is late then should have a larger one.',
            queries: [{ expression: `topk(10, ${waited} > 0)`, legend: `{{quota}} ${WHO}` }],
            unit: 'ms',
            width: 20,
            signal: 'clients-throttled',
            mayBeEmpty: true,
          }),
        ],
      },
      {
        title: 'Who is not let in?',
        panels: [
          lines({
            title: 'Refused log-ins',
            description:
              'By listener: a password that is wrong, a certificate that has ended. The log of the broker says from where.',
            queries: [
              {
                expression: `sum by (listener) (rate(${series(`${LISTENERS}_failed_authentication_total`)}[$__rate_interval]))`,
                legend: '{{listener}}',
              },
            ],
            unit: 'cps',
            signal: 'logins-refused',
          }),
          lines({
            title: 'Connections',
            description: 'By listener.',
            queries: [
              { expression: `sum by (listener) (${series(`${LISTENERS}_connection_count`)})`, legend: '{{listener}}' },
            ],
            unit: 'short',
          }),
          lines({
            title: 'Refused requests',
            description: 'By reason, of producers and consumers.',
            queries: [
              {
                expression: `topk(10, sum by (request, error) (rate(${series('kafka_network_requestmetrics_errors_total', 'error!="NONE"')}[$__rate_interval])) > 0)`,
                legend: '{{request}} {{error}}',
              },
            ],
            unit: 'reqps',
            width: 24,
            mayBeEmpty: true,
          }),
        ],
      },
    ],
  };
}
