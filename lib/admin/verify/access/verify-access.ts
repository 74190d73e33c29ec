import { Failure, type Progress } from '../../../core/issue';
import type { EnvironmentModel, PrincipalModel } from '../../../core/model';
import { desiredState } from '../../../core/plan';
import type { Acl, ConnectOptions } from '../../port';
import { poll } from '../../wait';
import { ok, warning, wrong, verifyReport, type VerifyCheck, type VerifyReport } from '../check';
import { accessChecks, isAsDeclared, seeAccess, type AccessQuestion } from './check-access';
import type { ConnectProbe } from './probe';

/** One log-in of a principal, by the name that Kafka knows it by, or why it cannot be tried from here. */
export type UserLogIn = { readonly user: string } & (
  { readonly connect: Pick<ConnectOptions, 'bootstrapServers' | 'tls' | 'sasl'> } | { readonly untried: string }
);

export interface VerifyAccessOptions {
  readonly connect: ConnectProbe;
  /** How each user of a principal logs in. */
  readonly logInsOf: (principal: PrincipalModel) => Promise<readonly UserLogIn[]>;
  /** Topics that are there, declared or not. */
  readonly topics: readonly string[];
  readonly progress: Progress;
  /** How long rights may look wrong before they are called so: brokers hear of ACLs in their own time. @default 10000 */
  readonly patienceMs?: number;
}

/** Enough to notice a right that reaches too far, and one request. */
const MOST_TOPICS = 1000;
const MOST_GROUPS = 100;

/**
 * Logs in as every user of every principal whose credentials are at hand, and proves what it may do and what not. Kafka answers as it
 * would the client itself; nothing is written or read.
 */
export async function verifyAccess(model: EnvironmentModel, options: VerifyAccessOptions): Promise<VerifyReport> {
  const { access } = desiredState(model);
  if (access === undefined) return verifyReport([noAcls(model)]);
  const { progress } = options;
  const aclsOf = byPrincipal(access.acls.map(({ acl }) => acl));
  const checks: VerifyCheck[] = [];
  for (const [index, principal] of model.principals.entries()) {
    progress({ step: 'logging in as principals', done: index, total: model.principals.length, detail: principal.name });
    for (const login of await options.logInsOf(principal)) {
      const acls = aclsOf.get(`User:${login.user}`) ?? [];
      checks.push(...(await checkUser(questionOf(model, login.user, acls, options.topics), login, options)));
    }
  }
  return verifyReport(checks);
}

async function checkUser(
  question: AccessQuestion,
  login: UserLogIn,
  { connect, patienceMs = 10_000 }: VerifyAccessOptions,
): Promise<VerifyCheck[]> {
  const about = (evidence: string) => ({ id: 'ACCESS-LOGIN', subject: question.principal, evidence });
  if ('untried' in login)
    return [
      warning(about(`not tried: ${login.untried}`), 'Verify from where its credentials and its listener are at hand.'),
    ];
  let probe;
  try {
    probe = await connect(login.connect);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return [wrong(about(error.message), 'Check its secret, and whether kdk apply has made the user.')];
  }
  try {
    const seen = await poll(() => seeAccess(probe, question), isAsDeclared, { deadlineMs: patienceMs });
    return [ok(about(`logs in at ${login.connect.bootstrapServers[0]!}`)), ...accessChecks(question, seen)];
  } finally {
    await probe.close();
  }
}

/** Everything that any principal names, so that each is asked about its own and about those of others. */
function questionOf(
  model: EnvironmentModel,
  user: string,
  acls: readonly Acl[],
  present: readonly string[],
): AccessQuestion {
  const declared = model.topics.map(({ name }) => name).filter((name) => present.includes(name));
  const own = present.filter((name) =>
    acls.some((acl) => acl.resourceType === 'topic' && name.startsWith(acl.resourceName)),
  );
  const topics = [...new Set([...own, ...declared, ...present.filter((name) => !name.startsWith('__'))])];
  const named = (of: (principal: PrincipalModel) => readonly string[]): string[] => [
    ...new Set(model.principals.flatMap(of).map(example)),
  ];
  return {
    principal: `User:${user}`,
    acls,
    topics: topics.slice(0, MOST_TOPICS),
    groups: named(({ consume }) => consume?.groups ?? []).slice(0, MOST_GROUPS),
    transactionalIds: named(({ produce }) => produce?.transactionalIds ?? []),
  };
}

/** A name that a pattern covers. */
function example(pattern: string): string {
  return pattern.endsWith('*') ? `${pattern.slice(0, -1)}kdk-verify` : pattern;
}

function byPrincipal(acls: readonly Acl[]): ReadonlyMap<string, Acl[]> {
  const found = new Map<string, Acl[]>();
  for (const acl of acls) found.set(acl.principal, [...(found.get(acl.principal) ?? []), acl]);
  return found;
}

function noAcls({ name }: EnvironmentModel): VerifyCheck {
  return ok({
    id: 'ACCESS-NONE',
    evidence: `no listener of ${name} looks at ACLs, so every client may do everything or policies decide`,
  });
}
