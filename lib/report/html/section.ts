import { markup, type Content, type Html } from './markup';

/** A part of the page with an entry in its contents. */
export interface Section {
  readonly id: string;
  readonly title: string;
  /** What matters of it, in a sentence. */
  readonly lead: Content;
  readonly body: Content;
}

export function sectionHtml({ id, title, lead, body }: Section): Html {
  return markup`<section id="${id}" aria-labelledby="${id}-title">
    <h2 id="${id}-title">${title}</h2>
    <p class="lead">${lead}</p>
    ${body}
  </section> `;
}

export type State = 'good' | 'look' | 'risk' | 'critical' | 'warning' | 'error';

/** A word with a sign and a colour of its state; the word alone says all. */
export function state(name: State, text: string): Html {
  return markup`<span class="state ${name}">${text}</span>`;
}
