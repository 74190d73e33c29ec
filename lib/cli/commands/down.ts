import { existsSync } from 'node:fs';
import { child, type Located } from '../../core/spec';
import { loadEnvironment } from '../../environment/load';
import { clusterElsewhere } from '../../environment/own-cluster';
import { deleteLocal, downLocal, localRoot, localState } from '../../local';
import { findEnvironment, isEnvironmentName } from '../environment-argument';
import { targetOption } from '../open-valid';
import type { CommonOptions, Context, Outcome } from '../outcome';
import { readText } from '../read-text';

export interface DownOptions extends CommonOptions {
  /** Remove data, files and logs too. */
  readonly delete?: boolean;
}

/** `kdk down ENV`: ends the nodes that run on this machine. Works without a valid environment: what runs must be possible to stop. */
export async function down(argument: string, options: DownOptions, { progress }: Context): Promise<Outcome> {
  targetOption(options.target);
  const name = nameOf(argument);
  const root = localRoot('.', name);
  const known = localState({ root })?.nodes.length ?? 0;
  const stopped = await downLocal({ root, progress });
  if (options.delete === true) await deleteLocal({ root, progress });
  const killed = stopped.filter(({ how }) => how === 'killed').map((node) => node.name);
  const kept = options.delete === true ? `its data is removed from ${root}` : `its data stays in ${root}`;
  return {
    environment: name,
    issues: [],
    result: { root, stopped, deleted: options.delete === true },
    lines: [
      known === 0 && stopped.length === 0
        ? `${name} was never up here`
        : `${name} ${stopped.length === 0 ? 'did not run' : `is down, ${stopped.length} nodes stopped`}; ${kept}`,
      ...(killed.length === 0 ? [] : [`killed, since they did not end in time: ${killed.join(', ')}`]),
    ],
  };
}

/** The name in the environment file, or the argument itself where a folder of its nodes is there. */
function nameOf(argument: string): string {
  if (isEnvironmentName(argument) && existsSync(localRoot('.', argument))) return argument;
  const { path } = findEnvironment(argument);
  const { located, cluster } = loadEnvironment(path, readText);
  const name = nameIn(located, 'name') ?? argument;
  if (cluster !== undefined) throw clusterElsewhere(nameIn(located, 'owner') ?? argument, name);
  return name;
}

function nameIn(located: Located | undefined, key: string): string | undefined {
  const name = child(located, key);
  return name?.kind === 'scalar' && typeof name.value === 'string' && isEnvironmentName(name.value)
    ? name.value
    : undefined;
}
