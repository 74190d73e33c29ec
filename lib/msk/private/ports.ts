import type { ClientAuthentication } from '../../aws/client-authentication';

/** Fixed by the service: https://docs.aws.amazon.com/msk/latest/developerguide/port-info.html, read 2026-11-22. */
const PORTS: Readonly<Record<`${ClientAuthentication}`, number>> = {
  none: 9094,
  mtls: 9094,
  'scram-sha-512': 9096,
  iam: 9098,
  oauthbearer: 0,
};

/** The port that clients with this authentication use inside the VPC. */
export function mskPort(authentication: ClientAuthentication): number {
  return PORTS[authentication];
}
