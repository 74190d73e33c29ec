import { connectAdmin, verifyCluster, type VerifyCheck } from '../../admin';
import type { Issue } from '../../core/issue';
import { untilAborted } from '../cluster';
import { openCluster, type ClusterCommandOptions } from '../open-cluster';
import type { Context, Outcome } from '../outcome';

/** `kdk verify ENV`: compares a live cluster with its environment and proves that clients can work. */
export async function verify(argument: string, options: ClusterCommandOptions, context: Context): Promise<Outcome> {
  const { progress, signal } = context;
  const { model, name, issues, address } = await openCluster(argument, options, context);
  const report = await untilAborted(
    verifyCluster(model, {
      bootstrapServers: address.bootstrapServers,
      connect: (options) => connectAdmin({ ...address, ...options }),
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
