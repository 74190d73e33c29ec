export type PropertyEntry = readonly [name: string, value: string];

export interface PropertiesSection {
  /** Written above the entries as a comment; one line or several. */
  readonly comment: string;
  readonly entries: readonly PropertyEntry[];
}

/**
 * The text of a Java `.properties` file that `java.util.Properties.load` reads back entry by entry, whatever characters they hold.
 * Kafka loads its files as ISO 8859-1, so everything beyond printable ASCII is written as `\uXXXX`. `${...}` stays as it is: Kafka's
 * config providers resolve it.
 */
export function renderProperties(entries: Iterable<PropertyEntry>): string {
  let text = '';
  for (const [name, value] of entries) text += `${escape(name, 'name')}=${escape(value, 'value')}\n`;
  return text;
}

/** The same with a comment above each section; a section without entries is left out. */
export function renderPropertiesSections(sections: readonly PropertiesSection[]): string {
  return sections
    .filter(({ entries }) => entries.length > 0)
    .map(({ comment, entries }) => `${renderComment(comment)}${renderProperties(entries)}`)
    .join('\n');
}

function renderComment(comment: string): string {
  return comment
    .split('\n')
    .map((line) => `# ${line.replace(/[^\x20-\x7e]/g, unicodeEscapes)}\n`)
    .join('');
}

const NAMED_ESCAPES: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\f': '\\f',
};

function escape(text: string, part: 'name' | 'value'): string {
  let escaped = '';
  for (let index = 0; index < text.length; index++) {
    const character = text[index]!;
    const named = NAMED_ESCAPES[character];
    if (named !== undefined) escaped += named;
    // A name ends at the first blank, `=` or `:`; a value only loses its leading blanks.
    else if (part === 'name' && ' =:#!'.includes(character)) escaped += `\\${character}`;
    else if (part === 'value' && index === 0 && character === ' ') escaped += '\\ ';
    else escaped += character >= ' ' && character <= '~' ? character : unicodeEscapes(character);
  }
  return escaped;
}

function unicodeEscapes(text: string): string {
  return Array.from(
    { length: text.length },
    (_, index) => `\\u${text.charCodeAt(index).toString(16).padStart(4, '0')}`,
  ).join('');
}
