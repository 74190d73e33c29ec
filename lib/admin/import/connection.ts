import type { Authentication } from '../../core/model';

/** What the file is for: where a running cluster can be without a template of its own. */
export type ImportTarget = 'hosts' | 'local' | 'msk';

/** How the cluster was reached. */
export interface ImportConnection {
  readonly bootstrapServers: readonly string[];
  readonly authentication: Authentication;
  readonly encrypted: boolean;
}
