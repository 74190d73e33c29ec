import type { ClientAuthentication } from '../../aws/client-authentication';
import { TARGET_ADAPTERS } from '../../core/model';

/** The port that clients with this authentication use inside the VPC. */
export function mskPort(authentication: ClientAuthentication): number {
  return TARGET_ADAPTERS.msk.clientPort(`${authentication}` as const, 0);
}
