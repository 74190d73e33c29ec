import { KUBERNETES_VERSION_RULES } from '../../../lib/core/rules/kubernetes-versions';
import { openText } from '../../support/environments';
import { kubernetesText } from '../../support/manifests';
import { testRules } from '../../support/rule-cases';

const at = (settings: string): string => `targets: { kubernetes: { ${settings} } }`;
const route = (gateway: string): string =>
  `listeners: { vendors: { authentication: mtls } }
${at(`version: '1.30', listeners: { vendors: { expose: tls-route, host: 'b{id}.example.org', bootstrapHost: k.example.org, gateway: { name: edge${gateway} } } }`)}`;
const folder = "image: 'registry.example/tools:1', delivery: image-volume";

describe('the version of Kubernetes', () => {
  testRules(KUBERNETES_VERSION_RULES, [
    ['the oldest', 'kubernetes', at("version: '1.30'"), []],
    ['the newest', 'kubernetes', at("version: '1.37'"), []],
    [
      'another target',
      'hosts',
      at("version: '1.20', namespace: kafka, images: { kafka: 'registry.example/kafka:4.3.1' }"),
      [],
    ],
    ['too old', 'kubernetes', at("version: '1.29'"), ['KUBERNETES-VERSION targets.kubernetes.version']],
    ['newer than tested', 'kubernetes', at("version: '1.38'"), ['KUBERNETES-VERSION-NEWER targets.kubernetes.version']],
    ['zone labels of pods in 1.35', 'kubernetes', at("version: '1.35', rackSource: pod-zone-label"), []],
    [
      'zone labels of pods in 1.34',
      'kubernetes',
      at('rackSource: pod-zone-label'),
      ['KUBERNETES-FIELD targets.kubernetes.rackSource'],
    ],
    ['image volumes in 1.35', 'kubernetes', at(`version: '1.35', images: { jmxExporter: { ${folder} } }`), []],
    [
      'image volumes in 1.34, every one of them',
      'kubernetes',
      `connect: { plugins: { jdbc: { maven: 'org.example:jdbc:1' } } }
${at(`images: { jmxExporter: { ${folder} }, plugins: { jdbc: { ${folder} } } }`)}`,
      [
        'KUBERNETES-FIELD targets.kubernetes.images.jmxExporter.delivery',
        'KUBERNETES-FIELD targets.kubernetes.images.plugins.jdbc.delivery',
      ],
    ],
    ['an older TLSRoute in 1.30', 'kubernetes', route(', apiVersion: v1alpha3'), []],
    [
      'TLSRoute v1 in 1.30',
      'kubernetes',
      route(''),
      ['KUBERNETES-FIELD targets.kubernetes.listeners.vendors.gateway.apiVersion'],
    ],
  ]);

  test('is named beside what is needed, and the newer one is a warning only', () => {
    const { issues } = openText(kubernetesText({ settings: 'rackSource: pod-zone-label' }));
    expect(issues.find(({ code }) => code === 'KUBERNETES-FIELD')).toMatchObject({
      level: 'error',
      message:
        'this needs Kubernetes 1.35 and the environment says "1.34", got pod-zone-label; statefulset-per-zone is allowed there.',
      hint: 'Kubernetes 1.34 has no label with the zone on its pods, and brokers would start without a rack. Upgrade it, or write statefulset-per-zone.',
    });
    const newer = openText(kubernetesText({ version: '1.40' }));
    expect(newer.model).toBeDefined();
    expect(newer.issues.find(({ code }) => code === 'KUBERNETES-VERSION-NEWER')?.level).toBe('warning');
  });
});
