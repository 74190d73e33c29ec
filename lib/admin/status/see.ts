import { Refused, Unreachable } from '../failures';
import type { Unseen } from './report';

/** What one has to be allowed to see each section. */
const RIGHTS: Readonly<Record<Unseen['section'], string>> = {
  quorum: 'describe on the cluster',
  disk: 'describe on the cluster',
  groups: 'describe on groups',
  moves: 'describe on the cluster',
  throttles: 'describe-configs on the cluster',
};

/** One section of the status, or why it cannot be seen: a missing right in one place hides nothing of the others. */
export async function see<T>(
  section: Unseen['section'],
  ask: () => Promise<T>,
): Promise<{ readonly seen: T } | { readonly unseen: Unseen }> {
  try {
    return { seen: await ask() };
  } catch (error) {
    if (error instanceof Refused) return { unseen: { section, reason: reasonOf(section, error) } };
    if (error instanceof Unreachable) return { unseen: { section, reason: `no answer (${error.reason})` } };
    throw error;
  }
}

function reasonOf(section: Unseen['section'], { error }: Refused): string {
  if (error.name.endsWith('AUTHORIZATION_FAILED')) return `not allowed; it needs ${RIGHTS[section]}`;
  if (error.name === 'UNSUPPORTED_VERSION') return 'this cluster does not tell';
  return `${error.name}: ${error.message}`;
}
