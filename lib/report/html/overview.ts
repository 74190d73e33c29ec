import type { ReportData } from '../report-data';
import { markup, type Content, type Html } from './markup';
import { state } from './section';
import { count, counted, percent } from './words';

/** Name, what it is, and the figures that everybody asks for first. */
export function overview(data: ReportData): Html {
  const { environment, cluster, description, target, place, kafka } = data;
  return markup`<header class="top">
    <p class="kicker">Kafka environment</p>
    <h1>${environment}</h1>
    ${description === undefined ? undefined : markup`<p class="description">${description}</p>`}
    <p class="place">
      ${[target, place, `Kafka ${kafka}`, cluster === undefined ? '' : `on the cluster of ${cluster}`].filter((part) => part !== '').map((part) => markup`<span>${part}</span>`)}
    </p>
    <ul class="figures">
      ${figures(data).map(
        ({ value, label, href }) =>
          markup`<li>
            <a href="#${href}"><strong>${value}</strong><span>${label}</span></a>
          </li> `,
      )}
    </ul>
    <p class="verdicts">${verdicts(data)}</p>
  </header> `;
}

interface Figure {
  readonly value: string;
  readonly label: string;
  readonly href: string;
}

function figures({ brokers, map, topics, access, capacity, target }: ReportData): Figure[] {
  const racks = map.racks.filter(({ name }) => name !== undefined).length;
  const partitions = topics.reduce((sum, topic) => sum + topic.partitions, 0);
  // Without a load nothing but what is at rest is known, and that is only worth a figure where it is much.
  const { bottleneck } = capacity;
  const telling = capacity.clientBytesPerSecond !== undefined || (bottleneck?.share ?? 0) > 0.5;
  const one = (value: number, noun: string, href: string): Figure => ({
    value: count(value),
    label: value === 1 ? noun : `${noun}s`,
    href,
  });
  return [
    ...(target === 'msk-serverless' ? [] : [one(brokers, 'broker', 'cluster')]),
    ...(racks === 0 ? [] : [one(racks, 'rack', 'cluster')]),
    one(topics.length, 'topic', 'topics'),
    one(partitions, 'partition', 'topics'),
    one(access.length, 'principal', 'access'),
    ...(bottleneck === undefined || !telling
      ? []
      : [{ value: percent(bottleneck.share), label: `of ${bottleneck.resource}, the bottleneck`, href: 'capacity' }]),
  ];
}

function verdicts({ findings, posture, alarms, capacity }: ReportData): Content {
  const risks = posture.filter((line) => line.state === 'risk').length;
  const over = capacity.lines.filter(({ share }) => share > 1).length;
  return [
    findings.open.length === 0
      ? state('good', 'no warnings')
      : markup`<a href="#warnings">${state('warning', counted(findings.open.length, 'warning'))}</a>`,
    ' ',
    risks === 0
      ? state('good', 'no risk shown')
      : markup`<a href="#security">${state('risk', counted(risks, 'risk'))}</a>`,
    ' ',
    over === 0
      ? state('good', 'load is carried')
      : markup`<a href="#capacity">${state('risk', 'load is not carried')}</a>`,
    ' ',
    alarms.alarms.length === 0
      ? markup`<a href="#alarms">${state('look', 'no alarms')}</a>`
      : markup`<a href="#alarms">${state('good', counted(alarms.alarms.length, 'alarm'))}</a>`,
  ];
}
