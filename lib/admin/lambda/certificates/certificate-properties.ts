import type { CloudFormationEvent } from '../cloudformation-event';

/** A certificate that is to lie in a secret. */
export interface WantedCertificate {
  readonly SecretArn: string;
  /** `node`: key and chain in one file, as nodes read it; `client`: each by itself. Both with the authority. */
  readonly Layout: 'node' | 'client';
  readonly CommonName: string;
  /** Absent where it is for no host. */
  readonly DnsNames?: readonly string[];
}

/** Properties of the custom resource of certificates. */
export interface CertificatesProperties {
  /** Seeds the physical id and the name of the authority. */
  readonly Environment: string;
  readonly Region: string;
  readonly AuthoritySecretArn: string;
  readonly Certificates: readonly WantedCertificate[];
}

export type CertificatesEvent = CloudFormationEvent<CertificatesProperties>;

/** What the schedule asks: to look at what the last deployment wanted. */
export interface RenewalEvent {
  readonly Renew: Pick<CertificatesProperties, 'Environment' | 'Region' | 'AuthoritySecretArn'>;
}

export const isRenewal = (event: object): event is RenewalEvent => 'Renew' in event;
