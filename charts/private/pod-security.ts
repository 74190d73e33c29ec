import type { k8s } from 'cdk8s-plus-27';

/** What the `restricted` Pod Security Standard asks of every container, and a root that nobody writes to. */
export const CONTAINER_SECURITY: k8s.SecurityContext = {
  allowPrivilegeEscalation: false,
  readOnlyRootFilesystem: true,
  capabilities: { drop: ['ALL'] },
};
