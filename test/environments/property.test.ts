import fc from 'fast-check';
import { readdirSync, readFileSync } from 'node:fs';
import { parse, stringify } from 'yaml';
import { allClientFiles } from '../../lib/cli/client-settings';
import { renderTarget } from '../../lib/cli/renderers';
import { hasErrors } from '../../lib/core/issue';
import type { EnvironmentModel } from '../../lib/core/model';
import { openEnvironment, type OpenedEnvironment } from '../../lib/environment/open';
import { TARGETS, type TargetName } from '../../lib/core/spec';

/** More runs find more: `PROPERTY_RUNS=5000 npx jest test/environments/property`. */
const numRuns = Number(process.env.PROPERTY_RUNS ?? 250);
const seed = Number(process.env.PROPERTY_SEED ?? 20261123);

const names = readdirSync('environments').filter((file) => file.endsWith('.yaml') && file !== 'base.yaml');
const texts = Object.fromEntries(
  readdirSync('environments')
    .filter((file) => file.endsWith('.yaml'))
    .map((file) => [file, readFileSync(`environments/${file}`, 'utf8')]),
);

type Tree = { [key: string]: Tree } | Tree[] | string | number | boolean | null;

const words = [
  '',
  ' ',
  '*',
  '.',
  '..',
  '../x',
  'a.b',
  'a_b',
  '__proto__',
  'constructor',
  'toString',
  'null',
  '~',
  'yes',
  '0x10',
  '1e3',
  '-0',
  '7d',
  '0d',
  '1KiB',
  '999999999999999TiB',
  '1B',
  '4MiB/s',
  'forever',
  'unlimited',
  'none',
  'iam',
  'mtls',
  'tls',
  'oauthbearer',
  'broker',
  'controller',
  'msk',
  'msk-serverless',
  'local',
  'hosts',
  'ec2',
  'kubernetes',
  '4.1',
  '4.2',
  '4.3',
  '4.3.0',
  'orders',
  'orders*',
  'délta',
  '注文',
  '😀',
  'a\nb',
  'a,b',
  "it's",
  '"',
  '${env:X}',
  '$(id)',
  '`id`',
  '%n',
  '\\',
  '\t',
  '# x',
  ': ',
  '- ',
  '| ',
  'x'.repeat(300),
  'eu-west-1a',
  '2001:db8::1',
  '10.0.0.0/8',
  'arn:aws:iam::1:role/x',
];
const leaf: fc.Arbitrary<Tree> = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...words) },
  { weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: 12 }) },
  {
    weight: 3,
    arbitrary: fc.constantFrom<Tree>(
      0,
      1,
      2,
      3,
      5,
      7,
      -1,
      1.5,
      65535,
      65536,
      1e9,
      1e21,
      Infinity,
      NaN,
      true,
      false,
      null,
    ),
  },
  { weight: 1, arbitrary: fc.double() },
);
const tree: fc.Arbitrary<Tree> = fc.letrec<{ tree: Tree }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 4 },
    { weight: 6, arbitrary: leaf },
    { weight: 1, arbitrary: fc.array(tie('tree'), { maxLength: 4 }) },
    {
      weight: 1,
      arbitrary: fc.dictionary(fc.constantFrom(...words), tie('tree'), { maxKeys: 4, noNullPrototype: true }),
    },
  ),
})).tree;

interface Mutation {
  readonly kind: 'delete' | 'replace' | 'insert' | 'move' | 'repeat' | 'nest';
  /** Which of all places of the file; taken modulo their number. */
  readonly place: number;
  readonly from: number;
  readonly key: string;
  readonly value: Tree;
}
const mutation: fc.Arbitrary<Mutation> = fc.record({
  kind: fc.constantFrom('delete', 'replace', 'replace', 'replace', 'insert', 'move', 'repeat', 'nest'),
  place: fc.nat(),
  from: fc.nat(),
  key: fc.constantFrom(...words),
  value: tree,
});

type Holder = { [key: string]: Tree } | Tree[];
function placesOf(top: Tree): { holder: Holder; key: string | number }[] {
  if (typeof top !== 'object' || top === null) return [];
  const keys: (string | number)[] = Array.isArray(top) ? [...top.keys()] : Object.keys(top);
  return keys.flatMap((key) => [{ holder: top, key }, ...placesOf((top as Record<string | number, Tree>)[key]!)]);
}

function mutate(top: Tree, { kind, place, from, key, value }: Mutation): void {
  const places = placesOf(top);
  if (places.length === 0) return;
  const { holder, key: at } = places[place % places.length]!;
  const slots = holder as Record<string | number, Tree>;
  const other = places[from % places.length]!;
  const copy = structuredClone((other.holder as Record<string | number, Tree>)[other.key]!);
  if (kind === 'delete') {
    if (Array.isArray(holder)) holder.splice(Number(at), 1);
    else delete slots[at];
  } else if (kind === 'replace') slots[at] = value;
  else if (kind === 'move') slots[at] = copy;
  else if (kind === 'nest') slots[at] = [[[{ [key]: slots[at]! }]]];
  else if (Array.isArray(holder)) holder.push(kind === 'repeat' ? slots[at]! : value);
  else
    Object.defineProperty(slots, kind === 'repeat' ? String(other.key) : key, {
      value: kind === 'repeat' ? copy : value,
      enumerable: true,
      writable: true,
      configurable: true,
    });
}

function open(text: string, target: TargetName | undefined): OpenedEnvironment {
  const files: Record<string, string> = { ...texts, 'mutated.yaml': text };
  const read = (path: string): string => {
    if (!Object.hasOwn(files, path)) throw Object.assign(new Error(`no such file: ${path}`), { code: 'ENOENT' });
    return files[path]!;
  };
  const opened = openEnvironment({ path: 'mutated.yaml', read, ...(target === undefined ? {} : { target }) });
  for (const issue of opened.issues) {
    expect(issue.code).toMatch(/^[A-Z][A-Z0-9-]+$/);
    expect(issue.message).toMatch(/\.$/);
    expect(issue.message).not.toMatch(/\[object|\bundefined\b/);
    expect(issue.hint).not.toBe('');
    const { file, line, column } = issue.at!;
    const lines = files[file]!.split('\n');
    expect(line).toBeGreaterThanOrEqual(1);
    expect(line).toBeLessThanOrEqual(lines.length);
    expect(column).toBeGreaterThanOrEqual(1);
    expect(column).toBeLessThanOrEqual(lines[line - 1]!.length + 1);
  }
  return opened;
}

/** As `kdk render` does it, for the target of the model and for its clients. */
function renderModel(model: EnvironmentModel): void {
  const artifacts = [...renderTarget(model), ...allClientFiles(model, 'broker.example:9092')];
  expect(artifacts.length).toBeGreaterThan(0);
  for (const { path } of artifacts) expect(path).toMatch(/^[^/]/);
}

describe('an environment that was changed at random', () => {
  const targets = fc.option(fc.constantFrom(...TARGETS), { nil: undefined, freq: 3 });
  jest.setTimeout(600_000);

  test('never throws, tells issues inside its files, and renders where it is accepted', () => {
    let accepted = 0;
    fc.assert(
      fc.property(
        fc.constantFrom(...names),
        targets,
        fc.array(mutation, { minLength: 1, maxLength: 3 }),
        (name, target, mutations) => {
          const top = parse(texts[name]!) as Tree;
          for (const one of mutations) mutate(top, one);
          const opened = open(stringify(top), target);
          if (opened.model === undefined || hasErrors(opened.issues)) return;
          accepted += 1;
          renderModel(opened.model);
        },
      ),
      { numRuns, seed },
    );
    // Otherwise the second half of the property says nothing.
    expect(accepted).toBeGreaterThan(numRuns / 50);
  });

  test('as a text never throws, whatever characters go, come or are repeated', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...names),
        fc.nat(),
        fc.nat({ max: 30 }),
        fc.oneof(fc.constantFrom(...words), fc.string({ unit: 'binary', maxLength: 8 })),
        (name, at, cut, insert) => {
          const text = texts[name]!;
          const place = at % text.length;
          const opened = open(text.slice(0, place) + insert + text.slice(place + cut), undefined);
          if (opened.model === undefined || hasErrors(opened.issues)) return;
          // A template is a synth of its own; the property above renders those of AWS.
          if (opened.model.spec.aws === undefined) renderModel(opened.model);
        },
      ),
      { numRuns, seed },
    );
  });
});
