import type { VerifyCheck } from '../../admin/verify';
import type { Issue } from '../../core/issue';
import { accessReport } from '../access-report';
import { reachOf } from '../cluster';
import type { ReconcileOptions } from '../cluster-options';
import { openCluster } from '../open-cluster';
import type { Context, Outcome } from '../outcome';
import { untilAborted } from '../until-aborted';

export interface VerifyOptions extends ReconcileOptions {
  /** Log in as every principal. */
  readonly access?: boolean;
}

/** `kdk verify ENV`: compares a live cluster with its environment and proves that clients can work. */
export async function verify(argument: string, options: VerifyOptions, context: Context): Promise<Outcome> {
  const { progress, signal } = context;
  const cluster = await openCluster(argument, options, context);
  const { model, name, issues, address } = cluster;
  const { verifyCluster, verifyReport } = require('../../admin/verify') as typeof import('../../admin/verify');
  const { connect } = reachOf(context);
  const looked = await untilAborted(
    verifyCluster(model, {
      bootstrapServers: address.bootstrapServers,
      connect: (changes) => connect({ ...address, ...changes }),
      progress,
    }),
    signal,
  );
  const access =
    options.access === true ? await untilAborted(accessReport(cluster, options, context), signal) : undefined;
  const report = verifyReport([...looked.checks, ...(access?.checks ?? [])]);
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
