import { clusterStatus } from '../../admin/status';
import { Failure } from '../../core/issue';
import { requireBrokers } from '../../environment/own-cluster';
import { renderReport, type ReportInput } from '../../report';
import { writeAtomically } from '../atomic-file';
import { withClient } from '../cluster';
import type { ClusterOptions } from '../cluster-options';
import { openCluster } from '../open-cluster';
import { openValid } from '../open-valid';
import type { Context, Outcome } from '../outcome';
import { runningSection } from '../running-section';

export interface ReportOptions extends ClusterOptions {
  /** The page; `-` is standard output. */
  readonly out?: string;
  /** What is seen of the running cluster is in it, too. */
  readonly live?: boolean;
}

/** `kdk report ENV --out FILE`: one page about an environment, for people. */
export async function report(argument: string, options: ReportOptions, context: Context): Promise<Outcome> {
  const { out } = options;
  if (out === undefined && options.json !== true) {
    throw new Failure(
      'USAGE',
      'there is nowhere to write to, got no --out; a file, or - for standard output, is needed.',
      `Try kdk report ${argument} --out report.html.`,
      2,
    );
  }
  if (out === '-' && options.json === true) {
    throw new Failure(
      'USAGE',
      'standard output is for one document, got --out - and --json; one of them is allowed.',
      'Leave --out away: the document of --json holds what the page says.',
      2,
    );
  }
  const input = { ...(await reported(argument, options, context)), kit: context.version };
  const { name, issues, model } = input;
  const { data, page } = renderReport(input);
  if (out === '-') return { environment: name, issues, result: null, lines: [page.trimEnd()] };
  if (out !== undefined) writeAtomically(out, page);
  const bytes = Buffer.byteLength(page);
  return {
    environment: name,
    issues,
    result: { target: model.target, ...(out === undefined ? {} : { file: out, bytes }), report: data },
    lines: [`${out}: one page of ${Math.ceil(bytes / 1024)} KiB about ${name}`],
  };
}

type Reported = Omit<ReportInput, 'kit'>;

/** What there is to report: of the files alone, and of the running cluster where one is to be looked at. */
async function reported(argument: string, options: ReportOptions, context: Context): Promise<Reported> {
  const { live, bootstrap, commandConfig } = options;
  if (live !== true && bootstrap === undefined && commandConfig === undefined) {
    const { model, name, issues } = openValid(argument, options);
    requireBrokers(model);
    return { model, name, issues };
  }
  const { model, name, issues, address } = await openCluster(argument, options, context);
  context.progress({ step: 'asking the cluster' });
  const status = await withClient(address, context, (client) => clusterStatus(client, model));
  return { model, name, issues, running: runningSection(status, new Date()) };
}
