import { findCluster, untilAborted, type ClusterAddress } from './cluster';
import { openValid } from './open-valid';
import type { CommonOptions, Context } from './outcome';

export interface ClusterCommandOptions extends CommonOptions {
  readonly bootstrap?: string;
}

/** An environment and where its live cluster is reached: what `status` and `verify` begin with. */
export async function openCluster(
  argument: string,
  options: ClusterCommandOptions,
  { progress, signal }: Context,
): Promise<ReturnType<typeof openValid> & { readonly address: ClusterAddress }> {
  const opened = openValid(argument, options);
  const { bootstrap } = options;
  progress({ step: 'finding the cluster' });
  const found = findCluster(opened.model, { signal, ...(bootstrap === undefined ? {} : { bootstrap }) });
  return { ...opened, address: await untilAborted(found, signal) };
}
