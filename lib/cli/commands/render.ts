import { Failure } from '../../core/issue';
import { allClientFiles } from '../client-settings';
import { leftOut } from '../left-out';
import { openOwnCluster, openValid } from '../open-valid';
import type { CommonOptions, Outcome } from '../outcome';
import { writeFolder, type WrittenFolder } from '../output-folder';
import { renderTarget } from '../renderers';

export interface RenderOptions extends CommonOptions {
  readonly out?: string;
  readonly clients?: string;
  readonly bootstrap?: string;
}

/** `kdk render ENV --out DIR --clients DIR`: writes what deploys the environment, and what its clients need. */
export function render(argument: string, options: RenderOptions): Outcome {
  const { out, clients } = options;
  if (out === undefined && clients === undefined) {
    throw new Failure(
      'USAGE',
      'there is nowhere to write to, got neither --out nor --clients; one of them is needed.',
      `Try kdk render ${argument} --out rendered/${argument}.`,
      2,
    );
  }
  // The clients of a file that adds to the cluster of another are its own; what deploys the cluster is not.
  const { model, name, issues } = out === undefined ? openValid(argument, options) : openOwnCluster(argument, options);
  // Everything is rendered before anything is written.
  const target = out === undefined ? [] : renderTarget(model);
  const settings = clients === undefined ? [] : allClientFiles(model, options.bootstrap);
  const written = {
    ...(out === undefined ? {} : { out: writeFolder(out, { environment: name, content: model.target }, target) }),
    ...(clients === undefined
      ? {}
      : { clients: writeFolder(clients, { environment: name, content: 'clients' }, settings) }),
  };
  return {
    environment: name,
    issues: out === undefined ? issues : [...issues, ...leftOut(model)],
    result: { target: model.target, ...written },
    lines: [
      ...(written.out === undefined ? [] : [summary(out!, written.out)]),
      ...(written.clients === undefined ? [] : [summary(clients!, written.clients)]),
    ],
  };
}

function summary(folder: string, { written, unchanged, removed }: WrittenFolder): string {
  const counts = [`${written.length} written`, `${unchanged.length} unchanged`];
  if (removed.length > 0) counts.push(`${removed.length} removed`);
  return `${folder}: ${written.length + unchanged.length} files, ${counts.join(', ')}`;
}
