import { podsElsewhere, type EnvironmentModel } from '../model';
import { isObjectName, STRIMZI_RELEASES, strimziRelease, strimziUsers } from '../strimzi';
import { oneOf } from './hint';
import type { Rule } from './rule';

const LISTENER_NAME = /^[a-z0-9]{1,11}$/;
const LOWEST_PORT = 9092;
/** Metrics and JMX. */
const PORTS_OF_STRIMZI: readonly number[] = [9404, 9999];
const LONGEST_COMMON_NAME = 64;
/** From here on Kubernetes mounts images as volumes without a feature gate. */
const IMAGE_VOLUMES_MINOR = 35;

/** What the operator refuses, or would never get ready. */
export const STRIMZI_RULES: readonly Rule[] = [
  {
    code: 'STRIMZI-VERSION',
    level: 'error',
    what: 'The kit knows the version of Strimzi.',
    why: 'Which versions of Kafka it runs and which fields its resources have is not known otherwise.',
    source: 'strimzi.io/downloads, 2026-08-22',
    check(model, report) {
      const wanted = settings(model)?.version;
      if (wanted === undefined || strimziRelease(wanted, model.kafka.patch) !== undefined) return;
      report({
        path: ['targets', 'kubernetes', 'strimzi', 'version'],
        message: `the kit does not know this version of Strimzi, got "${wanted}"; ${oneOf(STRIMZI_RELEASES.map(({ version }) => version))}.`,
        hint: 'Leave it out for the newest that runs the Kafka version.',
      });
    },
  },
  {
    code: 'STRIMZI-KAFKA-VERSION',
    level: 'error',
    what: 'The version of Strimzi runs the version of Kafka.',
    why: 'The operator refuses all others, and the cluster never becomes ready.',
    source: 'kafka-versions.yaml of each release of Strimzi, 2026-08-22',
    check(model, report) {
      const { patch } = model.kafka;
      const wanted = settings(model)?.version;
      const release = strimziRelease(wanted, patch);
      if (release?.kafka.includes(patch) || (wanted !== undefined && release === undefined)) return;
      const able = STRIMZI_RELEASES.filter(({ kafka }) => kafka.includes(patch)).map(({ version }) => version);
      report({
        path: ['kafka', 'version'],
        message:
          release === undefined
            ? `no version of Strimzi that the kit knows runs this Kafka, got ${patch}; ${oneOf([...new Set(STRIMZI_RELEASES.flatMap(({ kafka }) => kafka))])}.`
            : `Strimzi ${release.version} does not run this Kafka, got ${patch}; ${oneOf(release.kafka)}.`,
        hint:
          able.length > 0
            ? `Use Strimzi ${able.join(' or ')}, or pin a patch release: kafka: { version: "4.3.1" }.`
            : 'Pin a patch release that Strimzi runs: kafka: { version: "4.3.1" }.',
      });
    },
  },
  {
    code: 'STRIMZI-KUBERNETES-VERSION',
    level: 'error',
    what: 'The version of Strimzi supports the version of Kubernetes.',
    why: 'Its operator may not start there.',
    source: 'CHANGELOG.md of Strimzi 0.51, 2026-02-28',
    check(model, report) {
      const release = strimziRelease(settings(model)?.version, model.kafka.patch);
      const version = model.spec.targets?.kubernetes?.version;
      if (release === undefined || version === undefined) return;
      if (Number(version.split('.')[1]) >= release.kubernetesMinor) return;
      report({
        path: ['targets', 'kubernetes', 'version'],
        message: `Strimzi ${release.version} does not support this Kubernetes, got "${version}"; "1.${release.kubernetesMinor}" and newer are allowed.`,
        hint: 'Upgrade the Kubernetes cluster first.',
      });
    },
  },
  {
    code: 'STRIMZI-LISTENER-NAME',
    level: 'error',
    what: 'A listener is called by at most 11 lower-case letters and digits.',
    why: 'The names of ports are made of it, which Kubernetes allows 15 characters.',
    source: 'Strimzi documentation, GenericKafkaListener',
    check(model, report) {
      for (const { name } of model.listeners) {
        if (LISTENER_NAME.test(name)) continue;
        report({
          path: ['listeners', name],
          message: `the listener has a name that Strimzi refuses, got ${name}; at most 11 lower-case letters and digits are allowed.`,
          hint: 'Rename the listener.',
        });
      }
    },
  },
  {
    code: 'STRIMZI-LISTENER-PORT',
    level: 'error',
    what: `The port of a listener is ${LOWEST_PORT} or higher and none of ${PORTS_OF_STRIMZI.join(' and ')}.`,
    why: 'The others belong to the operator: the quorum, replication, metrics, JMX.',
    source: 'Strimzi documentation, GenericKafkaListener',
    check(model, report) {
      for (const { name, port } of model.listeners) {
        if (port >= LOWEST_PORT && !PORTS_OF_STRIMZI.includes(port)) continue;
        report({
          path: ['listeners', name, 'port'],
          message: `the port belongs to Strimzi, got ${port}; ${LOWEST_PORT} and higher are allowed, without ${PORTS_OF_STRIMZI.join(' and ')}.`,
          hint: 'Choose another port.',
        });
      }
    },
  },
  {
    code: 'STRIMZI-ROUTE',
    level: 'error',
    what: 'Listeners by TLSRoute need Strimzi 1.1.',
    why: 'Older versions do not know them.',
    source: 'CHANGELOG.md of Strimzi 1.1, 2026-06-21',
    check(model, report) {
      const release = strimziRelease(settings(model)?.version, model.kafka.patch);
      for (const { name, external } of model.listeners) {
        if (external?.expose !== 'tls-route') continue;
        if (release === undefined || release.tlsRoute) continue;
        report({
          path: ['targets', 'kubernetes', 'listeners', name, 'expose'],
          message: `this version of Strimzi has no routes, got ${release.version}; 1.1 and later are allowed.`,
          hint: 'Expose the listener by a load balancer or node ports, or use a newer version.',
        });
      }
    },
  },
  {
    code: 'STRIMZI-USER-NAME',
    level: 'error',
    what: 'A client is called as a KafkaUser can be: lower-case letters, digits, dashes and dots; at most 64 characters with mTLS.',
    why: 'The name of the object is the name that Kafka sees; there is no field for another.',
    source: 'Strimzi documentation, KafkaUser; RFC 1123',
    check(model, report) {
      for (const { name, type, path } of strimziUsers(model)) {
        const longest = type === 'tls' ? LONGEST_COMMON_NAME : 253;
        if (isObjectName(name) && name.length <= longest) continue;
        report({
          path,
          message: `no KafkaUser can have this name, got ${name}; lower-case letters, digits, dashes and dots are allowed, at most ${longest} of them.`,
          hint: 'Rename the client, where it logs in and here.',
        });
      }
    },
  },
  {
    code: 'STRIMZI-ELSEWHERE',
    level: 'error',
    what: 'Workers are beside their brokers.',
    why: 'The resources log in with users and authorities of the operator, which brokers elsewhere do not have.',
    source: 'Strimzi documentation, KafkaConnectSpec',
    check(model, report) {
      const elsewhere = model.brokersElsewhere?.environment ?? podsElsewhere(model.spec);
      if (elsewhere === undefined) return;
      report({
        path: model.brokersElsewhere === undefined ? ['connect', 'runtime'] : ['brokers'],
        message: `brokers and workers are in different environments, got ${elsewhere}; one environment is allowed.`,
        hint: 'Render it without --backend.',
      });
    },
  },
  {
    code: 'STRIMZI-PLUGINS',
    level: 'error',
    what: 'Plugins of Connect come with an image.',
    why: "The operator's own image has none, and the connectors would fail.",
    source: 'Strimzi documentation, Adding Kafka Connect connectors',
    check(model, report) {
      const { connectImage, connectBuild } = settings(model) ?? {};
      if (connectImage !== undefined || connectBuild !== undefined) return;
      const { version, images } = model.spec.targets?.kubernetes ?? {};
      const mountable = Number(version?.split('.')[1]) >= IMAGE_VOLUMES_MINOR;
      const plugins = (model.connect?.plugins ?? []).filter(
        ({ name }) => !mountable || images?.plugins?.[name] === undefined,
      );
      if (plugins.length === 0) return;
      report({
        path: ['connect', 'plugins'],
        message: `there is no image with the plugins for Strimzi, got ${plugins.map(({ name }) => name).join(', ')}; connectImage or connectBuild below targets.kubernetes.strimzi is needed.`,
        hint: 'Name an image: strimzi: { connectImage: ... }, or where the operator may push one: strimzi: { connectBuild: { image: ... } }.',
      });
    },
  },
];

function settings(
  model: EnvironmentModel,
): NonNullable<NonNullable<EnvironmentModel['spec']['targets']>['kubernetes']>['strimzi'] {
  return model.spec.targets?.kubernetes?.strimzi;
}
