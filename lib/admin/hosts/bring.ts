import type { Progress } from '../../core/issue';
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
 * that what is wrong on one leaves all others as they were. Nodes that run go on running.
 */
export async function bringHosts(
  shell: HostShell,
  work: readonly HostWork[],
  { progress, ...options }: BringOptions,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const outdated = work.filter(({ missing }) => missing.length > 0);
  if (outdated.length > 0)
    await onEveryHost(outdated, { step: 'copying files', progress }, ({ host, folder, missing }) =>
      stage(shell, host, { ...options, folder, missing }),
    );
  await onEveryHost(work, { step: 'checking before installing', progress }, ({ host }) =>
    install(shell, host, { ...options, only: '--check' }),
  );
  const said = await onEveryHost(work, { step: 'installing', progress }, ({ host }) => install(shell, host, options));
  return new Map(work.map(({ name }, index) => [name, said[index]!]));
}
