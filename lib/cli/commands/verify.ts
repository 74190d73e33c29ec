import { connectAdmin, verifyCluster, type VerifyCheck } from '../../admin';
import type { Issue } from '../../core/issue';
import { findCluster, untilAborted } from '../cluster';
import { openValid } from '../open-valid';
import type { CommonOptions, Context, Outcome } from '../outcome';

export interface VerifyOptions extends CommonOptions {
  readonly bootstrap?: string;
}

/** `kdk verify ENV`: compares a live cluster with its environment and proves that clients can work. */
export async function verify(argument: string, options: VerifyOptions, context: Context): Promise<Outcome> {
  const { model, name, issues } = openValid(argument, options);
  const { progress, signal } = context;
  const { bootstrap } = options;
  progress({ step: 'finding the cluster' });
  const address = await untilAborted(
    findCluster(model, { signal, ...(bootstrap === undefined ? {} : { bootstrap }) }),
    signal,
  );
  const report = await untilAborted(
    verifyCluster(model, {
      bootstrapServers: address.bootstrapServers,
      connect: (options) => connectAdmin({ ...options, tls: address.tls }),
      progress,
    }),
    signal,
  );
  const fine = report.checks.filter(({ status }) => status === 'ok');
  return {
    environment: name,
    issues: [...issues, ...report.checks.flatMap(issueOf)],
    result: { bootstrapServers: address.bootstrapServers, ...report },
    lines: [
      ...fine.map((check) => `ok ${check.id} ${evidence(check)}`),
      `${name}: ${fine.length} of ${report.checks.length} checks are fine`,
    ],
  };
}

function issueOf(check: VerifyCheck): Issue[] {
  if (check.status === 'ok') return [];
  return [
    { code: check.id, level: check.status, path: '', message: evidence(check).replace(/\.?$/, '.'), hint: check.hint },
  ];
}

function evidence({ subject, evidence: seen }: VerifyCheck): string {
  return subject === undefined ? seen : `${subject}: ${seen}`;
}
