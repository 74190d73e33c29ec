import type { AdminPort, ConnectWorkersPort } from '../port';
import type { SecretStore } from '../secrets';
import type { TryLogIn } from '../users';
import type { Clock } from '../wait';

/** What the engine works with. Only `admin` is always there. */
export interface ReconcilePorts {
  readonly admin: AdminPort;
  /** Where connectors are declared. @default connectors are neither looked at nor changed */
  readonly connect?: ConnectWorkersPort;
  /** Finds passwords that are not in force yet. @default a user that is there is taken to have the right one */
  readonly tryLogIn?: TryLogIn;
  /** Passwords of users. @default users that would need one cannot be set */
  readonly secrets?: SecretStore;
  /** @default the machine's */
  readonly clock?: Clock;
}
