import { Failure, type Progress } from '../../core/issue';
import { onEveryHost } from './every-host';
import { folderFor, type HostFile, type HostFolder } from './folder';
import type { HostLook, NodeHost } from './probe';
import type { HostShell } from './shell';
import { install, missingFiles, stage, type StageOptions } from './stage';

/** What a host is to get, and how it is now. */
export interface HostWork {
  readonly name: string;
  readonly host: NodeHost;
  readonly look: HostLook;
  readonly folder: HostFolder;
  /** Files that have to be copied. */
  readonly missing: readonly HostFile[];
}

export interface BringOptions extends StageOptions {
  readonly progress: Progress;
}

export interface InstallOptions extends BringOptions {
  /** Ends it between two steps. */
  readonly signal: AbortSignal;
}

/** Compares what hosts have with what they are to get; nothing is touched. */
export function compareHosts(
  shell: HostShell,
  looks: readonly HostLook[],
  { folders, progress, ...options }: BringOptions & { readonly folders: ReadonlyMap<string, HostFolder> },
): Promise<readonly HostWork[]> {
  const named = looks.map((look) => ({ name: look.host.name, look }));
  return onEveryHost(named, { step: 'comparing files', progress }, async ({ name, look }) => {
    const folder = folderFor(folders.get(name)!, look.arch);
    const missing = await missingFiles(shell, look.host, { ...options, folder });
    return { name, host: look.host, look, folder, missing };
  });
}

/**
 * Copies everywhere, lets every host look at what it would install, and only then installs; a step is done on all hosts before the next, so
 * that what is wrong on one leaves all others as they were. Nodes that run go on running. Gives what each host had to say.
 */
export async function bringHosts(
  shell: HostShell,
  work: readonly HostWork[],
  { progress, signal, ...options }: InstallOptions,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const outdated = work.filter(({ missing }) => missing.length > 0);
  if (outdated.length > 0)
    await onEveryHost(outdated, { step: 'copying files', progress }, ({ host, folder, missing }) =>
      stage(shell, host, { ...options, folder, missing }),
    );
  if (signal.aborted) throw interrupted();
  const warned = await onEveryHost(work, { step: 'checking before installing', progress }, ({ host }) =>
    install(shell, host, { ...options, only: '--check' }),
  );
  if (signal.aborted) throw interrupted();
  const said = await onEveryHost(work, { step: 'installing', progress }, ({ host }) => install(shell, host, options));
  return new Map(work.map(({ name }, index) => [name, [...new Set([...warned[index]!, ...said[index]!])]]));
}

function interrupted(): Failure {
  return new Failure(
    'INTERRUPTED',
    'the command was interrupted before anything was restarted, got a request to stop; what was copied and installed stays.',
    'Run it again: it goes on from what is there.',
  );
}
