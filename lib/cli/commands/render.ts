import type { FileArtifact } from '../../core/artifact';
import { Failure, hasErrors, type Issue } from '../../core/issue';
import { allClientFiles } from '../client-settings';
import { day2Files } from '../day2-files';
import { leftOut } from '../left-out';
import { requireOwnCluster } from '../../environment/own-cluster';
import { locatedIssues } from '../located-issues';
import { openValid, type ValidEnvironment } from '../open-valid';
import { InvalidEnvironment, type CommonOptions, type Outcome } from '../outcome';
import { writeFolder, type WrittenFolder } from '../output-folder';
import { BACKENDS, renderBackend, renderedTarget, renderTarget, type Backend } from '../renderers';

export interface RenderOptions extends CommonOptions {
  readonly out?: string;
  readonly clients?: string;
  readonly bootstrap?: string;
  readonly backend?: string;
  /** Folder for what Prometheus reads and alerts on. */
  readonly monitoring?: string;
  /** Folder for the runbook of what differs. */
  readonly day2?: string;
  /** What runs: a lock file, or a former environment file. */
  readonly since?: string;
}

/** `kdk render ENV --out DIR --clients DIR --monitoring DIR --day2 DIR`: writes what deploys the environment, what its clients need, what watches it, and how to get there. */
export function render(argument: string, options: RenderOptions): Outcome {
  const { out, clients, monitoring, day2 } = options;
  const backend = backendOption(options.backend);
  if (out === undefined && clients === undefined && monitoring === undefined && day2 === undefined) {
    throw new Failure(
      'USAGE',
      'there is nowhere to write to, got none of --out, --clients, --monitoring and --day2; one of them is needed.',
      `Try kdk render ${argument} --out rendered/${argument}.`,
      2,
    );
  }
  // The clients of a file that adds to the cluster of another are its own; what deploys the cluster is not.
  const valid = openValid(argument, options, monitoring === undefined ? {} : { localMetrics: 'on' });
  const { model, name } = valid;
  if (day2 !== undefined || monitoring !== undefined || (out !== undefined && model.brokersElsewhere === undefined))
    requireOwnCluster(model);
  // Everything is rendered before anything is written.
  const { files: target, issues, content } = out === undefined ? nothing(valid) : rendered(valid, backend);
  const settings = clients === undefined ? [] : allClientFiles(model, options.bootstrap);
  const steps = day2 === undefined ? [] : day2Files(model, options);
  const watching = monitoring === undefined ? [] : monitoringFiles(model);
  const written = {
    ...(out === undefined ? {} : { out: writeFolder(out, { environment: name, content }, target) }),
    ...(clients === undefined
      ? {}
      : { clients: writeFolder(clients, { environment: name, content: 'clients' }, settings) }),
    ...(monitoring === undefined
      ? {}
      : { monitoring: writeFolder(monitoring, { environment: name, content: 'monitoring' }, watching) }),
    ...(day2 === undefined ? {} : { day2: writeFolder(day2, { environment: name, content: 'day2' }, steps) }),
  };
  return {
    environment: name,
    issues,
    result: { target: renderedTarget(model), ...(backend === undefined ? {} : { backend }), ...written },
    lines: [
      ...(written.out === undefined ? [] : [summary(out!, written.out)]),
      ...(written.clients === undefined ? [] : [summary(clients!, written.clients)]),
      ...(written.monitoring === undefined ? [] : [summary(monitoring!, written.monitoring)]),
      ...(written.day2 === undefined ? [] : [summary(day2!, written.day2)]),
    ],
  };
}

function monitoringFiles(model: ValidEnvironment['model']): FileArtifact[] {
  return (require('../../monitoring') as typeof import('../../monitoring')).renderMonitoring(model);
}

interface Rendered {
  readonly files: readonly FileArtifact[];
  readonly issues: readonly Issue[];
  /** What the folder holds: it is not taken for one of something else. */
  readonly content: string;
}

function nothing({ issues, model }: ValidEnvironment): Rendered {
  return { files: [], issues, content: model.target };
}

function rendered(valid: ValidEnvironment, backend: Backend | undefined): Rendered {
  const { model, issues } = valid;
  if (backend === undefined) {
    return { files: renderTarget(model), issues: [...issues, ...leftOut(model)], content: renderedTarget(model) };
  }
  const { files, issues: found } = renderBackend(backend, model);
  const all = [...issues, ...locatedIssues(found, valid.opened)];
  if (hasErrors(all)) throw new InvalidEnvironment(valid.name, all);
  return { files, issues: all, content: backend };
}

function backendOption(backend: string | undefined): Backend | undefined {
  if (backend === undefined) return undefined;
  const known: readonly string[] = BACKENDS;
  if (known.includes(backend)) return backend as Backend;
  throw new Failure(
    'BACKEND-UNKNOWN',
    `there is no such backend, got ${JSON.stringify(backend)}; ${known.join(', ')} is allowed.`,
    "Leave it out for the kit's own manifests.",
    2,
  );
}

function summary(folder: string, { written, unchanged, removed }: WrittenFolder): string {
  const counts = [`${written.length} written`, `${unchanged.length} unchanged`];
  if (removed.length > 0) counts.push(`${removed.length} removed`);
  return `${folder}: ${written.length + unchanged.length} files, ${counts.join(', ')}`;
}
