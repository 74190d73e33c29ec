import { parseProperties } from '../../core/config';
import type { Problems } from './problems';

/** What Kafka's own config providers read. */
export interface Providers {
  /** Text of a file by its path; throws where there is none. */
  readonly readText: (path: string) => string;
  readonly variables: Readonly<Record<string, string | undefined>>;
}

type Kind = 'dir' | 'file' | 'env';

const KINDS: Readonly<Record<string, Kind>> = {
  DirectoryConfigProvider: 'dir',
  FileConfigProvider: 'file',
  EnvVarConfigProvider: 'env',
};
const PLACEHOLDER = /\$\{([^}:]+):(?:([^:}]*):)?([^:}]*)\}/g;

/**
 * The properties with `${dir:FOLDER:FILE}`, `${file:FILE:KEY}` and `${env:NAME}` replaced by what is there. Providers are known by
 * these names without being declared, and by the names that `config.providers` gives them.
 */
export function resolvePlaceholders(
  properties: ReadonlyMap<string, string>,
  providers: Providers,
  problems: Problems,
): Map<string, string> {
  const kinds = new Map<string, Kind>([
    ['dir', 'dir'],
    ['file', 'file'],
    ['env', 'env'],
  ]);
  for (const [name, value] of properties) {
    const alias = /^config\.providers\.([^.]+)\.class$/.exec(name)?.[1];
    if (alias === undefined) continue;
    const kind = KINDS[value.slice(value.lastIndexOf('.') + 1)];
    if (kind === undefined)
      problems.add({ name, got: value, allowed: `${Object.keys(KINDS).join(', ')} of Kafka are allowed` });
    else kinds.set(alias, kind);
  }
  const resolve = (name: string, value: string): string =>
    value.replace(PLACEHOLDER, (all, provider: string, place: string | undefined, key: string) => {
      const kind = kinds.get(provider);
      const found = kind === undefined ? undefined : lookUp({ kind, place: place ?? '', key }, providers);
      if (found !== undefined) return found;
      problems.add({
        name,
        got: all,
        allowed: '${dir:FOLDER:FILE}, ${file:FILE:KEY} and ${env:NAME} of what is there are allowed',
        hint: 'Put the value there, or write it in the file.',
      });
      return all;
    });
  return new Map([...properties].map(([name, value]) => [name, resolve(name, value)]));
}

interface Place {
  readonly kind: Kind;
  readonly place: string;
  readonly key: string;
}

function lookUp({ kind, place, key }: Place, { readText, variables }: Providers): string | undefined {
  if (kind === 'env') return variables[key];
  try {
    if (kind === 'dir') return readText(`${place}/${key}`).replace(/\r?\n$/, '');
    return parseProperties(readText(place)).get(key);
  } catch {
    return undefined;
  }
}
