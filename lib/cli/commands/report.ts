import { Failure } from '../../core/issue';
import { requireBrokers } from '../../environment/own-cluster';
import { renderReport } from '../../report';
import { writeAtomically } from '../atomic-file';
import { openValid } from '../open-valid';
import type { CommonOptions, Context, Outcome } from '../outcome';

export interface ReportOptions extends CommonOptions {
  /** The page; `-` is standard output. */
  readonly out?: string;
}

/** `kdk report ENV --out FILE`: one page about an environment, for people. */
export function report(argument: string, options: ReportOptions, { version }: Pick<Context, 'version'>): Outcome {
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
  const { model, name, issues } = openValid(argument, options);
  requireBrokers(model);
  const { data, page } = renderReport({ model, name, issues, kit: version });
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
