import type { ConnectRestOptions, ConnectWorkersPort } from '../../port';
import { RestConnectWorkers } from './workers';

/** The workers of one Connect cluster, by its REST interface. Nothing is asked before the first call; a wrong address or certificate is told at once. */
export function connectRest(options: ConnectRestOptions): ConnectWorkersPort {
  return new RestConnectWorkers(options);
}
