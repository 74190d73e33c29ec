/** Text that is HTML already. */
export class Html {
  constructor(readonly text: string) {}
}

/** What may stand in a template: HTML as it is, text and numbers escaped, nothing for undefined, and lists of these. */
export type Content = Html | string | number | undefined | readonly Content[];

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** A template whose values cannot become markup: everything that is not HTML already is escaped, for text and for quoted attributes. */
export function markup(strings: TemplateStringsArray, ...values: readonly Content[]): Html {
  return new Html(
    strings.map((text, index) => flat(text) + (index < values.length ? textOf(values[index]) : '')).join(''),
  );
}

/** How far a template is indented in the code is nothing to a reader of the page. */
function flat(template: string): string {
  return template.replace(/\n\s*/g, '\n');
}

function textOf(content: Content): string {
  if (content === undefined) return '';
  if (content instanceof Html) return content.text;
  if (typeof content === 'object') return content.map(textOf).join('');
  return String(content).replace(/[&<>"']/g, (character) => ENTITIES[character]!);
}
