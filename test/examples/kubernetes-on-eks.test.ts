import { synthesised } from '../support/examples';

interface ManifestResource {
  readonly Type: string;
  readonly DeletionPolicy: string;
  readonly Properties: { readonly Manifest: string; readonly PruneLabel?: string };
}

interface KubernetesObject {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace: string };
}

/** What Lambda takes of an event that nobody waits for, at least. */
const LARGEST_EVENT = 256 * 1024;
/** CloudFormation's own part of an event: ARNs, ids, the URL for the answer. */
const ENVELOPE = 4096;

describe('the example 13-kubernetes-on-eks', () => {
  const [stack] = synthesised('13-kubernetes-on-eks').stacks;
  const { Resources } = stack!.template as { Resources: Record<string, ManifestResource> };
  const manifests = Object.values(Resources).filter(({ Type }) => Type === 'Custom::AWSCDK-EKS-KubernetesResource');
  const objects = manifests.flatMap(({ Properties }) => JSON.parse(Properties.Manifest) as KubernetesObject[]);

  test('is brokers, controllers and workers in one namespace, each object a resource of its own', () => {
    const sets = objects.filter(({ kind }) => kind === 'StatefulSet').map(({ metadata }) => metadata.name);
    expect(sets.sort()).toEqual(['events-brokers', 'events-connect', 'events-controllers']);
    expect(new Set(objects.map(({ metadata }) => metadata.namespace))).toEqual(new Set(['kafka']));
    expect(objects).toHaveLength(manifests.length);
  });

  test('can be changed after it was made: an event with the old and the new manifest is one that Lambda takes', () => {
    for (const { Properties } of manifests)
      expect(2 * JSON.stringify(Properties).length + ENVELOPE).toBeLessThan(LARGEST_EVENT);
    expect(JSON.stringify(stack!.template).length).toBeLessThan(1_000_000);
  });

  test('keeps what belongs to brokers when it is deleted, and prunes nothing by a label', () => {
    const kept = manifests.filter(({ DeletionPolicy }) => DeletionPolicy === 'Retain');
    const names = kept.flatMap(({ Properties }) => JSON.parse(Properties.Manifest) as KubernetesObject[]);
    expect(names.map(({ kind, metadata }) => `${kind} ${metadata.name}`)).toEqual(
      expect.arrayContaining(['StatefulSet events-brokers', 'StatefulSet events-controllers', 'Certificate events-ca']),
    );
    expect(names.some(({ metadata }) => metadata.name.startsWith('events-connect'))).toBe(false);
    expect(manifests.filter(({ Properties }) => Properties.PruneLabel !== undefined)).toEqual([]);
  });

  test('has no secret in its template, and no rights', () => {
    const kinds = new Set(objects.map(({ kind }) => kind));
    for (const kind of ['Secret', 'Role', 'ClusterRole', 'RoleBinding', 'ClusterRoleBinding'])
      expect(kinds).not.toContain(kind);
  });
});
