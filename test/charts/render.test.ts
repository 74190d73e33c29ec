import { renderKubernetes } from '../../charts/render';
import { modelOfFile, modelOfText } from '../support/environments';
import { kubernetesText, Manifests, manifestsOfText } from '../support/manifests';

const staging = modelOfFile('staging');

describe('rendering for Kubernetes', () => {
  test('gives one file an object, the same bytes every time, in the order in which they are applied', () => {
    const files = renderKubernetes(staging);
    expect(renderKubernetes(staging)).toEqual(files);
    expect(files.map(({ path }) => path)).toEqual([...files.map(({ path }) => path)].sort());
    for (const { path, content } of files) {
      expect(path).toMatch(/^\d0-[a-z]+-staging(-[a-z0-9-]+)?\.yaml$/);
      expect(content).not.toContain('\n---');
      expect(content.endsWith('\n')).toBe(true);
    }
    const order = files.map(({ path }) => path.split('-')[1]!);
    expect([...new Set(order)]).toEqual([
      'networkpolicy',
      'issuer',
      'certificate',
      'configmap',
      'service',
      'poddisruptionbudget',
      'statefulset',
      'job',
      'cronjob',
    ]);
  });

  test('names every object in the namespace and labels it', () => {
    for (const object of new Manifests(staging).all) {
      expect(object.metadata.namespace).toBe('kafka');
      expect(object.metadata.labels).toMatchObject({
        'app.kubernetes.io/instance': 'staging',
        'app.kubernetes.io/part-of': 'staging',
        'app.kubernetes.io/managed-by': 'kafka-deployment-kit',
      });
      expect(object.metadata.name).not.toMatch(/-c[0-9a-f]{7}$/);
    }
  });

  test('writes no field without a value, but for those that mean something without one', () => {
    for (const { content } of renderKubernetes(staging))
      expect(content).not.toMatch(/(?<!namespaceSelector|selfSigned): (\{\}|\[\]|null)$/m);
  });

  test('renders sixty brokers as the same few objects', () => {
    const brokers = (replicas: number): string =>
      `{ controllers: { roles: [controller], replicas: 3, volumes: [{ size: 1GiB }] }, brokers: { roles: [broker], replicas: ${replicas}, volumes: [{ size: 1TiB }, { size: 1TiB }] } }`;
    const large = manifestsOfText({ pools: brokers(60) });
    expect(large.all.length).toBe(manifestsOfText({ pools: brokers(3) }).all.length);
    const set = large.get('StatefulSet', 'small-brokers');
    expect(set.spec.replicas).toBe(60);
    expect(set.spec.ordinals).toEqual({ start: 100 });
    const { data } = large.get('ConfigMap', 'small-brokers-config');
    expect(data['server-159.properties']).toContain('node.id=159\n');
    expect(JSON.stringify(data).length).toBeLessThan(1024 * 1024);
  });

  test('fails for a model of another target, and says which', () => {
    expect(() => renderKubernetes(modelOfFile('prod'))).toThrow(
      'the environment prod is for another target, got msk; kubernetes is needed.',
    );
  });

  test('leaves the certificates out where somebody else makes them', () => {
    const model = modelOfText(kubernetesText({ settings: 'certificates: secret' }));
    const kinds = new Set(new Manifests(model).all.map(({ kind }) => kind as string));
    expect(kinds).not.toContain('Certificate');
    expect(kinds).not.toContain('Issuer');
  });
});
