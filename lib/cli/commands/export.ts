import { exportCluster, formatBackup } from '../../admin/backup';
import { Failure } from '../../core/issue';
import { counted } from '../amounts';
import { writeAtomically } from '../atomic-file';
import { withClient } from '../cluster';
import type { ClusterOptions } from '../cluster-options';
import { openAnyCluster } from '../open-cluster';
import type { Context, Outcome } from '../outcome';

export interface ExportOptions extends ClusterOptions {
  readonly out?: string;
}

/** `kdk export`: a cluster without its records as one file. */
export async function exportBackup(
  argument: string | undefined,
  options: ExportOptions,
  context: Context,
): Promise<Outcome> {
  const { out } = options;
  if (out === undefined)
    throw new Failure(
      'USAGE',
      'there is nowhere to write to, got no --out; a file is needed.',
      'Add --out backup.json.',
      2,
    );
  const { name, issues, address } = await openAnyCluster(argument, options, context);
  const { backup, findings } = await withClient(address, context, (client) =>
    exportCluster(client, { progress: context.progress, nowMs: Date.now() }),
  );
  writeAtomically(out, formatBackup(backup), { mode: 0o600 });
  const counts = {
    topics: backup.topics.length,
    acls: backup.acls?.length ?? null,
    quotas: backup.quotas?.length ?? null,
    users: backup.users?.length ?? null,
    groups: backup.groups.length,
  };
  return {
    ...(name === undefined ? {} : { environment: name }),
    issues: [...issues, ...findings],
    result: { bootstrapServers: address.bootstrapServers, clusterId: backup.clusterId, file: out, counts },
    lines: [
      `wrote ${out}: ${[
        counted(counts.topics, 'topic'),
        counted(counts.acls ?? 0, 'ACL'),
        counted(counts.quotas ?? 0, 'quota'),
        counted(counts.users ?? 0, 'user'),
        counted(counts.groups, 'group'),
      ].join(', ')} of cluster ${backup.clusterId}`,
      'It holds no records and no passwords.',
    ],
  };
}
