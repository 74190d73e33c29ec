import type { OwnedOption } from './owned-options';

const CLUSTER = 'Leave it out; the workers belong to the cluster of this environment.';
const STORAGE = 'Leave it out; the name follows from the name of the environment, and losing it loses the connectors.';
const ADDRESS = 'Leave it out; the addresses of the workers follow from the target.';
const CONNECTION = 'Use connect.listener; protocol, mechanism and credentials follow from it.';
const SECRETS = 'Use secretConfig of a connector; the kit sets up the provider that reads the secrets.';

const OWNED_WORKER_OPTIONS: readonly { readonly match: RegExp; readonly instead: string }[] = [
  { match: /^(bootstrap\.servers|group\.id)$/, instead: CLUSTER },
  { match: /^(config|offset|status)\.storage\.topic$/, instead: STORAGE },
  { match: /^(admin\.)?listeners$/, instead: ADDRESS },
  { match: /^rest\.advertised\./, instead: ADDRESS },
  { match: /^plugin\.path$/, instead: 'Use connect.plugins.' },
  { match: /^client\.rack$/, instead: 'Leave it out; it is the rack of the worker.' },
  { match: /^(security\.protocol|sasl\.(mechanism|jaas\.config))$/, instead: CONNECTION },
  { match: /^sasl\.(client|login)\.callback\.handler\.class$/, instead: CONNECTION },
  { match: /^ssl\.(keystore|truststore|key)\./, instead: CONNECTION },
  { match: /^config\.providers(\.|$)/, instead: SECRETS },
];

/** Options of the clients that connectors use, which the catalogue does not hold. */
const CLIENT_PREFIX = /^(producer|consumer|admin)\./;

/** What converters, REST extensions and metrics read for themselves. */
const PLUGIN_PREFIX = /^((key|value|header)\.converter|listeners\.https|metrics\.context)\./;

/** What the kit writes itself into the properties of a Connect worker; undefined where the option is free. */
export function ownedWorkerOption(name: string): OwnedOption | undefined {
  return OWNED_WORKER_OPTIONS.find(({ match }) => match.test(name) || match.test(name.replace(CLIENT_PREFIX, '')));
}

/** Whether a worker passes the option on, so that it need not be one of its own. */
export function isPassedOnByWorker(name: string): boolean {
  return CLIENT_PREFIX.test(name) || PLUGIN_PREFIX.test(name);
}
