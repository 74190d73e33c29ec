import type { CapacityLine, CapacitySection } from '../../data/capacity';
import type { ReportData } from '../../report-data';
import { bar } from '../bar';
import { markup, type Html } from '../markup';
import { state, type Section } from '../section';
import { table } from '../table';
import { amount, capitalised, count, counted, percent, size } from '../words';

/** What the brokers carry, and what is used up first. */
export function capacityPart({ capacity }: ReportData): Section {
  return {
    id: 'capacity',
    title: 'Capacity',
    lead: bottleneckSentence(capacity),
    body: [
      markup`<p>${loadSentence(capacity)}</p>`,
      capacity.lines.length === 0 ? undefined : lines(capacity),
      capacity.largest === undefined
        ? undefined
        : markup`<p class="fine">
            Most of the disk, ${size(capacity.largest.diskBytes)} a broker, is for
            <code>${capacity.largest.topic}</code>.
          </p>`,
    ],
  };
}

/** `Bottleneck: disk of brokers, at 62% of what may be used. There is room for 61% more load.` */
export function bottleneckSentence({ bottleneck, growth }: CapacitySection): string {
  if (bottleneck === undefined) return 'Nothing is known that could be used up.';
  const used = `Bottleneck: ${bottleneck.resource} of ${bottleneck.pool}, at ${percent(bottleneck.share)} of what may be used.`;
  if (growth === undefined) return used;
  if (growth < 1) return `${used} The declared load is too much.`;
  return growth < 2
    ? `${used} There is room for ${percent(growth - 1)} more load.`
    : `${used} There is room for ${growth < 10 ? growth.toFixed(1) : count(Math.floor(growth))} times the declared load.`;
}

function loadSentence({
  topics,
  topicsWithLoad,
  brokers,
  brokersLeft,
  survive,
  clientBytesPerSecond,
}: CapacitySection): string {
  if (clientBytesPerSecond === undefined || brokersLeft === undefined) {
    return `None of ${counted(topics, 'topic')} says how much is written to it (load), so only what does not depend on that is known.`;
  }
  const { written, read } = clientBytesPerSecond;
  const lost = { nothing: 'nothing lost', node: 'a node lost', rack: 'a rack lost' }[survive];
  return [
    `At peak clients write ${size(written)}/s and read ${size(read)}/s, as ${topicsWithLoad} of ${counted(topics, 'topic')} declare.`,
    `It is to be carried with ${lost}, by ${brokersLeft} of ${counted(brokers, 'broker')}.`,
    ...(topicsWithLoad < topics ? ['Topics without a declared load count as nothing.'] : []),
  ].join(' ');
}

function lines({ lines: rows, bottleneck }: CapacitySection): Html {
  const pools = new Set(rows.map(({ pool }) => pool)).size;
  return table<CapacityLine>({
    id: 'capacity-table',
    caption: 'On each broker',
    rows,
    mark: (line) => (isSame(line, bottleneck) ? 'bottleneck' : undefined),
    columns: [
      {
        label: 'Resource',
        cell: (line) => [
          capitalised(line.resource),
          pools > 1 ? markup` <span class="fine">${line.pool}</span>` : undefined,
          isSame(line, bottleneck) ? markup` ${state(line.share > 1 ? 'risk' : 'look', 'bottleneck')}` : undefined,
        ],
        value: ({ resource }) => resource,
      },
      {
        label: 'Of what may be used',
        cell: ({ share }) =>
          markup`<span class="gauge">${bar(share)} <span class="gauge-figure">${percent(share)}</span></span>`,
        value: ({ share }) => share,
      },
      { label: 'Needed', kind: 'number', cell: ({ used, unit }) => amount(used, unit), value: ({ used }) => used },
      {
        label: 'May be used',
        kind: 'number',
        cell: ({ usable, unit }) => amount(usable, unit),
        value: ({ usable }) => usable,
      },
      {
        label: 'There is',
        kind: 'number',
        cell: ({ limit, unit }) => (limit === undefined ? '–' : amount(limit, unit)),
        value: ({ limit }) => limit ?? -1,
      },
    ],
  });
}

function isSame(line: CapacityLine, other: CapacityLine | undefined): boolean {
  return line.pool === other?.pool && line.resource === other.resource;
}
