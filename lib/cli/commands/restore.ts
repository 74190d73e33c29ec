import { BACKUP_PARTS, parseBackup, restoreCluster, type BackupPart } from '../../admin/backup';
import { Failure, nearest } from '../../core/issue';
import { counted } from '../amounts';
import { withTidyClient } from '../cluster';
import type { ReconcileOptions } from '../cluster-options';
import { openAnyCluster } from '../open-cluster';
import type { Context, Outcome } from '../outcome';
import { secretStore } from '../reconcile-ports';
import { textFile } from '../text-file';

export interface RestoreOptions extends ReconcileOptions {
  readonly only?: readonly string[];
}

/** `kdk restore FILE`: what an export holds, onto an empty cluster. */
export async function restore(
  file: string,
  argument: string | undefined,
  options: RestoreOptions,
  context: Context,
): Promise<Outcome> {
  const parts = options.only?.map(partOf);
  const backup = parseBackup(textFile(file, 'the backup'), file);
  const { name, issues, address, model } = await openAnyCluster(argument, options, context);
  const secrets = storeOf(model, options);
  const { progress, signal } = context;
  const report = await withTidyClient(address, context, (client) =>
    restoreCluster(client, backup, {
      progress,
      signal,
      ...(secrets === undefined ? {} : { secrets: secrets.store }),
      ...(parts === undefined ? {} : { parts }),
    }),
  ).finally(() => secrets?.close?.());
  const { made, groups, clusterId } = report;
  return {
    ...(name === undefined ? {} : { environment: name }),
    issues: [...issues, ...report.issues],
    result: { bootstrapServers: address.bootstrapServers, ...report },
    lines: [
      `cluster ${clusterId} made now: ${[
        counted(made.topics, 'topic'),
        counted(made.acls, 'ACL'),
        counted(made.quotas, 'quota'),
        counted(made.users, 'user'),
      ].join(', ')}; ${counted(groups.length, 'group')} where they were in time`,
    ],
  };
}

function partOf(text: string): BackupPart {
  const known: readonly string[] = BACKUP_PARTS;
  if (known.includes(text)) return text as BackupPart;
  const near = nearest(text, known);
  throw new Failure(
    'RESTORE-PART',
    `there is no such part of a backup, got ${JSON.stringify(text)}; ${known.join(', ')} are allowed.`,
    near === undefined ? 'Choose one of them.' : `Did you mean ${near}?`,
    2,
  );
}

/** Without an environment only what is said, and variables. */
function storeOf(
  model: Parameters<typeof secretStore>[0] | undefined,
  options: RestoreOptions,
): ReturnType<typeof secretStore> | undefined {
  if (model !== undefined) return secretStore(model, options);
  const { environmentSecrets, firstOf, folderSecrets } =
    require('../../admin/secrets') as typeof import('../../admin/secrets');
  const variables = environmentSecrets(process.env);
  return { store: options.secrets === undefined ? variables : firstOf(variables, folderSecrets(options.secrets)) };
}
