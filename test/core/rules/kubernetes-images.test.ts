import { imageReference, officialKafka } from '../../../lib/core/model';
import { KUBERNETES_IMAGE_RULES } from '../../../lib/core/rules/kubernetes-images';
import { codes, openText } from '../../support/environments';
import { testRules } from '../../support/rule-cases';
import { kubernetesText } from '../../support/manifests';

const DIGEST = `sha256:${'0123456789abcdef'.repeat(4)}`;
const OFFICIAL = `apache/kafka:4.3.1@${DIGEST}`;
const TOOLS = `registry.example.com/tools:1@${DIGEST}`;
const images = (text: string, more = ''): string => `targets: { kubernetes: { images: ${text} } }\n${more}`;
const plugins = "connect: { plugins: { debezium: { maven: 'io.debezium:debezium-connector-postgres:3.6.0.Final' } } }";

describe('the rules of images', () => {
  testRules(KUBERNETES_IMAGE_RULES, [
    [
      'one of the kit by digest',
      'kubernetes',
      images(`{ kafka: 'registry.example.com/kafka@${DIGEST}' }`, plugins),
      [],
    ],
    [
      'the official one, with the exporter of the tools',
      'kubernetes',
      images(`{ kafka: '${OFFICIAL}', tools: '${TOOLS}', jmxExporter: { image: '${TOOLS}' } }`),
      [],
    ],
    [
      'the official one without metrics',
      'kubernetes',
      images(`{ kafka: '${OFFICIAL}' }`, 'monitoring: { metrics: false }'),
      [],
    ],
    [
      'a mirror of the official one',
      'kubernetes',
      images(`{ kafka: 'mirror.example:5000/apache/kafka@${DIGEST}', jmxExporter: { image: '${TOOLS}' } }`),
      [],
    ],
    ['a tag where there is one broker', 'kubernetes', 'nodePools: { brokers: { replicas: 1 } }\nracks: [a]', []],
    [
      'a plugin that is copied',
      'kubernetes',
      images(
        `{ kafka: '${OFFICIAL}', jmxExporter: { image: '${TOOLS}' }, plugins: { debezium: { image: '${TOOLS}' } } }`,
        plugins,
      ),
      [],
    ],
    ['another target', 'ec2', '', []],
    [
      'no tag',
      'kubernetes',
      images('{ kafka: registry.example.com:5000/kafka }'),
      ['IMAGE-TAG targets.kubernetes.images.kafka'],
    ],
    [
      'latest',
      'kubernetes',
      images(`{ kafka: 'registry.example.com/kafka@${DIGEST}', tools: 'tools:latest' }`),
      ['IMAGE-TAG targets.kubernetes.images.tools'],
    ],
    [
      'tags without digests',
      'kubernetes',
      images("{ tools: 'tools:1' }"),
      ['IMAGE-DIGEST targets.kubernetes.images.kafka', 'IMAGE-DIGEST targets.kubernetes.images.tools'],
    ],
    [
      'the native image',
      'kubernetes',
      images(`{ kafka: 'apache/kafka-native:4.3.1@${DIGEST}' }`),
      ['IMAGE-KIND targets.kubernetes.images.kafka'],
    ],
    [
      'Kafka for tools',
      'kubernetes',
      images(`{ kafka: 'k@${DIGEST}', tools: '${OFFICIAL}' }`),
      ['IMAGE-KIND targets.kubernetes.images.tools'],
    ],
    [
      'another version of the official image',
      'kubernetes',
      images(`{ kafka: 'apache/kafka:4.1.2@${DIGEST}', jmxExporter: { image: '${TOOLS}' } }`),
      ['IMAGE-VERSION targets.kubernetes.images.kafka'],
    ],
    [
      'the official image without an exporter',
      'kubernetes',
      images(`{ kafka: '${OFFICIAL}' }`),
      ['IMAGE-EXPORTER targets.kubernetes.images.kafka'],
    ],
    [
      'the official image and nothing that brings the plugin',
      'kubernetes',
      images(`{ kafka: '${OFFICIAL}', jmxExporter: { image: '${TOOLS}' } }`, plugins),
      ['IMAGE-PLUGIN connect.plugins.debezium'],
    ],
    [
      'an image of a plugin that nobody declares',
      'kubernetes',
      images(`{ kafka: 'k@${DIGEST}', plugins: { debezum: { image: '${TOOLS}' } } }`, plugins),
      ['IMAGE-PLUGIN targets.kubernetes.images.plugins.debezum'],
    ],
  ]);
});

describe('an image', () => {
  test.each([
    ['kafka', { repository: 'kafka' }],
    ['registry.example.com:5000/team/kafka', { repository: 'registry.example.com:5000/team/kafka' }],
    [
      `registry.example.com:5000/kafka:4.3.1@${DIGEST}`,
      { repository: 'registry.example.com:5000/kafka', tag: '4.3.1', digest: DIGEST },
    ],
    [`kafka@${DIGEST}`, { repository: 'kafka', digest: DIGEST }],
  ])('is read: %s', (text, expected) => {
    expect(imageReference(text)).toEqual(expected);
  });

  test('is the official one whatever registry mirrors it, and no other', () => {
    expect(['apache/kafka:4.3.1', 'docker.io/apache/kafka', 'a.example/m/apache/kafka'].map(officialKafka)).toEqual([
      'jvm',
      'jvm',
      'jvm',
    ]);
    expect(officialKafka(`apache/kafka-native:4.3.1@${DIGEST}`)).toBe('native');
    expect(['myapache/kafka:1', 'apache/kafka-tools:1', 'bitnami/kafka:4'].map(officialKafka)).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });

  test.each([
    ['upper case', 'Registry/Kafka:1', 'images.kafka'],
    ['a URL', 'https://registry.example.com/kafka:1', 'images.kafka'],
    ['a digest that is cut short', 'kafka@sha256:abc', 'images.kafka'],
    ['a space', 'kafka :1', 'images.kafka'],
  ])('fails with %s', (_, image, path) => {
    const { issues } = openText(kubernetesText().replace('registry.example/kafka:4.3.1', image));
    expect(codes(issues)).toContain(`SPEC-VALUE targets.kubernetes.${path}`);
  });

  test('fails with a path that leaves its folder', () => {
    const text = kubernetesText().replace(
      "kafka:4.3.1'",
      "kafka:4.3.1', jmxExporter: { image: 'a:1', path: /opt/../etc }",
    );
    expect(codes(openText(text).issues)).toContain('SPEC-VALUE targets.kubernetes.images.jmxExporter.path');
  });
});
