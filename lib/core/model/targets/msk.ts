import type { Authentication } from '../model';
import type { Target } from './target';

/** Fixed by the service (port-info page of the MSK developer guide, read 2026-11-22). */
const MSK_PORTS: Record<Authentication, number> = {
  none: 9094,
  mtls: 9094,
  'scram-sha-512': 9096,
  iam: 9098,
  oauthbearer: 0,
};

export const msk: Target = {
  managedBy: 'service',
  encryption: 'tls',
  authentications: ['iam', 'scram-sha-512', 'mtls', 'none'],
  metrics: true,
  clientPort: (authentication) => MSK_PORTS[authentication],
  memoryMiB: () => undefined,
  heapMiB: () => undefined,
  place: () => [],
};

export const mskServerless: Target = { ...msk, authentications: ['iam'] };
