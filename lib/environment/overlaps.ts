import { formatPath, sortIssues, type Issue, type Path } from '../core/issue';
import type { EnvironmentModel } from '../core/model';
import { covers, Names } from '../core/rules/patterns';
import { positionOf } from '../core/spec';
import type { OpenedEnvironment } from './opened';

/** A file that could be read and fits the schema. */
type Readable = OpenedEnvironment & Required<Pick<OpenedEnvironment, 'model' | 'located'>>;

/**
 * What a file claims that another file of the same cluster claims too, as issues of the first: a topic, principal or user that both declare, and scopes (`owns`) that overlap. Files of other clusters, files that cannot be read and the file itself are passed over.
 */
export function overlapsWith(one: OpenedEnvironment, others: readonly OpenedEnvironment[]): Issue[] {
  if (!isReadable(one)) return [];
  return sortIssues(
    others.flatMap((other) =>
      isReadable(other) && other.path !== one.path && sameCluster(one, other)
        ? [...sameOwner(one, other), ...collisions(one, other, 'OWNS-OVERLAP')]
        : [],
    ),
  );
}

/** What a file claims that the file of its cluster claims already. */
export function overlapsWithCluster(one: OpenedEnvironment, cluster: OpenedEnvironment): Issue[] {
  return isReadable(one) && isReadable(cluster) ? collisions(one, cluster, 'OWNS-TWICE') : [];
}

function isReadable(opened: OpenedEnvironment): opened is Readable {
  return opened.model !== undefined && opened.located !== undefined;
}

/** The file of the cluster itself is compared by `overlapsWithCluster` wherever a file adds to it. */
function sameCluster(one: Readable, other: Readable): boolean {
  const adds = ({ model }: Readable): boolean => model.owner !== model.name;
  return adds(one) && adds(other) && one.model.name === other.model.name && one.model.target === other.model.target;
}

function sameOwner(one: Readable, other: Readable): Issue[] {
  if (one.model.owner !== other.model.owner) return [];
  return [
    issue(one, 'OWNS-OVERLAP', ['owner'], {
      message: `two files have the same name, got ${one.model.owner} here and in ${other.path}; what belongs to whom is known by it.`,
      hint: 'Rename one of them.',
    }),
  ];
}

interface Claims {
  /** `topic` */
  readonly what: string;
  /** Names that are declared, tombstones too, and where. */
  readonly declared: ReadonlyMap<string, Path>;
  readonly scope: readonly { readonly pattern: string; readonly path: Path }[];
}

function claimsOf({ model }: Readable): Claims[] {
  const { spec, owns } = model;
  const under = (section: Path, entries: object | undefined): Map<string, Path> =>
    new Map(Object.keys(entries ?? {}).map((name) => [name, [...section, name]]));
  const scopeOf = (section: 'topics' | 'principals'): Claims['scope'] =>
    (owns[section] ?? []).map((pattern, index) => ({ pattern, path: ['owns', section, index] }));
  return [
    { what: 'topic', declared: under(['topics'], spec.topics), scope: scopeOf('topics') },
    { what: 'principal', declared: under(['principals'], spec.principals), scope: scopeOf('principals') },
    { what: 'user', declared: usersOf(model), scope: [] },
  ];
}

/** Users that have another name than their principal; the others collide as principals. */
function usersOf({ spec }: EnvironmentModel): Map<string, Path> {
  const users = new Map<string, Path>();
  for (const [principal, { users: declared }] of Object.entries(spec.principals ?? {})) {
    for (const user of Object.keys(declared ?? {})) {
      if (user !== principal) users.set(user, ['principals', principal, 'users', user]);
    }
  }
  // A principal is a user too, so that a user of one file may not be the principal of another.
  for (const principal of Object.keys(spec.principals ?? {})) users.set(principal, ['principals', principal]);
  return users;
}

function collisions(one: Readable, other: Readable, code: string): Issue[] {
  const theirs = claimsOf(other);
  const principals = new Set(Object.keys(other.model.spec.principals ?? {}));
  return claimsOf(one).flatMap((mine, index) => {
    const their = theirs[index]!;
    const told = (name: string): boolean => mine.what === 'user' && principals.has(name) && isPrincipal(one, name);
    return [
      ...declaredTwice(mine, their)
        .filter(({ name }) => !told(name))
        .map(({ name, path }) =>
          issue(one, code, path, {
            message: `the ${mine.what} is declared in two files, got ${name} here and in ${place(other, their.declared.get(name)!)}; one file owns it.`,
            hint: 'Remove it from one of them.',
          }),
        ),
      ...outOfScope(mine, their).map(({ name, path, pattern }) =>
        issue(one, code, path, {
          message: `the ${mine.what} belongs to another file, got ${name} in the scope ${pattern} of ${other.path}; one file owns it.`,
          hint: 'Declare it there, or make that scope narrower.',
        }),
      ),
      ...scopesOver(mine, their).map(({ pattern, path, over, theirPath }) =>
        issue(one, code, path, {
          message: `the scope covers what belongs to another file, got ${pattern} over ${over} of ${place(other, theirPath)}; scopes do not overlap.`,
          hint: 'Make one of them narrower.',
        }),
      ),
    ];
  });
}

function isPrincipal({ model }: Readable, name: string): boolean {
  return Object.hasOwn(model.spec.principals ?? {}, name);
}

function declaredTwice(mine: Claims, their: Claims): { name: string; path: Path }[] {
  return [...mine.declared].flatMap(([name, path]) => (their.declared.has(name) ? [{ name, path }] : []));
}

/** Names without a scope of their own here that lie in a scope there; with one, the scopes overlap. */
function outOfScope(mine: Claims, their: Claims): { name: string; path: Path; pattern: string }[] {
  return [...mine.declared].flatMap(([name, path]) => {
    if (their.declared.has(name) || mine.scope.some(({ pattern }) => covers(pattern, name))) return [];
    const found = their.scope.find(({ pattern }) => covers(pattern, name));
    return found === undefined ? [] : [{ name, path, pattern: found.pattern }];
  });
}

/** Each scope here with the first of what it takes from there. A name that both declare was told already. */
function scopesOver(mine: Claims, their: Claims): { pattern: string; path: Path; over: string; theirPath: Path }[] {
  const names = new Names([...their.declared.keys()].filter((name) => !mine.declared.has(name)));
  return mine.scope.flatMap(({ pattern, path }) => {
    const scope = their.scope.find((candidate) => overlap(pattern, candidate.pattern));
    if (scope !== undefined) return [{ pattern, path, over: scope.pattern, theirPath: scope.path }];
    const over = names.matches(pattern) ? names.all.find((name) => covers(pattern, name)) : undefined;
    return over === undefined ? [] : [{ pattern, path, over, theirPath: their.declared.get(over)! }];
  });
}

/** Whether some name is covered by both patterns. */
export function overlap(a: string, b: string): boolean {
  const [prefixA, prefixB] = [a, b].map((pattern) => (pattern.endsWith('*') ? pattern.slice(0, -1) : undefined));
  if (prefixA === undefined) return covers(b, a);
  if (prefixB === undefined) return covers(a, b);
  return prefixA.startsWith(prefixB) || prefixB.startsWith(prefixA);
}

function place({ located }: Readable, path: Path): string {
  const { file, line, column } = positionOf(located, path, true);
  return `${file}:${line}:${column}`;
}

function issue(
  { located }: Readable,
  code: string,
  path: Path,
  text: { readonly message: string; readonly hint: string },
): Issue {
  const shown = path[0] === 'owner' ? ['name'] : path;
  return { code, level: 'error', path: formatPath(shown), ...text, at: positionOf(located, path, true) };
}
