import { makePlan } from '../../admin/reconcile';
import type { Issue } from '../../core/issue';
import { desiredState, formatPlan, planLines, planMarkdown, type Plan } from '../../core/plan';
import { writeAtomically } from '../atomic-file';
import { withClient } from '../cluster';
import type { ReconcileOptions } from '../cluster-options';
import { locatedIssues } from '../located-issues';
import { openCluster } from '../open-cluster';
import type { Context, Outcome } from '../outcome';
import { reconcilePorts } from '../reconcile-ports';
import { siblingIssues } from '../sibling-files';

export interface PlanOptions extends ReconcileOptions {
  /** Where to write the plan, for `kdk apply`. */
  readonly out?: string;
  /** Where to write it as Markdown; true: print it instead of lines. */
  readonly markdown?: string | true;
  readonly failOnChanges?: boolean;
}

const CHANGES = 4;

/** `kdk plan ENV`: what would change on the cluster, proved by the cluster. */
export async function plan(argument: string, options: PlanOptions, context: Context): Promise<Outcome> {
  const cluster = await openCluster(argument, options, context);
  const { model, name, issues, opened, address } = cluster;
  const siblings = siblingIssues(cluster);
  context.progress({ step: 'reading and comparing the cluster' });
  const made = await withClient(address, context, async (client) => {
    const { ports, close } = reconcilePorts(client, cluster, { options, context });
    try {
      return await makePlan(ports, desiredState(model));
    } finally {
      await close();
    }
  });
  const files = writePlan(made, options);
  return {
    environment: name,
    issues: [...issues, ...siblings, ...locatedIssues(made.findings, opened), ...refusedIssues(made)],
    result: { bootstrapServers: address.bootstrapServers, files, plan: made },
    lines: [
      ...(options.markdown === true
        ? planMarkdown(made).trimEnd().split('\n')
        : planLines(made, { findings: 'left-out' })),
      ...files.map((file) => `wrote ${file}`),
    ],
    status: options.failOnChanges === true && made.changes.length > 0 ? CHANGES : 0,
  };
}

function writePlan(made: Plan, { out, markdown }: PlanOptions): string[] {
  const files: string[] = [];
  const write = (path: string, text: string): void => {
    writeAtomically(path, text);
    files.push(path);
  };
  if (out !== undefined) write(out, formatPlan(made));
  if (typeof markdown === 'string') write(markdown, planMarkdown(made));
  return files;
}

/** Changes that the cluster says it would refuse: an apply would fail. */
export function refusedIssues({ changes, proof }: Plan): Issue[] {
  const byId = new Map(changes.map((change) => [change.id, change]));
  return proof.refused.map(({ id, error }) => ({
    code: 'PLAN-REFUSED',
    level: 'error',
    path: byId.get(id)?.path ?? '',
    message: `the cluster refuses a change before it is made, got ${error} for ${byId.get(id)?.subject ?? id}; it must accept all.`,
    hint: 'Correct the environment.',
  }));
}
