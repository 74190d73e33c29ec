import type { ReportData } from '../../report-data';
import type { AcknowledgedFinding, OpenFinding } from '../../data/findings';
import { markup, type Html } from '../markup';
import { state, type Section } from '../section';
import { capitalised, counted } from '../words';

/** What is wrong, and what somebody decided about. */
export function findingsPart({ findings: { open, acknowledged } }: ReportData): Section {
  return {
    id: 'warnings',
    title: 'Warnings',
    lead:
      open.length === 0
        ? 'The checks find nothing to warn of.'
        : `${counted(open.length, 'warning')} to take a decision about.`,
    body: [
      open.length === 0
        ? undefined
        : markup`<ul class="cards">
            ${open.map(openCard)}
          </ul>`,
      acknowledged.length === 0
        ? undefined
        : markup`<h3>Acknowledged</h3>
            <ul class="cards">
              ${acknowledged.map(acknowledgedCard)}
            </ul>`,
    ],
  };
}

function openCard({ code, level, path, message, hint, at }: OpenFinding): Html {
  return markup`<li class="card ${level}">
    <p class="card-head">${state(level, level)} <code>${path}</code></p>
    <p>${capitalised(message)} ${hint}</p>
    <p class="fine"><code>${code}</code>${at === undefined ? undefined : markup` at <code>${at}</code>`}</p>
  </li> `;
}

const STATES: Readonly<Record<AcknowledgedFinding['state'], string>> = {
  'in effect': 'in effect',
  'for a plan': 'of the running cluster: kdk plan says whether it is still needed',
  unused: 'matches nothing any more',
};

function acknowledgedCard({ code, path, from, to, reason, state: now, message }: AcknowledgedFinding): Html {
  return markup`<li class="card">
    <p class="card-head"><code>${path}</code> from <code>${from}</code> to <code>${to}</code></p>
    <p>${reason}</p>
    ${message === undefined ? undefined : markup`<p>${capitalised(message)}</p>`}
    <p class="fine"><code>${code}</code>, ${STATES[now]}</p>
  </li> `;
}
