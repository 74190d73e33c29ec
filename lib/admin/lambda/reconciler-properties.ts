import type { CloudFormationEvent } from './cloudformation-event';

/** Properties of the custom resource of the reconciler. */
export interface ReconcilerProperties {
  /** Seeds the physical id, so that no update ever replaces the resource. */
  readonly Environment: string;
  readonly Owner: string;
  /** The desired state as an asset in S3: JSON, compressed with gzip. */
  readonly DesiredBucket?: string;
  readonly DesiredKey?: string;
  /** The same in the resource itself, as base64. */
  readonly Desired?: string;
  readonly BootstrapServers: string;
  readonly Authentication: 'iam' | 'scram-sha-512' | 'mtls' | 'none';
  readonly Region: string;
  /** Brokers that the cluster has by now: more of them are an update, in which they get their share. Absent where nothing is spread. */
  readonly Brokers?: string;
  /** Brokers of a cluster that is formed in the same deployment: when the resource is made, all of them are waited for. */
  readonly FormingBrokers?: string;
  /**
   * Secret with `username` and `password`, or with `certificate` and `key`, of the administrator; absent with `iam` and `none`. Its key
   * `ca.crt`, if it has one, is the authority that the brokers' certificates are of.
   */
  readonly AdminSecretArn?: string;
  /** Secrets of users, JSON: name of the secret in the environment to its ARN. */
  readonly Secrets?: string;
  /** Bootstrap servers of a listener with SCRAM, where passwords of users are tried. @default those that the function logs in to */
  readonly LogInServers?: string;
}

export type ReconcilerEvent = CloudFormationEvent<ReconcilerProperties>;

/** One id for as long as the environment lives: another would make CloudFormation delete the old resource. */
export function physicalId({ Environment, Owner }: ReconcilerProperties): string {
  return Owner === Environment ? `kafka-${Environment}` : `kafka-${Environment}-${Owner}`;
}
