import type { SshShell } from '../admin/adapters/ssh';
import type { EnvironmentModel } from '../core/model';
import type { NodeHost } from '../admin/hosts';
import { reachOf } from './cluster';
import type { Context } from './outcome';

export interface SshFlags {
  readonly sshConfig?: string;
  readonly sshIdentity?: string;
}

/** Opens the way to the hosts of an environment for as long as an action takes. */
export async function withHosts<T>(
  model: EnvironmentModel,
  { flags, context }: { readonly flags: SshFlags; readonly context: Context },
  action: (shell: SshShell, hosts: readonly NodeHost[]) => Promise<T>,
): Promise<T> {
  const { sshConfig, sshIdentity } = flags;
  const open =
    reachOf(context).shell ?? (require('../admin/adapters/ssh') as typeof import('../admin/adapters/ssh')).openSsh;
  const shell = open({
    ...model.spec.targets?.hosts?.ssh,
    ...(sshConfig === undefined ? {} : { configFile: sshConfig }),
    ...(sshIdentity === undefined ? {} : { identityFile: sshIdentity }),
  });
  try {
    return await action(
      shell,
      model.nodes.map(({ id, name, host }) => ({ name, address: host, nodeId: id })),
    );
  } finally {
    await shell.close();
  }
}
