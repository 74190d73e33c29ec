import { formatPath } from '../../issue';
import type { EnvironmentModel } from '../../model';

/** The option of brokers that says what holds for a resource without ACLs; true on Amazon MSK unless it is set. */
const OPEN = 'allow.everyone.if.no.acl.found';

/**
 * Whether a cluster of Amazon MSK is to be closed by guards to whoever has no ACL, and where that is written: where clients come with
 * passwords or certificates. Only with a listener for IAM, over which the reconciler comes in whatever the ACLs say; not where a listener
 * lets everybody in, nor where the file says that it is to stay open, and never by a file that adds to the cluster of another.
 */
export function closing(model: EnvironmentModel): { readonly path: string } | undefined {
  if (model.target !== 'msk' || !model.authorization || model.owner !== model.name) return undefined;
  const listeners = model.listeners.filter(({ authentication }) => ['scram-sha-512', 'mtls'].includes(authentication));
  const has = (wanted: string): boolean => model.listeners.some(({ authentication }) => authentication === wanted);
  if (listeners.length === 0 || !has('iam') || has('none')) return undefined;
  if (model.brokerConfig.get(OPEN)?.value === 'true') return undefined;
  return { path: formatPath(['listeners', listeners[0]!.name]) };
}
