import type { ReportData } from '../report-data';
import { markup, type Html } from './markup';
import { state, type State } from './section';
import { count, counted, percent } from './words';

/** Name, what it is, and the figures that everybody asks for first. */
export function overview(data: ReportData): Html {
  const { environment, cluster, description, target, place, kafka } = data;
  return markup`<header class="top">
    <div class="title">
    <p class="kicker">Kafka environment</p>
    <h1>${environment}</h1>
    ${description === undefined ? undefined : markup`<p class="description">${description}</p>`}
    <p class="place">
      ${[target, place, `Kafka ${kafka}`, cluster === undefined ? '' : `on the cluster of ${cluster}`].filter((part) => part !== '').map((part) => markup`<span>${part}</span>`)}
    </p>
    </div>
    <ul class="verdicts" aria-label="At a glance">
      ${verdicts(data).map(
        ({ about, href, state: found, text }) => markup`<li>
          <a href="#${href}"><span>${about}</span>${state(found, text)}</a>
        </li>`,
      )}
    </ul>
    <ul class="figures" aria-label="Figures">
      ${figures(data).map(
        ({ value, label, href }) =>
          markup`<li>
            <a href="#${href}"><strong>${value}</strong><span>${label}</span></a>
          </li> `,
      )}
    </ul>
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

interface Verdict {
  readonly about: string;
  readonly href: string;
  readonly state: State;
  readonly text: string;
}

/** The state of each part that has one, in a few words. */
function verdicts({ findings, posture, alarms, capacity, versions }: ReportData): Verdict[] {
  const warnings = findings.open.length;
  const risks = posture.filter((line) => line.state === 'risk').length;
  const old = versions.filter((line) => line.state !== 'good').length;
  return [
    warnings === 0
      ? { about: 'Checks', href: 'warnings', state: 'good', text: 'no warnings' }
      : { about: 'Checks', href: 'warnings', state: 'warning', text: counted(warnings, 'warning') },
    carried(capacity),
    risks === 0
      ? { about: 'Security', href: 'security', state: 'good', text: 'no risk shown' }
      : { about: 'Security', href: 'security', state: 'risk', text: counted(risks, 'risk') },
    alarms.alarms.length === 0
      ? { about: 'Alarms', href: 'alarms', state: 'look', text: 'none' }
      : { about: 'Alarms', href: 'alarms', state: 'good', text: `${alarms.alarms.length} watched` },
    old === 0
      ? { about: 'Versions', href: 'versions', state: 'good', text: 'supported' }
      : { about: 'Versions', href: 'versions', state: 'look', text: `${old} to look at` },
  ];
}

/** Nearly all of what may be used is worth a look before there are warnings. */
const NEARLY = 0.9;

function carried({ bottleneck, lines, clientBytesPerSecond }: ReportData['capacity']): Verdict {
  const verdict = (state: State, text: string): Verdict => ({ about: 'Load', href: 'capacity', state, text });
  if (lines.some(({ share }) => share > 1)) return verdict('risk', 'not carried');
  if (clientBytesPerSecond === undefined) return verdict('look', 'not declared');
  return bottleneck !== undefined && bottleneck.share > NEARLY
    ? verdict('look', `${bottleneck.resource} nearly used up`)
    : verdict('good', 'carried');
}
