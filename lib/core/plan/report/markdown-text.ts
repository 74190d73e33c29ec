/**
 * A text that is not ours, such as a name, so that it shows as it is in GitHub's Markdown: no markup, no HTML, no mention of a person,
 * no link to an issue.
 */
export function escapeMarkdown(text: string): string {
  return (
    text
      .replace(/[\r\n]+/g, ' ')
      .replace(/[&<>]/g, (character) => ENTITIES[character]!)
      .replace(/[\\`*_{}[\]()#+!|~^$]/g, (character) => `\\${character}`)
      // Mentions and links are made of the text that is shown, so a backslash does not keep them from it.
      .replace(/@(?=\w)/g, '@<!-- -->')
      .replace(/(\\#|\bGH-)(?=\d)/g, '$1<!-- -->')
      .replace(/\b(https?|ftp):\/\//g, '$1:<!-- -->//')
      .replace(/\bwww\./g, 'www<!-- -->.')
      .replace(/^(\s*)([-=])/, '$1\\$2')
      .replace(/^(\s*\d+)\./, '$1\\.')
  );
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/** A block that nothing in it can end: its fence is longer than any in the text. */
export function codeBlock(language: string, lines: readonly string[]): string[] {
  const longest = Math.max(2, ...lines.flatMap((line) => (line.match(/`+/g) ?? []).map(({ length }) => length)));
  const fence = '`'.repeat(longest + 1);
  return [`${fence}${language}`, ...lines, fence];
}
