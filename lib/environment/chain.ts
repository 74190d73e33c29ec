import type { Issue, Position } from '../core/issue';
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

/** Who names a file, for the message where it is not there. */
export interface NamedBy {
  readonly code: string;
  /** Path of the key that names it. */
  readonly path: string;
  /** `the environment` */
  readonly what: string;
  readonly at: Position;
}

export interface LoadedChain {
  /** All files merged, without `extends`; absent where a file could not be read. */
  readonly located?: LocatedMap;
  readonly issues: Issue[];
  /** Every file that went in, the first one first. */
  readonly files: string[];
}

const MAX_CHAIN = 16;

/** Reads a file and, through `extends`, the files that it builds on. All positions are kept. */
export function loadChain(path: string, read: ReadText, named?: NamedBy): LoadedChain {
  const files: string[] = [];
  const chain: Located[] = [];
  let by: NamedBy = named ?? {
    code: 'FILE-UNREADABLE',
    path: '',
    what: 'the environment',
    at: new SourceText(path, '').position(0),
  };
  let next: string | undefined = path;
  while (next !== undefined) {
    const file: string = next;
    const fail = (code: string, message: string, hint: string): LoadedChain => ({
      issues: [{ code, level: 'error', path: by.path, message, hint, at: by.at }],
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
      return fail(
        by.code,
        `${by.what} cannot be read, got ${JSON.stringify(file)} (${reason}); a readable file is needed.`,
        'Check the path.',
      );
    }
    const parsed = parseYaml(file, text);
    if (parsed.located === undefined) return { issues: parsed.issues, files };
    chain.push(parsed.located);
    const link: Located | undefined = child(parsed.located, 'extends');
    if (isNothing(link)) break;
    by = {
      code: 'EXTENDS-MISSING',
      path: 'extends',
      what: 'the file that is extended',
      at: positionOf(parsed.located, ['extends']),
    };
    const written = pathIn(link);
    if (written === undefined) return fail('SPEC-TYPE', notAPath(link), 'Write extends: ./base.yaml.');
    next = resolveRelative(file, written);
  }
  const merged = chain.reduceRight((base, over) => mergeLocated(base, over)) as LocatedMap;
  const entries = new Map(merged.entries);
  entries.delete('extends');
  return { located: { ...merged, entries }, issues: [], files };
}

/** A key that is not there, or that says null. */
export function isNothing(value: Located | undefined): value is undefined {
  return value === undefined || (value.kind === 'scalar' && value.value === null);
}

/** The text of a path; undefined where the value is none. */
export function pathIn(value: Located): string | undefined {
  return value.kind === 'scalar' && typeof value.value === 'string' && value.value !== '' ? value.value : undefined;
}

export function notAPath(value: Located): string {
  return `not a path, got ${show(toPlain(value))}; the path of one file is allowed.`;
}

/** `link` seen from the folder of `file`; both with forward slashes. */
export function resolveRelative(file: string, link: string): string {
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
