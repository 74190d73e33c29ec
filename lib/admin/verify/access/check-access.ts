import type { Acl, AclOperation } from '../../../core/cluster';
import { count, listSome, ok, warning, wrong, type VerifyCheck } from '../check';
import { allowedOperations, dependsOnAddress, isAllowed, type ToldType } from './expected';
import type { AccessProbe, Attempt } from './probe';

/** What one user is to be allowed, and what it is asked about. */
export interface AccessQuestion {
  /** `User:billing` */
  readonly principal: string;
  /** Declared for it. */
  readonly acls: readonly Acl[];
  readonly topics: readonly string[];
  readonly groups: readonly string[];
  readonly transactionalIds: readonly string[];
}

/** What was seen; compared again while brokers hear of ACLs. */
export interface AccessSeen {
  /** Where the user may do less, and more, than it should, in words. */
  readonly missing: readonly string[];
  readonly excess: readonly string[];
  /** Resources that were compared. */
  readonly compared: number;
  readonly attempts: readonly MadeAttempt[];
}

interface MadeAttempt extends Attempt {
  /** `write to orders` */
  readonly what: string;
  readonly expected: boolean;
}

/** Asks as the user what it may do, and tries a write, a read and a transactional id that it may use and one of each that it may not. */
export async function seeAccess(probe: AccessProbe, question: AccessQuestion): Promise<AccessSeen> {
  const missing: string[] = [];
  const excess: string[] = [];
  let compared = 0;
  const compare = (type: ToldType, name: string, seen: ReadonlySet<AclOperation> | undefined): void => {
    if (dependsOnAddress(question.acls, { type, name })) return;
    compared++;
    const expected = allowedOperations(question.acls, { type, name });
    // Without the right to describe Kafka tells nothing of the others; what then is expected beside it cannot be seen.
    if (seen === undefined) {
      if (expected.has('describe')) missing.push(...[...expected].map((operation) => words(operation, type, name)));
      return;
    }
    for (const operation of expected) if (!seen.has(operation)) missing.push(words(operation, type, name));
    for (const operation of seen)
      if (!expected.has(operation) && isTold(type, operation)) excess.push(words(operation, type, name));
  };
  const [topics, groups, cluster] = await Promise.all([
    probe.topics(question.topics),
    question.groups.length === 0 ? new Map() : probe.groups(question.groups),
    probe.cluster(),
  ]);
  for (const name of question.topics) compare('topic', name, topics.get(name));
  for (const name of question.groups) compare('group', name, groups.get(name) as ReadonlySet<AclOperation> | undefined);
  compare('cluster', CLUSTER, cluster);
  return { missing, excess, compared, attempts: await attempts(probe, question) };
}

const CLUSTER = 'kafka-cluster';

async function attempts(
  probe: AccessProbe,
  { acls, topics, transactionalIds }: AccessQuestion,
): Promise<MadeAttempt[]> {
  const made: MadeAttempt[] = [];
  const tryBoth = async (
    type: 'topic' | 'transactional-id',
    names: readonly string[],
    {
      operation,
      verb,
      attempt,
    }: { operation: AclOperation; verb: string; attempt: (name: string) => Promise<Attempt> },
  ): Promise<void> => {
    const fixed = names.filter((name) => !dependsOnAddress(acls, { type, name }));
    for (const expected of [true, false]) {
      const name = fixed.find((one) => isAllowed(on(acls, type, one), operation) === expected);
      if (name !== undefined) made.push({ what: `${verb} ${name}`, expected, ...(await attempt(name)) });
    }
  };
  await tryBoth('topic', topics, { operation: 'write', verb: 'write to', attempt: (name) => probe.write(name) });
  await tryBoth('topic', topics, { operation: 'read', verb: 'read', attempt: (name) => probe.read(name) });
  await tryBoth('transactional-id', transactionalIds, {
    operation: 'describe',
    verb: 'use transactional id',
    attempt: (id) => probe.transactionalId(id),
  });
  return made;
}

function on(acls: readonly Acl[], type: Acl['resourceType'], name: string): Acl[] {
  return acls.filter(
    (acl) =>
      acl.resourceType === type &&
      (acl.pattern === 'prefixed'
        ? name.startsWith(acl.resourceName)
        : acl.resourceName === '*' || acl.resourceName === name),
  );
}

/** What Kafka tells of a resource differs from version to version; what is not compared here is no excess. */
function isTold(type: ToldType, operation: AclOperation): boolean {
  return !(type === 'group' && (operation === 'describe-configs' || operation === 'alter-configs'));
}

function words(operation: AclOperation, type: ToldType, name: string): string {
  return type === 'cluster' ? `${operation} the cluster` : `${operation} ${type} ${name}`;
}

export function isAsDeclared({ missing, excess, attempts: made }: AccessSeen): boolean {
  return missing.length + excess.length === 0 && made.every(({ allowed, expected }) => allowed === expected);
}

/** What was seen as checks, for one user. */
export function accessChecks({ principal }: AccessQuestion, seen: AccessSeen): VerifyCheck[] {
  const about = (id: string, evidence: string) => ({ id, subject: principal, evidence });
  const { missing, excess, compared, attempts: made } = seen;
  const wrongly = made.filter(({ allowed, expected }) => allowed !== expected);
  const let_ = made.filter(({ allowed }) => allowed).map(({ what }) => what);
  const refused = made.filter(({ allowed }) => !allowed).map(({ what, answer }) => `${what} (${answer})`);
  return [
    missing.length === 0
      ? ok(about('ACCESS-GRANTED', `everything that is declared, on ${count(compared, 'resource')}`))
      : wrong(
          about('ACCESS-GRANTED', `may not ${listSome(missing)}`),
          'Run kdk plan: an ACL is missing, or a deny is in the way.',
        ),
    excess.length === 0
      ? ok(about('ACCESS-DENIED', `nothing else on ${count(compared, 'resource')}`))
      : wrong(
          about('ACCESS-DENIED', `may also ${listSome(excess)}`),
          'Look for ACLs of User:* and of other files, for super users, and for allow.everyone.if.no.acl.found.',
        ),
    wrongly.length > 0
      ? wrong(
          about(
            'ACCESS-TRIED',
            listSome(
              wrongly.map(
                ({ what, allowed, answer }) => `${what} was ${allowed ? 'let through' : 'refused'} (${answer})`,
              ),
            ),
          ),
          'Compare its ACLs with kdk plan.',
        )
      : made.length === 0
        ? warning(about('ACCESS-TRIED', 'there was nothing to try'), 'Give it a topic, or remove it.')
        : ok(
            about(
              'ACCESS-TRIED',
              [
                ...(let_.length === 0 ? [] : [`let through: ${let_.join(', ')}`]),
                ...(refused.length === 0 ? [] : [`refused: ${refused.join(', ')}`]),
              ].join('; '),
            ),
          ),
  ];
}
