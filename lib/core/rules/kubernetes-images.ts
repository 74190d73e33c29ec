import type { Path } from '../issue';
import {
  imageReference,
  officialKafka,
  pluginFolder,
  podSettings,
  type EnvironmentModel,
  type KubernetesSettings,
} from '../model';
import { didYouMean, oneOf } from './hint';
import type { Rule } from './rule';

const IMAGES = ['targets', 'kubernetes', 'images'] as const;

/** Container images: which one it is must be certain, and it must hold what its pods run. */
export const KUBERNETES_IMAGE_RULES: readonly Rule[] = [
  {
    code: 'IMAGE-TAG',
    level: 'error',
    what: 'An image has a tag that stays, or a digest.',
    why: 'Without one, or with latest, the next pod that starts may run another version than its neighbours, and a rollback changes nothing.',
    source: 'Kubernetes documentation, Images',
    check(model, report) {
      for (const { path, image } of namedImages(model)) {
        const { tag, digest } = imageReference(image);
        if (digest !== undefined || (tag !== undefined && tag !== 'latest')) continue;
        report({
          path,
          message: `it is not certain which image this is, got ${image} ${tag === undefined ? 'without a tag' : 'with the tag latest'}; a version as tag, or a digest, is allowed.`,
          hint: `Write for example ${imageReference(image).repository}:1.2.3@sha256:... with the digest that the push printed.`,
        });
      }
    },
  },
  {
    code: 'IMAGE-DIGEST',
    level: 'warning',
    what: 'A cluster of several brokers names its images by digest.',
    why: 'A tag can be pushed again: a pod that restarts a month later on a new host would run something that nobody reviewed.',
    source: 'Kubernetes documentation, Images; NIST SP 800-190, 4.2.2',
    check(model, report) {
      if (model.nodes.filter(({ roles }) => roles.includes('broker')).length < 2) return;
      for (const { path, image } of namedImages(model)) {
        const { tag, digest } = imageReference(image);
        if (digest !== undefined || tag === undefined || tag === 'latest') continue;
        report({
          path,
          message: `the image may be another tomorrow, got ${image}; a digest pins it.`,
          hint: `Write ${image}@sha256:... with the digest that the push printed.`,
        });
      }
    },
  },
  {
    code: 'IMAGE-KIND',
    level: 'error',
    what: 'The Kafka image has Java and the jars of Kafka, and the image of the tools has kdk.',
    why: 'apache/kafka-native is one program for tests: no Java that loads an agent, no tool that formats a disk, no Connect. apache/kafka has no kdk.',
    source: 'apache/kafka, docker/native/README.md',
    check(model, report) {
      const images = imagesOf(model);
      if (images === undefined) return;
      if (officialKafka(images.kafka) === 'native') {
        report({
          path: [...IMAGES, 'kafka'],
          message: `the image has neither Java nor the tools of Kafka, got ${images.kafka}; apache/kafka, or one that kdk images makes, is allowed.`,
          hint: `Write apache/kafka:${model.kafka.patch}, by digest.`,
        });
      }
      if (images.tools !== undefined && officialKafka(images.tools) !== undefined) {
        report({
          path: [...IMAGES, 'tools'],
          message: `the image has no kdk, got ${images.tools}; one that kdk images makes is allowed.`,
          hint: 'Name the repository that it is to be pushed to, then run kdk images.',
        });
      }
    },
  },
  {
    code: 'IMAGE-VERSION',
    level: 'error',
    what: 'The official image has the Kafka version of the environment.',
    why: 'Options, features and the format of disks are those of the version that the environment names.',
    source: 'Apache Kafka documentation, Upgrading',
    check(model, report) {
      const images = imagesOf(model);
      if (images === undefined || officialKafka(images.kafka) === undefined) return;
      const found = /^v?(\d+\.\d+)(\.|$)/.exec(imageReference(images.kafka).tag ?? '')?.[1];
      if (found === undefined || found === model.kafka.version) return;
      report({
        path: [...IMAGES, 'kafka'],
        message: `the image holds another Kafka than the environment says, got ${imageReference(images.kafka).tag} for ${model.kafka.version}; ${model.kafka.patch} is expected.`,
        hint: 'Change both in one commit: kafka.version and the image.',
      });
    },
  },
  {
    code: 'IMAGE-EXPORTER',
    level: 'error',
    what: 'The JMX exporter is brought along where the Kafka image lacks it and metrics are on.',
    why: 'Probes and alarms read it: without it no pod would start.',
    source: 'apache/kafka, docker/jvm/Dockerfile',
    check(model, report) {
      const images = imagesOf(model);
      if (images === undefined || officialKafka(images.kafka) !== 'jvm' || images.jmxExporter !== undefined) return;
      const javas = model.brokersElsewhere === undefined ? model.nodes : [model.connect];
      if (!javas.some((java) => java?.metricsPort !== undefined)) return;
      const { tools } = images;
      report({
        path: [...IMAGES, 'kafka'],
        message: `the official image has no JMX exporter, got ${images.kafka} with metrics on and no jmxExporter; an image that brings it is needed.`,
        hint: `Write jmxExporter: { image: ${tools ?? 'IMAGE'} } beside it: the tools image has it at the right place.`,
      });
    },
  },
  {
    code: 'IMAGE-PLUGIN',
    level: 'error',
    what: 'Every plugin is in the Kafka image or comes from an image of its own, and only declared plugins do.',
    why: 'A worker without the plugin of a connector does not start; an image that no plugin needs would be pulled for nothing.',
    source: 'Apache Kafka documentation, Kafka Connect, plugin.path',
    check(model, report) {
      const images = imagesOf(model);
      if (images === undefined) return;
      const declared = (model.connect?.plugins ?? []).map(({ name }) => name);
      for (const name of Object.keys(images.plugins ?? {})) {
        if (declared.includes(name)) continue;
        report({
          path: [...IMAGES, 'plugins', name],
          message: `the plugin is not declared, got ${name}; ${oneOf(declared)}.`,
          hint: didYouMean(name, declared, 'Declare it under connect.plugins, or remove it here.'),
        });
      }
      if (officialKafka(images.kafka) === undefined) return;
      for (const name of declared) {
        if (pluginFolder(images, name) !== undefined) continue;
        report({
          path: ['connect', 'plugins', name],
          message: `nothing brings the plugin to the workers, got ${images.kafka}, which has none, and no image of the plugin; one of them has to have it.`,
          hint: `Name one under targets.kubernetes.images.plugins.${name}, or let kdk images make a Kafka image with it.`,
        });
      }
    },
  },
];

type Images = KubernetesSettings['images'];

function imagesOf(model: EnvironmentModel): Images | undefined {
  return podSettings(model)?.images;
}

interface NamedImage {
  readonly path: Path;
  readonly image: string;
  readonly delivery?: string;
}

function namedImages(model: EnvironmentModel): NamedImage[] {
  const images = imagesOf(model);
  if (images === undefined) return [];
  const { kafka, tools, jmxExporter, plugins = {} } = images;
  const folder = (path: Path, { image, delivery }: NonNullable<Images['jmxExporter']>): NamedImage => ({
    path: [...IMAGES, ...path, 'image'],
    image,
    ...(delivery === undefined ? {} : { delivery }),
  });
  return [
    { path: [...IMAGES, 'kafka'], image: kafka },
    ...(tools === undefined ? [] : [{ path: [...IMAGES, 'tools'], image: tools }]),
    ...(jmxExporter === undefined ? [] : [folder(['jmxExporter'], jmxExporter)]),
    ...Object.entries(plugins).map(([name, plugin]) => folder(['plugins', name], plugin)),
  ];
}
