import type { ClusterOptions } from './cluster-options';
import type { SshFlags } from './host-shell';

export interface RollCommandOptions extends ClusterOptions, SshFlags {
  /** Every node, not only those that have to. */
  readonly all?: boolean;
  /** Names or ids; @default all of the environment */
  readonly nodes?: readonly string[];
  readonly dryRun?: boolean;
  /** Duration with its unit: how long a node that may not go down is waited for. */
  readonly wait?: string;
  /** Hosts only: a rendered folder; @default rendered now */
  readonly from?: string;
  /** Hosts only: folder of certificates to install. */
  readonly certificates?: string;
  /** Hosts only: install everywhere, restart nothing that runs. */
  readonly installOnly?: boolean;
}
