import type { DesiredState } from '../desired';

/** Whether replicas are this file's to spread: those of a cluster are its owner's. */
export function spreads({ reconcile, owner, environment }: DesiredState): boolean {
  return reconcile.spread === 'onNewBrokers' && owner === environment;
}
