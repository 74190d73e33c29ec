import type { EnvironmentSpec } from '../spec';
import type { ConnectModel } from './connect-model';

/** Mirrors that workers of the kit run, and these workers. */
export interface MirrorMakerModel {
  /** They are a group of their own; what they run follows from the mirrors. */
  readonly workers: ConnectModel;
  /** The listener that they write to; absent: the first one. */
  readonly listener?: string;
  /** Role of AWS that the workers have, for listeners with authentication iam, here or at a source; absent: what EKS Pod Identity says. */
  readonly iamRole?: string;
  /** Options of the workers that were written. */
  readonly config: Readonly<Record<string, string>>;
  readonly mirrors: readonly MirrorModel[];
}

/** A flow of records from another cluster into this one. */
export interface MirrorModel {
  readonly name: string;
  /** What stands in front of the names of topics here, and tells where a record came from: the environment there, else the mirror. */
  readonly alias: string;
  readonly topics: readonly string[];
  readonly groups: readonly string[];
  readonly identicalNames: boolean;
  readonly tasksMax: number;
  readonly state: 'running' | 'stopped';
  /** It is to go, and why. */
  readonly deleted?: string;
  readonly exactlyOnce: boolean;
  /** How old records may be when they are here. */
  readonly maxLagMs: number;
  readonly config: Readonly<Record<string, string>>;
  readonly source: MirrorSourceModel;
}

export interface MirrorSourceModel {
  /** Empty where they are not known, or known to a ConfigMap only. */
  readonly bootstrapServers: string;
  /** Where a pod reads them: those of a service are known after a deployment. */
  readonly bootstrap?: { readonly configMap: string; readonly key: string };
  readonly authentication: EnvironmentSpec['listeners'][string]['authentication'];
  readonly protocol: 'PLAINTEXT' | 'SSL' | 'SASL_PLAINTEXT' | 'SASL_SSL';
  readonly username: string;
  /** Role of AWS that the workers take on there, with authentication iam; absent: their own. */
  readonly roleArn?: string;
  /** The entry of secrets with its credentials; absent: a Secret of its own. */
  readonly secret?: string;
  /** The authority of its brokers is in the secret; else it is one that Java knows. */
  readonly ownAuthority: boolean;
  readonly rack?: string;
}
