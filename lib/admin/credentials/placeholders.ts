import { Failure } from '../../core/issue';
import { parseProperties } from './java-properties';

const PLACEHOLDER = /\$\{(\w+):(?:([^:}]*):)?([^:}]*)\}/g;

/** What Kafka's own config providers read: `${dir:FOLDER:FILE}`, `${file:FILE:KEY}`, `${env:NAME}`. They are known by their usual names. */
export interface Providers {
  /** Text of a file by its path; throws where there is none. */
  readonly readText: (path: string) => string;
  readonly variables: Readonly<Record<string, string | undefined>>;
}

export function resolvePlaceholders(value: string, providers: Providers): string {
  return value.replace(PLACEHOLDER, (all, provider: string, place: string | undefined, key: string) => {
    const found = lookUp({ provider, place: place ?? '', key }, providers);
    if (found !== undefined) return found;
    throw new Failure(
      'COMMAND-CONFIG',
      `a placeholder cannot be resolved, got ${all}; \${dir:FOLDER:FILE}, \${file:FILE:KEY} and \${env:NAME} of what is there are.`,
      'Put the value there, or write it in the file.',
      2,
    );
  });
}

interface Place {
  readonly provider: string;
  readonly place: string;
  readonly key: string;
}

function lookUp({ provider, place, key }: Place, { readText, variables }: Providers): string | undefined {
  try {
    if (provider === 'dir') return readText(`${place}/${key}`).replace(/\r?\n$/, '');
    if (provider === 'file') return parseProperties(readText(place)).get(key);
  } catch {
    return undefined;
  }
  return provider === 'env' ? variables[key] : undefined;
}
