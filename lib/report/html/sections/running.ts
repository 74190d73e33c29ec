import type { RunningBroker, RunningSection } from '../../data/running';
import { bar } from '../bar';
import { markup, type Html } from '../markup';
import { state, type Section } from '../section';
import { table } from '../table';
import { capitalised, count, counted, percent, size } from '../words';

/** What was seen of the running cluster. */
export function runningPart(running: RunningSection): Section {
  const { wrong, largest, lags } = running;
  return {
    id: 'running',
    title: 'Running',
    lead: leadOf(running),
    body: [
      wrong.length === 0 ? undefined : markup`<ul class="cards">${wrong.map(card)}</ul>`,
      brokers(running),
      largest.length === 0
        ? undefined
        : table({
            id: 'largest',
            caption: 'Largest topics',
            rows: largest,
            columns: [
              { label: 'Topic', cell: ({ topic }) => markup`<code>${topic}</code>` },
              { label: 'All copies', kind: 'number', cell: ({ bytes }) => size(bytes), value: ({ bytes }) => bytes },
            ],
          }),
      lags.length === 0
        ? undefined
        : table({
            id: 'lags',
            caption: 'Groups furthest behind',
            rows: lags,
            columns: [
              { label: 'Group', cell: ({ group }) => markup`<code>${group}</code>` },
              { label: 'Topic', cell: ({ topic }) => markup`<code>${topic}</code>` },
              { label: 'Records behind', kind: 'number', cell: ({ lag }) => count(lag), value: ({ lag }) => lag },
            ],
          }),
    ],
  };
}

function leadOf({ brokers, topics, partitions, wrong, seenAt, clusterId }: RunningSection): string {
  const up = brokers.filter((broker) => broker.state === 'up').length;
  return [
    `${up} of ${counted(brokers.length, 'broker')} up, ${topics.declared - topics.missing} of ${counted(topics.declared, 'declared topic')} there,`,
    `${count(partitions.total)} partitions, ${partitions.offline} offline, ${partitions.underReplicated} with replicas missing.`,
    ...(wrong.length === 0 ? ['All is as it should be.'] : []),
    `Seen at ${seenAt}, cluster ${clusterId}.`,
  ].join(' ');
}

function card({ code, level, message, hint }: RunningSection['wrong'][number]): Html {
  return markup`<li class="card ${level}">
    <p class="card-head">${state(level, level)} <code>${code}</code></p>
    <p>${capitalised(message)} ${hint}</p>
  </li>`;
}

function brokers({ brokers: rows }: RunningSection): Html {
  return table<RunningBroker>({
    id: 'running-brokers',
    caption: 'Brokers as they were seen',
    rows,
    columns: [
      { label: 'Broker', cell: ({ id }) => markup`<code>${id}</code>`, value: ({ id }) => id },
      { label: 'State', cell: ({ state: now }) => state(now === 'up' ? 'good' : 'risk', now) },
      { label: 'Leads', kind: 'number', cell: ({ leaders }) => count(leaders), value: ({ leaders }) => leaders },
      { label: 'Replicas', kind: 'number', cell: ({ replicas }) => count(replicas), value: ({ replicas }) => replicas },
      {
        label: 'Data',
        kind: 'number',
        cell: ({ dataBytes }) => (dataBytes === undefined ? '–' : size(dataBytes)),
        value: ({ dataBytes }) => dataBytes ?? -1,
      },
      {
        label: 'Fullest disk',
        cell: ({ disk }) => (disk === undefined ? '–' : gauge(disk.usedBytes / disk.totalBytes)),
        value: ({ disk }) => (disk === undefined ? -1 : disk.usedBytes / disk.totalBytes),
      },
    ],
  });
}

function gauge(share: number): Html {
  return markup`<span class="gauge">${bar(share)} <span class="gauge-figure">${percent(share)}</span></span>`;
}
