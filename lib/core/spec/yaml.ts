import { isAlias, isMap, isScalar, isSeq, parseDocument, type Node, type Pair, type YAMLError } from 'yaml';
import { formatPath, type Issue, type Path } from '../issue';
import { SourceText, type Located, type LocatedEntry } from './located';

/** An environment file may hold this many bytes; 10,000 topics take about 1 MiB. */
export const MAX_FILE_BYTES = 5 * 1024 * 1024;
const MAX_DEPTH = 64;
/** Of one file: what follows the first ones is mostly their consequence. */
const MAX_SYNTAX_ISSUES = 10;

const OPTIONS = {
  version: '1.2',
  schema: 'core',
  merge: false,
  uniqueKeys: false, // found below, with a path and for all of them
  prettyErrors: false,
  keepSourceTokens: false,
  stringKeys: false,
} as const;

export interface ParsedText {
  /** Absent where the text cannot be read as one map. */
  readonly located?: Located;
  readonly issues: Issue[];
}

/** Reads YAML 1.2 (core schema) without aliases, merge keys, tags or duplicate keys, and keeps all positions. */
export function parseYaml(file: string, text: string): ParsedText {
  const source = new SourceText(file, text);
  const issues: Issue[] = [];
  const report = (offset: number, code: string, message: string, hint: string, path: Path = []): void => {
    issues.push({ code, level: 'error', path: formatPath(path), message, hint, at: source.position(offset) });
  };

  // The number of characters never exceeds the number of bytes in UTF-8, so this is a cheap first look.
  if (text.length > MAX_FILE_BYTES) {
    report(
      0,
      'YAML-TOO-LARGE',
      `the file is too large, got ${text.length} characters; at most 5 MiB are read.`,
      'Split it with extends.',
    );
    return { issues };
  }
  // eslint-disable-next-line no-control-regex -- a control character is what tells a binary file
  const control = text.search(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffd]/);
  if (control !== -1) {
    const shown = JSON.stringify(text[control]);
    report(
      control,
      'YAML-BINARY',
      `the file is not text, got the character ${shown}; an environment is UTF-8 text.`,
      'Check the path.',
    );
    return { issues };
  }

  const document = parseDocument(text, OPTIONS);
  // Thousands of levels exhaust the parser's stack, at a depth that differs between machines.
  if (document.errors.some(({ code }) => code === 'RESOURCE_EXHAUSTION')) {
    report(0, 'YAML-TOO-DEEP', `nesting is too deep; at most ${MAX_DEPTH} levels are read.`, 'Flatten it.');
    return { issues };
  }
  for (const error of document.errors.slice(0, MAX_SYNTAX_ISSUES)) report(...syntaxIssue(error, text));
  if (issues.length > 0) return { issues };

  const convert = (node: Node | null, path: Path, offset: number): Located => {
    if (path.length > MAX_DEPTH) {
      report(
        offset,
        'YAML-TOO-DEEP',
        `nesting is too deep; at most ${MAX_DEPTH} levels are read.`,
        'Flatten it.',
        path.slice(0, 4),
      );
      return { kind: 'scalar', source, offset, value: null };
    }
    const at = node?.range?.[0] ?? offset;
    if (node === null) return { kind: 'scalar', source, offset, value: null };
    if (isAlias(node)) {
      report(
        at,
        'YAML-ALIAS',
        `an alias is not allowed, got *${node.source}; values are written out.`,
        'Repeat the value, or share it with extends.',
        path,
      );
      return { kind: 'scalar', source, offset: at, value: null };
    }
    if (node.tag !== undefined && !/^tag:yaml\.org,2002:(map|seq|str|int|float|bool|null)$/.test(node.tag)) {
      report(at, 'YAML-TAG', `a tag is not allowed, got ${node.tag}; plain values only.`, 'Remove the tag.', path);
    }
    if (isMap(node)) {
      const entries = new Map<string, LocatedEntry>();
      for (const pair of node.items as Pair<Node, Node | null>[]) {
        const keyAt = pair.key?.range?.[0] ?? at;
        if (!isScalar(pair.key)) {
          report(keyAt, 'YAML-KEY', 'a key is not a plain word; keys are texts.', 'Write the key as a text.', path);
          continue;
        }
        const key = typeof pair.key.value === 'string' ? pair.key.value : (pair.key.source ?? String(pair.key.value));
        const here = [...path, key];
        if (key === '<<') {
          report(
            keyAt,
            'YAML-MERGE-KEY',
            'a merge key is not allowed, got <<; maps are written out.',
            'Share values with extends.',
            here,
          );
          continue;
        }
        if (key === '__proto__') {
          report(keyAt, 'YAML-KEY', 'the key __proto__ is reserved; any other name is allowed.', 'Rename it.', here);
          continue;
        }
        if (entries.has(key)) {
          report(
            keyAt,
            'YAML-DUPLICATE-KEY',
            `the key is there twice, got ${JSON.stringify(key)} again; each key stands once.`,
            'Remove or rename one of them.',
            here,
          );
          continue;
        }
        entries.set(key, { key: { source, offset: keyAt }, value: convert(pair.value, here, keyAt) });
      }
      return { kind: 'map', source, offset: at, entries };
    }
    if (isSeq(node)) {
      return {
        kind: 'list',
        source,
        offset: at,
        items: node.items.map((item, index) => convert(item as Node, [...path, index], at)),
      };
    }
    return { kind: 'scalar', source, offset: at, value: scalarValue((node as { value?: unknown }).value) };
  };

  if (document.contents === null || (isScalar(document.contents) && document.contents.value === null)) {
    report(
      0,
      'YAML-EMPTY',
      'the file is empty; an environment needs at least name and target.',
      'Start from environments/local.yaml.',
    );
    return { issues };
  }
  const located = convert(document.contents as Node, [], 0);
  if (located.kind !== 'map') {
    report(
      located.offset,
      'YAML-NOT-A-MAP',
      'the file is not a map; an environment is keys with values.',
      'Start from environments/local.yaml.',
    );
    return { issues };
  }
  return issues.length > 0 ? { issues } : { located, issues };
}

function scalarValue(value: unknown): string | number | boolean | null {
  if (typeof value === 'bigint') return Number(value);
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  return null;
}

function syntaxIssue(error: YAMLError, text: string): [number, string, string, string] {
  const offset = Math.min(error.pos[0], text.length);
  if (error.code === 'MULTIPLE_DOCS') {
    return [
      offset,
      'YAML-MULTIPLE-DOCUMENTS',
      'the file holds several documents; one file is one environment.',
      'Remove the line ---.',
    ];
  }
  const hint = error.code === 'TAB_AS_INDENT' ? 'Indent with spaces.' : 'Mend the YAML at this place.';
  const message = error.message
    .split('\n', 1)[0]!
    .replace(/(["'])quote/, '$1 quote')
    .replace(/\.?$/, '');
  return [offset, 'YAML-SYNTAX', `the file is not valid YAML: ${message}.`, hint];
}
