import type { LockSection } from '../../data/lock-facts';
import type { VersionLine } from '../../data/versions';
import type { ReportData } from '../../report-data';
import { markup, type Html } from '../markup';
import { state, type Section } from '../section';
import { table } from '../table';
import { counted } from '../words';

/** What runs, and whether somebody still looks after it. */
export function versionsPart({ versions }: ReportData): Section {
  const old = versions.filter((line) => line.state !== 'good').length;
  return {
    id: 'versions',
    title: 'Versions',
    lead: old === 0 ? 'Nothing that is out of support.' : `${counted(old, 'version')} to look at.`,
    body: table<VersionLine>({
      id: 'version-table',
      caption: 'What runs',
      rows: versions,
      columns: [
        { label: 'What', cell: ({ what }) => what },
        { label: 'Version', cell: ({ version }) => markup`<code>${version}</code>` },
        {
          label: 'Support',
          cell: ({ support, state: found }) => [
            found === 'good' ? undefined : markup`${state(found, found)} `,
            support,
          ],
        },
      ],
    }),
  };
}

/** What must not change by accident. */
export function lockPart({ lock }: ReportData): Section {
  return {
    id: 'lock',
    title: 'Lock',
    lead:
      lock === undefined
        ? 'There is no lock file: nothing keeps ids, partitions and places from changing by accident. kdk lock writes it.'
        : `What must not change by accident, as it was locked: ${counted(lock.topics, 'topic')}${lock.nodes === 0 ? '' : `, ${counted(lock.nodes, 'node')}`}, ${counted(lock.facts.length, 'fact')}.`,
    body: lock === undefined ? undefined : lockFacts(lock),
  };
}

function lockFacts({ clusterId, formed, voters, facts }: LockSection): Html {
  return markup`<dl class="facts wide">
      ${
        clusterId === undefined
          ? undefined
          : markup`<div>
              <dt>Cluster id</dt>
              <dd><code>${clusterId}</code></dd>
            </div>`
      }
      <div>
        <dt>Formed</dt>
        <dd>${formed ? 'yes: an empty disk joins the cluster' : 'not yet, or not recorded'}</dd>
      </div>
      ${
        voters.length === 0
          ? undefined
          : markup`<div>
              <dt>Voters at the first formation</dt>
              <dd>${voters.map(({ id, directoryId }) => markup`${id} <code>${directoryId}</code> `)}</dd>
            </div>`
      }
    </dl>
    <details>
      <summary>All ${counted(facts.length, 'fact')}</summary>
      ${table({
        id: 'lock-table',
        caption: 'Locked facts',
        rows: facts,
        columns: [
          { label: 'Fact', cell: ({ name }) => markup`<code>${name}</code>` },
          { label: 'Value', cell: ({ value }) => markup`<code>${value}</code>` },
        ],
      })}
    </details>`;
}
