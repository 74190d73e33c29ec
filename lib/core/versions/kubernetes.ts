/** Minor of the oldest Kubernetes 1.x that the manifests fit. */
export const OLDEST_KUBERNETES = 30;
/** Minor of the newest one whose schema they were validated against (kubernetes-validate 1.37.0, 2026-11-23). */
export const NEWEST_KUBERNETES = 37;

/** `1.34` → 34 */
export function kubernetesMinor(version: string): number {
  return Number(version.split('.')[1]);
}
