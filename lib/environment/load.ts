import { type Issue, type Position } from '../core/issue';
import {
  child,
  mergeLocated,
  parseYaml,
  positionOf,
  show,
  SourceText,
  toPlain,
  type Located,
  type LocatedMap,
} from '../core/spec';

/** Reads the text of a file by its path; throws where there is none. */
export type ReadText = (path: string) => string;

export interface LoadedEnvironment {
  /** Absent where a file could not be read. */
  readonly located?: Located;
  readonly issues: Issue[];
  /** Every file that went in, the environment itself first. */
  readonly files: string[];
}

const MAX_CHAIN = 16;

/** Reads an environment file and, through `extends`, the files that it builds on. All positions are kept. */
export function loadEnvironment(path: string, read: ReadText): LoadedEnvironment {
  const files: string[] = [];
  const chain: Located[] = [];
  let next: string | undefined = path;
  let from: Position | undefined;
  while (next !== undefined) {
    const file: string = next;
    const fail = (code: string, message: string, hint: string): LoadedEnvironment => ({
      issues: [
        {
          code,
          level: 'error',
          path: from === undefined ? '' : 'extends',
          message,
          hint,
          at: from ?? new SourceText(file, '').position(0),
        },
      ],
      files,
    });
    if (files.includes(file)) {
      return fail(
        'EXTENDS-CYCLE',
        `the files extend each other in a circle, got ${[...files, file].join(' -> ')}; a chain ends.`,
        'Remove one extends.',
      );
    }
    if (files.length === MAX_CHAIN) {
      return fail(
        'EXTENDS-TOO-LONG',
        `more than ${MAX_CHAIN} files extend each other; at most ${MAX_CHAIN} are read.`,
        'Merge some of them.',
      );
    }
    files.push(file);
    let text: string;
    try {
      text = read(file);
    } catch (error) {
      const reason = (error as NodeJS.ErrnoException).code ?? (error as Error).message;
      const [code, what] =
        from === undefined ? ['FILE-UNREADABLE', 'the environment'] : ['EXTENDS-MISSING', 'the file that is extended'];
      return fail(
        code,
        `${what} cannot be read, got ${JSON.stringify(file)} (${reason}); a readable file is needed.`,
        'Check the path.',
      );
    }
    const parsed = parseYaml(file, text);
    if (parsed.located === undefined) return { issues: parsed.issues, files };
    chain.push(parsed.located);
    const link: Located | undefined = child(parsed.located, 'extends');
    if (link === undefined || (link.kind === 'scalar' && link.value === null)) break;
    from = positionOf(parsed.located, ['extends']);
    if (link.kind !== 'scalar' || typeof link.value !== 'string' || link.value === '') {
      const got = show(toPlain(link));
      return fail(
        'SPEC-TYPE',
        `not a path, got ${got}; the path of one file is allowed.`,
        'Write extends: ./base.yaml.',
      );
    }
    next = resolveRelative(file, link.value);
  }
  const merged = chain.reduceRight((base, over) => mergeLocated(base, over)) as LocatedMap;
  const entries = new Map(merged.entries);
  entries.delete('extends');
  return { located: { ...merged, entries }, issues: [], files };
}

/** `link` seen from the folder of `file`; both with forward slashes. */
function resolveRelative(file: string, link: string): string {
  if (link.startsWith('/')) return link;
  const parts = file.split('/').slice(0, -1);
  for (const part of link.split('/')) {
    if (part === '' || part === '.') continue;
    if (part === '..' && parts.length > 0 && parts[parts.length - 1] !== '..' && parts[parts.length - 1] !== '')
      parts.pop();
    else parts.push(part);
  }
  return parts.join('/');
}
