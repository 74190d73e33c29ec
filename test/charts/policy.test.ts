import { kubernetesCases } from '../support/kubernetes-cases';
import { RENDERED_KINDS } from '../../charts/render';
import type { Manifest, ManifestList } from '../support/manifests';

const CASES = kubernetesCases();
const SECRET_WORD = /(password|secret|token|private[-_.]?key)["']?\s*[=:]\s*["']?[^\s"'$]/i;

interface Owned {
  readonly owner: Manifest;
  readonly template: Manifest;
}

function podsOf(manifests: ManifestList): Owned[] {
  return manifests.all.flatMap((owner) => {
    const template = owner.kind === 'CronJob' ? owner.spec.jobTemplate.spec.template : owner.spec?.template;
    return template?.spec?.containers === undefined ? [] : [{ owner, template }];
  });
}

const containersOf = ({ template }: Owned): Manifest[] => [
  ...template.spec.containers,
  ...(template.spec.initContainers ?? []),
];

/** What every pod of the kit has, whatever the environment; a container is named where it lacks it. */
describe.each(CASES)('the pods of $title', ({ title, manifests }) => {
  const pods = podsOf(manifests);
  const named = (owned: Owned): string => `${owned.owner.kind} ${owned.owner.metadata.name}`;
  const without = (holds: (container: Manifest, owned: Owned) => boolean): string[] =>
    pods.flatMap((owned) =>
      containersOf(owned)
        .filter((container) => !holds(container, owned))
        .map((container) => `${named(owned)} ${container.name}`),
    );
  const lacking = (holds: (owned: Owned) => boolean): string[] => pods.filter((owned) => !holds(owned)).map(named);

  test('are restricted, with a read-only root, a numeric user, and nothing of the API', () => {
    expect(pods.length).toBeGreaterThan(0);
    expect(
      lacking(({ template: { spec } }) => {
        const { runAsNonRoot, runAsUser, seccompProfile } = spec.securityContext;
        return (
          runAsNonRoot === true &&
          Number.isInteger(runAsUser) &&
          runAsUser > 0 &&
          seccompProfile.type === 'RuntimeDefault' &&
          spec.automountServiceAccountToken === false &&
          spec.enableServiceLinks === false &&
          spec.hostNetwork === undefined &&
          spec.hostPID === undefined &&
          (spec.volumes ?? []).every((volume: Manifest) => volume.hostPath === undefined)
        );
      }),
    ).toEqual([]);
    expect(
      without(({ securityContext }) => {
        return (
          securityContext.readOnlyRootFilesystem === true &&
          securityContext.allowPrivilegeEscalation === false &&
          securityContext.privileged !== true &&
          securityContext.capabilities.drop.join() === 'ALL' &&
          securityContext.capabilities.add === undefined
        );
      }),
    ).toEqual([]);
  });

  test('ask for CPU, and have a limit of it only where that is asked for', () => {
    expect(without(({ resources }) => /^(\d+|\d+m)$/.test(resources.requests.cpu))).toEqual([]);
    const limited = pods.filter((owned) => containersOf(owned).some(({ resources }) => 'cpu' in resources.limits));
    expect(limited.map(named)).toEqual(title.includes('what they get') ? ['StatefulSet small-brokers'] : []);
  });

  test('have a limit of memory that is their request, and time to end', () => {
    expect(
      without(
        ({ resources }) =>
          resources.limits.memory !== undefined && resources.limits.memory === resources.requests.memory,
      ),
    ).toEqual([]);
    expect(
      lacking(({ owner, template: { metadata, spec } }) => {
        const broker = metadata.labels['kafka-deployment-kit/broker'] === 'true';
        return spec.terminationGracePeriodSeconds >= (broker ? 600 : owner.kind === 'StatefulSet' ? 60 : 30);
      }),
    ).toEqual([]);
  });

  test('that go on have probes, a budget and are spread; all have labels', () => {
    const lasting = pods.filter(({ owner }) => owner.kind === 'StatefulSet' || owner.kind === 'Deployment');
    const budgets = manifests.ofKind('PodDisruptionBudget');
    for (const owned of lasting) {
      const { labels } = owned.template.metadata;
      const covering = budgets.filter(({ spec }) =>
        Object.entries(spec.selector.matchLabels).every(([label, value]) => labels[label] === value),
      );
      expect([named(owned), covering.length]).toEqual([named(owned), 1]);
      expect(owned.template.spec.topologySpreadConstraints?.length ?? 0).toBeGreaterThan(0);
      for (const { name, readinessProbe, startupProbe } of owned.template.spec.containers)
        // How an application is asked for its health, its author says.
        if (name !== 'application')
          expect([named(owned), readinessProbe === undefined, startupProbe === undefined]).toEqual([
            named(owned),
            false,
            false,
          ]);
    }
    expect(
      lacking(({ template: { metadata } }) =>
        ['app.kubernetes.io/name', 'app.kubernetes.io/instance', 'app.kubernetes.io/managed-by'].every(
          (label) => metadata.labels[label] !== undefined,
        ),
      ),
    ).toEqual([]);
  });

  test('are reached through a network policy only', () => {
    const policies = manifests.ofKind('NetworkPolicy');
    expect(
      lacking(({ template: { metadata } }) =>
        policies.some(
          ({ spec }) =>
            spec.policyTypes.includes('Ingress') &&
            Object.entries(spec.podSelector.matchLabels ?? {}).every(
              ([label, value]) => metadata.labels[label] === value,
            ),
        ),
      ),
    ).toEqual([]);
  });

  test('hold no secret in variables, arguments or ConfigMaps', () => {
    expect(
      without(({ env = [], command = [], args = [] }) =>
        [...env.map(({ name, value }: Manifest) => `${name}=${value ?? ''}`), ...command, ...args].every(
          (text: string) => !SECRET_WORD.test(text),
        ),
      ),
    ).toEqual([]);
    const inFiles = manifests.ofKind('ConfigMap').flatMap(({ metadata, data = {} }) =>
      Object.entries(data as Record<string, string>)
        .filter(([file]) => file.endsWith('.properties'))
        .flatMap(([file, text]) =>
          text
            .split('\n')
            .filter((line) => /(password|\.key)=/.test(line) && !/=(\$\{|$|\/|org\.)/.test(line))
            .map((line) => `${metadata.name} ${file}: ${line}`),
        ),
    );
    expect(inFiles).toEqual([]);
  });
});

test('images of the environments of the repository are named by digest', () => {
  const environments = CASES.filter(({ title }) => title.startsWith('the environment '));
  expect(environments.length).toBeGreaterThan(0);
  const images = environments.flatMap(({ manifests }) =>
    podsOf(manifests).flatMap((owned) => containersOf(owned).map(({ image }) => image as string)),
  );
  expect(images.filter((image) => !/@sha256:[0-9a-f]{64}$/.test(image))).toEqual([]);
});

test('every environment and every example on Kubernetes is looked at, and every kind that the kit makes', () => {
  const titles = CASES.map(({ title }) => title);
  expect(titles).toEqual(
    expect.arrayContaining([
      'the environment staging.yaml',
      'the example 04-kubernetes',
      'the example 12-kubernetes-application',
    ]),
  );
  expect(
    [...new Set(CASES.flatMap(({ manifests }) => manifests.all.map(({ kind }) => kind as string)))].sort(),
  ).toEqual([...RENDERED_KINDS].sort());
});
