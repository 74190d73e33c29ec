import type { PostureLine } from '../../data/posture';
import type { ReportData } from '../../report-data';
import { markup, type Html } from '../markup';
import { state, type Section } from '../section';
import { counted } from '../words';

/** How well it is guarded. */
export function securityPart({ posture }: ReportData): Section {
  const of = (wanted: PostureLine['state']): number => posture.filter((line) => line.state === wanted).length;
  const [risks, looks] = [of('risk'), of('look')];
  return {
    id: 'security',
    title: 'Security',
    lead:
      risks > 0
        ? `${counted(risks, 'answer')} of ${posture.length} that somebody should not be content with.`
        : looks > 0
          ? `No risk that the environment shows; ${counted(looks, 'answer')} of ${posture.length} to look at.`
          : 'Nothing to object to in what the environment shows.',
    body: markup`<dl class="facts wide judged">${posture.map(line)}</dl>`,
  };
}

function line({ title, state: found, text }: PostureLine): Html {
  return markup`<div>
    <dt>${title}</dt>
    <dd>${state(found, found)} <span>${text}</span></dd>
  </div> `;
}
