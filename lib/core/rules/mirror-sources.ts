import { sourceKeys, sourceServers } from '../config';
import type { Path } from '../issue';
import { sourceListener, type EnvironmentModel, type ListenerModel, type MirrorModel } from '../model';
import type { EnvironmentSpec } from '../spec';
import { didYouMean, oneOf } from './hint';
import { coversPattern } from './patterns';
import type { Report, Rule } from './rule';

type Source = NonNullable<EnvironmentSpec['mirrors']>[string]['source'];

/** What of a source stands in its own file, and is said here only of clusters that the kit does not know. */
const OF_UNKNOWN = ['authentication', 'encryption', 'username', 'iamRole'] as const;
const OF_ENVIRONMENTS = ['principal', 'listener'] as const;
const WITH_NAME = ['scram-sha-512', 'oauthbearer'];

/** The clusters that workers of mirrors copy from, and how they log in there. */
export const MIRROR_SOURCE_RULES: readonly Rule[] = [
  {
    code: 'MIRROR-UNKNOWN',
    level: 'error',
    what: 'The environment that a mirror copies from is a file beside this one, and says where its brokers are.',
    why: 'The workers need its addresses, and how it lets clients in.',
    source: 'the environment schema',
    check(model, report) {
      for (const [mirror, source] of sources(model)) {
        const name = source.environment;
        if (name === undefined || name === model.name) continue;
        const path = ['mirrors', mirror.name, 'source', 'environment'];
        if (!model.environments.has(name))
          report({
            path,
            message: `the environment is not known, got ${name}; one in a file of its name beside this one is allowed.`,
            hint: `Add ${name}.yaml, or write bootstrapServers and authentication instead of environment.`,
          });
        else if (listenerOf(model, source) !== undefined && sourceServers(mirror) === '')
          report({
            path,
            message: `none of its brokers has an address on that listener, got ${name}; bootstrapServers are needed.`,
            hint: 'Write bootstrapServers and authentication instead of environment.',
          });
      }
    },
  },
  {
    code: 'MIRROR-KEYS',
    level: 'error',
    what: 'What is said of a source is said in one place: in its own file, or here of a cluster that the kit does not know.',
    why: 'It would be ignored.',
    source: 'the environment schema',
    check(model, report) {
      for (const [{ name, source: resolved }, source] of sources(model)) {
        const path = ['mirrors', name, 'source'];
        const foreign: readonly (keyof Source)[] = source.environment === undefined ? OF_ENVIRONMENTS : OF_UNKNOWN;
        for (const key of foreign.filter((candidate) => source[candidate] !== undefined))
          report({
            path: [...path, key],
            message: `this is said elsewhere, got ${key}; ${source.environment === undefined ? 'bootstrapServers have none' : `it follows from ${source.environment}`}.`,
            hint: 'Remove it here.',
          });
        const { login, tls } = sourceKeys(resolved);
        if (source.secret !== undefined && login.length + tls.length === 0)
          report({
            path: [...path, 'secret'],
            message: `nothing of it would be read, got ${source.secret}; none is needed.`,
            hint: 'Remove it.',
          });
      }
    },
  },
  {
    code: 'MIRROR-LOG-IN',
    level: 'error',
    what: 'A mirror can log in at its source.',
    why: 'Its tasks would fail at once, after the deployment.',
    source: 'Apache Kafka documentation, Security',
    check(model, report) {
      for (const [{ name }, source] of sources(model)) {
        const path = ['mirrors', name, 'source'];
        if (source.environment === undefined) checkServers(source, path, report);
        else checkEnvironment(model, source, path, report);
      }
    },
  },
  {
    code: 'MIRROR-RIGHTS',
    level: 'warning',
    what: 'The principal of a mirror may read what is copied: topics with their options, and where groups are.',
    why: 'MirrorMaker leaves out what it may not see, without a word; it needs no right to write there.',
    source: 'KIP-382; Apache Kafka documentation, Authorization and ACLs',
    check(model, report) {
      for (const [mirror, source] of sources(model)) {
        const other = model.environments.get(source.environment ?? '');
        const principal = other?.principals.find((candidate) => candidate.name === source.principal);
        if (other?.authorization !== true || principal === undefined) continue;
        const may = (kind: 'topics' | 'groups', operation: string, pattern: string): boolean =>
          (operation !== 'describe-configs' &&
            (principal.consume?.[kind] ?? []).some((wide) => coversPattern(wide, pattern))) ||
          principal.acls.some(
            (acl) =>
              acl.permission !== 'deny' &&
              (acl.operations as readonly string[]).some((own) => own === operation || own === 'all') &&
              acl[kind].some((wide) => coversPattern(wide, pattern)),
          );
        const needed = [
          ['topics', ['read', 'describe', 'describe-configs']],
          ['groups', ['describe']],
        ] as const;
        const lacking = needed.flatMap(([kind, operations]) => {
          const patterns = mirror[kind].filter((one) => operations.some((operation) => !may(kind, operation, one)));
          if (patterns.length === 0) return [];
          const names = patterns.map((one) => JSON.stringify(one)).join(', ');
          return [`{ ${kind}: [${names}], operations: [${operations.join(', ')}] }`];
        });
        if (lacking.length === 0) continue;
        report({
          path: ['mirrors', mirror.name, 'source', 'principal'],
          message: `${principal.name} may not see all that is copied, got less than ${lacking.join(' and ')}; all of it is needed.`,
          hint: `In ${other.name}, add to principals.${principal.name}.acls: ${lacking.join(', ')}.`,
        });
      }
    },
  },
];

/** Of a cluster that the kit does not know, all is said here. */
function checkServers(source: Source, path: Path, report: Report): void {
  const { authentication, username, bootstrapServers } = source;
  if (bootstrapServers === undefined) return;
  for (const server of bootstrapServers.split(','))
    if (!/^[^\s:,]+:\d{1,5}$|^\[[\da-fA-F:]+\]:\d{1,5}$/.test(server))
      report({
        path: [...path, 'bootstrapServers'],
        message: `not an address of a broker, got ${JSON.stringify(server)}; host:port, parted by commas, is allowed.`,
        hint: 'Write each as host:port.',
      });
  if (authentication === undefined)
    report({
      path,
      message: 'it is not known how its brokers let clients in, got no authentication; one is needed.',
      hint: 'Add authentication: none, scram-sha-512, mtls, oauthbearer or iam.',
    });
  else if (WITH_NAME.includes(authentication) !== (username !== undefined))
    report({
      path: username === undefined ? path : [...path, 'username'],
      message:
        username === undefined
          ? `it is not known who reads there, got no username with ${authentication}; one is needed.`
          : `nobody is asked for a name there, got ${username} with ${authentication}; none is allowed.`,
      hint: username === undefined ? 'Add username; its password is in the secret.' : 'Remove it.',
    });
  else if (['mtls', 'iam'].includes(authentication) && source.encryption === 'none')
    report({
      path: [...path, 'encryption'],
      message: `such brokers are reached by TLS alone, got none with ${authentication}; tls is allowed.`,
      hint: 'Remove it.',
    });
  if (authentication !== 'iam' && source.iamRole !== undefined)
    report({
      path: [...path, 'iamRole'],
      message: `no role is asked for there, got ${source.iamRole} with ${authentication ?? 'no authentication'}; one goes with iam.`,
      hint: 'Remove it.',
    });
}

function checkEnvironment(model: EnvironmentModel, source: Source, path: Path, report: Report): void {
  const other = model.environments.get(source.environment!);
  if (other === undefined) return;
  const listeners = other.listeners.map(({ name }) => name);
  const principals = other.principals.map(({ name }) => name);
  const principal = other.principals.find(({ name }) => name === source.principal);
  if (source.principal !== undefined && principal === undefined) {
    report({
      path: [...path, 'principal'],
      message: `${other.name} has no such principal, got ${source.principal}; ${oneOf(principals)}.`,
      hint: didYouMean(source.principal, principals, `Declare it under principals of ${other.name}.`),
    });
    return;
  }
  if (source.listener !== undefined && !listeners.includes(source.listener)) {
    report({
      path: [...path, 'listener'],
      message: `${other.name} has no such listener, got ${source.listener}; ${oneOf(listeners)}.`,
      hint: didYouMean(source.listener, listeners, 'Name one of them.'),
    });
    return;
  }
  const listener = listenerOf(model, source);
  if (principal !== undefined && source.listener !== undefined && principal.listener !== source.listener)
    report({
      path: [...path, 'listener'],
      message: `${principal.name} uses another listener of ${other.name}, got ${source.listener}; ${principal.listener} is allowed.`,
      hint: 'Remove it.',
    });
  else if (listener !== undefined && listener.authentication !== 'none' && principal === undefined)
    report({
      path,
      message: `${other.name} asks who reads there, got no principal for its listener ${listener.name}; one of its principals is needed.`,
      hint: 'Add principal, one that may read the topics and describe the groups, and nothing else.',
    });
}

function listenerOf(model: EnvironmentModel, source: Source): ListenerModel | undefined {
  const other = model.environments.get(source.environment ?? '');
  return other === undefined ? undefined : sourceListener(source, other);
}

function sources(model: EnvironmentModel): (readonly [MirrorModel, Source])[] {
  return (model.mirrorMaker?.mirrors ?? []).map(
    (mirror) => [mirror, model.spec.mirrors![mirror.name]!.source] as const,
  );
}
