import type { Path } from '../issue';
import { podSettings, type KubernetesSettings } from '../model';
import { kubernetesMinor, NEWEST_KUBERNETES, OLDEST_KUBERNETES } from '../versions';
import type { Rule } from './rule';

/** What an environment can ask for that not every version of Kubernetes has. */
interface VersionedField {
  /** Minor of the first Kubernetes 1.x that has it, without a feature gate. */
  readonly since: number;
  /** What happens before. */
  readonly before: string;
  /** What is allowed instead. */
  readonly instead: string;
  /** Where it is asked for, below targets.kubernetes, with the value. */
  asked(settings: KubernetesSettings): readonly (readonly [path: Path, value: string])[];
}

/** KEP-4742, node topology labels by the downward API. */
const ZONE_LABEL: VersionedField = {
  since: 35,
  before: 'has no label with the zone on its pods, and brokers would start without a rack',
  instead: 'statefulset-per-zone',
  asked: ({ rackSource }) => (rackSource === 'pod-zone-label' ? [[['rackSource'], rackSource]] : []),
};

/** KEP-4639, volumes that are OCI images. */
const IMAGE_VOLUME: VersionedField = {
  since: 35,
  before: 'mounts no images: the API drops the volume, and refuses the pod',
  instead: 'init-container',
  asked: ({ images: { jmxExporter, plugins = {} } }) =>
    [
      [['jmxExporter'], jmxExporter] as const,
      ...Object.entries(plugins).map(([name, folder]) => [['plugins', name], folder] as const),
    ].flatMap(([path, folder]) =>
      folder?.delivery === 'image-volume' ? [[['images', ...path, 'delivery'], folder.delivery] as const] : [],
    ),
};

/** Gateway API 1.5: the definition of TLSRoute v1 asks isIP() of the API server. */
const TLS_ROUTE: VersionedField = {
  since: 31,
  before: 'cannot have the definition of TLSRoute v1',
  instead: 'v1alpha3, with the experimental definitions of Gateway API 1.4,',
  asked: ({ listeners = {} }) =>
    Object.entries(listeners).flatMap(([name, { expose, gateway }]) =>
      expose === 'tls-route' && (gateway?.apiVersion ?? 'v1') === 'v1'
        ? [[['listeners', name, 'gateway', 'apiVersion'], 'v1'] as const]
        : [],
    ),
};

const FIELDS = [ZONE_LABEL, IMAGE_VOLUME, TLS_ROUTE];
const VERSION = ['targets', 'kubernetes', 'version'] as const;

/** Which Kubernetes the manifests fit. */
export const KUBERNETES_VERSION_RULES: readonly Rule[] = [
  {
    code: 'KUBERNETES-VERSION',
    level: 'error',
    what: `Kubernetes is at least 1.${OLDEST_KUBERNETES}.`,
    why: 'Older versions lack fields of the manifests or have them switched off: ordinals that begin elsewhere than at 0, claims that are kept.',
    source: 'KEP-3335, KEP-1847; tested with kubernetes-validate from this version on',
    check(model, report) {
      const version = podSettings(model)?.version;
      if (version === undefined || kubernetesMinor(version) >= OLDEST_KUBERNETES) return;
      report({
        path: VERSION,
        message: `the Kubernetes version is too old, got "${version}"; "1.${OLDEST_KUBERNETES}" and newer are allowed.`,
        hint: 'Upgrade the Kubernetes cluster first.',
      });
    },
  },
  {
    code: 'KUBERNETES-VERSION-NEWER',
    level: 'warning',
    what: `Kubernetes is no newer than 1.${NEWEST_KUBERNETES}, the newest that manifests were tested with.`,
    why: 'A newer one may refuse a field or read it otherwise, which is found when it is applied.',
    source: 'kubernetes-validate, the schemas of Kubernetes 1.30 to 1.37',
    check(model, report) {
      const version = podSettings(model)?.version;
      if (version === undefined || kubernetesMinor(version) <= NEWEST_KUBERNETES) return;
      report({
        path: VERSION,
        message: `manifests were not tested with this Kubernetes version, got "${version}"; "1.${OLDEST_KUBERNETES}" to "1.${NEWEST_KUBERNETES}" are.`,
        hint: 'Try it with kubectl apply --dry-run=server first, or use a newer release of the kit.',
      });
    },
  },
  {
    code: 'KUBERNETES-FIELD',
    level: 'error',
    what: 'What is asked of Kubernetes, its version has.',
    why: 'An API server drops or refuses a field that it does not know, and pods would lack what they need.',
    source: 'KEP-4742 (zone label of pods, 1.35), KEP-4639 (image volumes, 1.35), Gateway API 1.5 (TLSRoute, 1.31)',
    check(model, report) {
      const settings = podSettings(model);
      if (settings === undefined) return;
      for (const { since, before, instead, asked } of FIELDS) {
        if (kubernetesMinor(settings.version) >= since) continue;
        for (const [path, value] of asked(settings)) {
          report({
            path: ['targets', 'kubernetes', ...path],
            message: `this needs Kubernetes 1.${since} and the environment says "${settings.version}", got ${value}; ${instead} is allowed there.`,
            hint: `Kubernetes ${settings.version} ${before}. Upgrade it, or write ${instead.replace(/,.*$/, '')}.`,
          });
        }
      }
    },
  },
];
