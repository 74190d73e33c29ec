import { Document, Pair, Scalar, YAMLMap, YAMLSeq, type Node } from 'yaml';
import type { EnvironmentDocument, Section, Value } from './document';

/** Longer maps are written over several lines. */
const LINE = 110;
/** One entry a line, however few they are: these are the sections that people look through. */
const LISTED: readonly string[] = ['nodePools', 'listeners', 'topics', 'principals'];

/** The text of an environment file, in the form that people write. */
export function writeEnvironment(environment: EnvironmentDocument, comments: readonly string[]): string {
  const contents = new YAMLMap();
  for (const [key, value] of Object.entries(environment) as [string, Value | undefined][])
    if (value !== undefined)
      contents.items.push(new Pair(scalar(key), styled(value, LISTED.includes(key) ? 'listed' : 'short')));
  const document = new Document();
  document.contents = contents as never;
  const text = document.toString({ lineWidth: 0, singleQuote: true });
  return `${comments.map((comment) => `# ${comment}\n`).join('')}${text}`;
}

/** On one line where it is short enough. */
function styled(value: Value, style: 'short' | 'listed'): Node {
  const isShort = style === 'short' && JSON.stringify(value).length <= LINE;
  if (isSection(value)) {
    const map = new YAMLMap();
    map.flow = isShort || Object.keys(value).length === 0;
    for (const [key, entry] of Object.entries(value))
      if (entry !== undefined) map.items.push(new Pair(scalar(key), styled(entry, 'short')));
    return map;
  }
  if (Array.isArray(value)) {
    const list = new YAMLSeq();
    list.flow = isShort || (value as readonly Value[]).every((item) => typeof item !== 'object');
    for (const item of value as readonly Value[]) list.items.push(styled(item, 'short'));
    return list;
  }
  return scalar(value as string | number | boolean | null);
}

function isSection(value: Value): value is Section {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Texts that YAML would take for something else are put in quotes by the library. */
function scalar(value: string | number | boolean | null): Scalar {
  return new Scalar(value);
}
