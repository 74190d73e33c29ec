import { modelOfFile } from '../support/environments';
import { Manifests, manifestsOfText, type Manifest } from '../support/manifests';

const COMBINED = '{ nodes: { roles: [broker, controller], replicas: 3, volumes: [{ size: 1GiB }] } }';
const environments: [string, Manifests][] = [
  ['staging', new Manifests(modelOfFile('staging'))],
  ['a small one', manifestsOfText()],
  ['combined nodes', manifestsOfText({ pools: COMBINED })],
  ['no metrics', manifestsOfText({ more: 'monitoring: { metrics: false }' })],
  ['racks from the zones of pods', manifestsOfText({ version: '1.35', settings: 'rackSource: pod-zone-label' })],
];
const sets = (manifests: Manifests): Manifest[] => manifests.ofKind('StatefulSet');
const pods = (manifests: Manifests): Manifest[] => sets(manifests).map((set) => set.spec.template);

describe.each(environments)('the pods of %s', (_, manifests) => {
  test('fit a namespace that enforces the restricted Pod Security Standard', () => {
    expect(pods(manifests).length).toBeGreaterThan(0);
    for (const { spec } of pods(manifests)) {
      expect(spec.securityContext).toMatchObject({
        runAsNonRoot: true,
        runAsUser: 1000,
        seccompProfile: { type: 'RuntimeDefault' },
      });
      for (const key of ['hostNetwork', 'hostPID', 'hostIPC']) expect(spec).not.toHaveProperty(key);
      for (const container of [...spec.containers, ...(spec.initContainers ?? [])]) {
        expect(container.securityContext).toEqual({
          allowPrivilegeEscalation: false,
          readOnlyRootFilesystem: true,
          capabilities: { drop: ['ALL'] },
        });
      }
      const allowed = ['configMap', 'emptyDir', 'secret'];
      for (const volume of spec.volumes) {
        expect(Object.keys(volume).filter((key) => key !== 'name' && !allowed.includes(key))).toEqual([]);
      }
    }
  });

  test('have no token of the API and no variables of Services', () => {
    for (const { spec } of pods(manifests)) {
      expect(spec).toMatchObject({ automountServiceAccountToken: false, enableServiceLinks: false });
    }
    expect(manifests.all.filter(({ apiVersion }) => String(apiVersion).startsWith('rbac.'))).toEqual([]);
  });

  test('have a first process that buries what probes leave behind, since Java does not', () => {
    for (const { spec } of pods(manifests)) expect(spec.shareProcessNamespace).toBe(true);
  });

  test('hand no option to Kafka, or to tools that run beside it, by their environment', () => {
    for (const { spec } of pods(manifests)) {
      const names = spec.containers[0].env.map((variable: Manifest) => variable.name);
      const own = ['POD_NAME', 'RACK_FROM_ZONE', 'ZONE', 'RENDERED_KAFKA_VERSION', 'RENDERED_METADATA_LEVEL'];
      expect(names.filter((name: string) => !own.includes(name))).toEqual([]);
    }
  });

  test('mount every volume that they have, and each port and path once', () => {
    for (const set of sets(manifests)) {
      const { spec } = set.spec.template;
      const claims = (set.spec.volumeClaimTemplates ?? []).map(({ metadata }: Manifest) => metadata.name);
      const [container] = spec.containers;
      const mounted = container.volumeMounts.map(({ name }: Manifest) => name);
      expect([...mounted].sort()).toEqual([...claims, ...spec.volumes.map(({ name }: Manifest) => name)].sort());
      const paths = container.volumeMounts.map(({ mountPath }: Manifest) => mountPath);
      expect(new Set(paths).size).toBe(paths.length);
      const ports = container.ports.map(({ containerPort }: Manifest) => containerPort);
      expect(new Set(ports).size).toBe(ports.length);
      for (const { name } of container.ports) expect(name).toMatch(/^(?=.*[a-z])[a-z0-9-]{1,15}$/);
    }
  });

  test('use ConfigMaps that are rendered with them', () => {
    for (const { spec } of pods(manifests)) {
      for (const { configMap } of spec.volumes) {
        if (configMap !== undefined) expect(manifests.get('ConfigMap', configMap.name).data).toBeDefined();
      }
    }
  });

  test('are selected by labels that they carry and by nothing that changes', () => {
    for (const set of sets(manifests)) {
      const { labels } = set.spec.template.metadata;
      expect(labels).toMatchObject(set.spec.selector.matchLabels);
      const [, ...others] = [set, ...sets(manifests).filter((other) => other !== set)];
      for (const other of others)
        expect(other.spec.template.metadata.labels).not.toMatchObject(set.spec.selector.matchLabels);
      expect(JSON.stringify(set.spec.selector)).not.toMatch(/version|hash|metadata\.addr/);
    }
  });

  test('have names that DNS and labels can hold', () => {
    for (const set of sets(manifests)) expect(set.metadata.name.length).toBeLessThanOrEqual(52);
    for (const service of manifests.ofKind('Service')) expect(service.metadata.name.length).toBeLessThanOrEqual(63);
    for (const node of manifests.model.nodes) expect(node.host.split('.')[0]!.length).toBeLessThanOrEqual(63);
  });

  test('are covered by exactly one disruption budget each', () => {
    const budgets = manifests.ofKind('PodDisruptionBudget');
    for (const { metadata } of pods(manifests)) {
      const covering = budgets.filter(({ spec }) =>
        Object.entries(spec.selector.matchLabels).every(([key, value]) => metadata.labels[key] === value),
      );
      expect(covering.map(({ spec }) => spec.maxUnavailable)).toEqual([1]);
    }
  });
});
