import type { Path } from '../issue';
import type { EnvironmentModel } from '../model';
import {
  isOauthListenerOption,
  strimziCarriesMirror,
  strimziOwnsBrokerOption,
  strimziOwnsWorkerOption,
} from '../strimzi';
import { leaves } from './leaves';
import { leftOut } from './left-out';
import type { Rule } from './rule';

const METRICS_PORT = 9404;

/** What an environment says and Strimzi's resources cannot; each with what to do instead. */
export const STRIMZI_LEFT_OUT_RULES: readonly Rule[] = [
  {
    code: 'STRIMZI-OPTION',
    level: 'warning',
    what: 'Options of brokers that the operator writes itself are not in the resources.',
    why: 'It would take them out again, with a line in its log and nothing more.',
    source: 'Strimzi documentation, KafkaClusterSpec schema properties, config',
    check(model, report) {
      for (const [name, value] of Object.entries(model.spec.kafka.config ?? {})) {
        const oauth = model.listeners.some(({ authentication }) => authentication === 'oauthbearer');
        if (!strimziOwnsBrokerOption(name) || (oauth && isOauthListenerOption(name))) continue;
        leftOut(report, ['kafka', 'config', name], `${name} belongs to the operator`, value, 'Leave it out there.');
      }
    },
  },
  {
    code: 'STRIMZI-POOL-OPTION',
    level: 'warning',
    what: 'Options of one node pool alone are not in the resources.',
    why: 'A KafkaNodePool has no options of brokers; all pools of a cluster have the same.',
    source: 'Strimzi documentation, KafkaNodePoolSpec',
    check(model, report) {
      for (const { name: pool, config } of model.pools)
        for (const [name, value] of config) {
          if (model.pools.every((other) => other.config.get(name) === value) && !strimziOwnsBrokerOption(name))
            continue;
          leftOut(
            report,
            ['nodePools', pool, 'config', name],
            `${name} of one pool has no place`,
            value,
            'Set it for all, in kafka.config, where that is right too.',
          );
        }
    },
  },
  {
    code: 'STRIMZI-CLUSTER-ID',
    level: 'warning',
    what: 'The cluster id is not in the resources.',
    why: 'The operator makes one of its own and keeps it in the status of its Kafka.',
    source: 'Strimzi documentation, Recovering a deleted cluster from persistent volumes',
    check(model, report) {
      const { clusterId } = model.spec.kafka;
      if (clusterId === undefined) return;
      leftOut(
        report,
        ['kafka', 'clusterId'],
        'the operator chooses the cluster id',
        clusterId,
        'To adopt disks, write it into status.clusterId while the operator is paused; see the guide.',
      );
    },
  },
  {
    code: 'STRIMZI-WORKER-OPTION',
    level: 'warning',
    what: 'Options of workers that the operator writes itself are not in the resources.',
    why: 'It would take them out again, with a line in its log and nothing more.',
    source: 'Strimzi documentation, KafkaConnectSpec schema properties, config',
    check(model, report) {
      const mirrors = model.spec.targets?.kubernetes?.mirrorMaker?.config;
      for (const { path, value } of [
        ...leaves(model.spec.connect?.config, ['connect', 'config']),
        ...leaves(mirrors, ['targets', 'kubernetes', 'mirrorMaker', 'config']),
      ]) {
        const name = String(path.at(-1));
        if (strimziOwnsWorkerOption(name) || /^(producer|consumer|admin)\.(security|ssl|sasl)\./.test(name))
          leftOut(report, path, `${name} belongs to the operator`, value, 'Leave it out there.');
      }
    },
  },
  {
    code: 'STRIMZI-QUOTA',
    level: 'warning',
    what: 'Quotas of client ids and addresses, and parts of a percent, are not in the resources.',
    why: 'A KafkaUser has quotas of its user, in whole numbers; a Kafka has those of users without any.',
    source: 'Strimzi documentation, KafkaUserQuotas and QuotasPluginKafka',
    check(model, report) {
      const { quotas, principals } = model.spec;
      for (const key of ['defaultClient', 'defaultAddress', 'clients', 'addresses'] as const)
        for (const { path, value } of leaves(quotas?.[key], ['quotas', key])) {
          if (path.includes('deleted')) continue;
          leftOut(report, path, 'this quota has no place', value, 'Set it with kdk apply.');
        }
      const fraction = (path: Path, percentage: number | undefined): void => {
        if (percentage === undefined || Number.isInteger(percentage)) return;
        leftOut(report, path, 'parts of a percent have no place', percentage, 'It is rounded up.');
      };
      fraction(['quotas', 'defaultUser', 'requestPercentage'], quotas?.defaultUser?.requestPercentage);
      for (const [name, { quota }] of Object.entries(principals ?? {}))
        fraction(['principals', name, 'quota', 'requestPercentage'], quota?.requestPercentage);
    },
  },
  {
    code: 'STRIMZI-TOMBSTONE',
    level: 'warning',
    what: 'Tombstones are not in the resources.',
    why: 'With Strimzi a thing goes when its object is deleted, at once and with all it holds.',
    source: 'Strimzi documentation, Topic Operator',
    check(model, report) {
      for (const [kind, list, at] of tombstones(model))
        for (const { name, reason } of list)
          leftOut(
            report,
            [...at, name, 'deleted'],
            'the object is not rendered, which deletes nothing',
            reason,
            kind === undefined ? 'Take it off with kdk apply.' : `Delete the ${kind} of ${name} when it may go.`,
          );
      for (const principal of model.principals)
        for (const { name, reason } of principal.deletedUsers)
          leftOut(
            report,
            ['principals', principal.name, 'users', name, 'deleted'],
            'the object is not rendered, which deletes nothing',
            reason,
            `Delete the KafkaUser of ${name} when it may go.`,
          );
    },
  },
  {
    code: 'STRIMZI-MONITORING',
    level: 'warning',
    what: 'Who is told, promises on lag and another port for metrics are not in the resources.',
    why: `They need a monitoring system, and the exporter of Strimzi listens at ${METRICS_PORT}.`,
    source: 'Strimzi documentation, Introducing metrics',
    check(model, report) {
      const { notify, lag, metricsPort } = model.spec.monitoring ?? {};
      for (const { path, value } of [
        ...leaves(notify, ['monitoring', 'notify']),
        ...leaves(lag, ['monitoring', 'lag']),
        // Of a mirror that is left out as a whole, all of it is told.
        ...(model.mirrorMaker?.mirrors ?? [])
          .filter(strimziCarriesMirror)
          .flatMap(({ name }) => leaves(model.spec.mirrors?.[name]?.maxTimeLag, ['mirrors', name, 'maxTimeLag'])),
      ])
        leftOut(report, path, 'it needs a monitoring system', value, 'Scrape the pods and make alerts of it there.');
      if (metricsPort === undefined || metricsPort === METRICS_PORT) return;
      leftOut(
        report,
        ['monitoring', 'metricsPort'],
        'the exporter has a port of its own',
        metricsPort,
        `Scrape ${METRICS_PORT}.`,
      );
    },
  },
  {
    code: 'STRIMZI-LISTENER',
    level: 'warning',
    what: 'Another port of load balancers, an issuer and the version of routes are not in the resources.',
    why: 'The operator makes Services with the port of the listener, certificates by its own authority, and routes of one version.',
    source: 'Strimzi documentation, GenericKafkaListenerConfiguration',
    check(model, report) {
      for (const { name, port, external } of model.listeners) {
        if (external === undefined) continue;
        const { settings } = external;
        const at = (...keys: string[]): Path => ['targets', 'kubernetes', 'listeners', name, ...keys];
        if (settings.port !== undefined && settings.port !== port)
          leftOut(
            report,
            at('port'),
            'its Services have the port of the listener',
            settings.port,
            'Use one port for both.',
          );
        for (const { path, value } of leaves(settings.issuer, at('issuer')))
          leftOut(
            report,
            path,
            'the operator signs by itself',
            value,
            'Have the issuer sign a Secret, and name it: certificate.',
          );
        const { apiVersion } = settings.gateway ?? {};
        if (apiVersion !== undefined)
          leftOut(report, at('gateway', 'apiVersion'), 'the operator chooses it', apiVersion, 'Install what it uses.');
        if (
          external.expose !== 'load-balancer' &&
          settings.sourceRanges !== undefined &&
          settings.proxyRanges !== undefined
        )
          leftOut(
            report,
            at('sourceRanges'),
            'network policies go by proxyRanges',
            settings.sourceRanges.join(', '),
            'Leave one of the two out.',
          );
        const { firstNodePort, bootstrapNodePort } = settings;
        if (external.expose === 'node-port' || (firstNodePort === undefined && bootstrapNodePort === undefined))
          continue;
        leftOut(
          report,
          at('firstNodePort'),
          'only node ports have one',
          firstNodePort ?? bootstrapNodePort,
          'Leave it out.',
        );
      }
    },
  },
  {
    code: 'STRIMZI-KUBERNETES-KEY',
    level: 'warning',
    what: 'Who makes certificates and the DNS domain are not in the resources.',
    why: 'The operator has authorities and a setting of its own for them.',
    source: 'Strimzi documentation, Configuring the Cluster Operator and Security',
    check(model, report) {
      const { certificates, clusterDomain } = model.spec.targets?.kubernetes ?? {};
      const at = (...keys: string[]): Path => ['targets', 'kubernetes', ...keys];
      if (certificates !== undefined)
        leftOut(
          report,
          at('certificates'),
          'the operator signs replication and clients itself',
          certificates,
          certificates === 'secret'
            ? 'Brokers show the given certificate to clients; clients with mTLS take the one of their KafkaUser.'
            : 'Clients trust the authority in its Secret; see the guide.',
        );
      if (clusterDomain !== undefined)
        leftOut(
          report,
          at('clusterDomain'),
          'the operator has to know the domain itself',
          clusterDomain,
          'Set KUBERNETES_SERVICE_DNS_DOMAIN of the operator.',
        );
    },
  },
];

type Tombstones = readonly [kind: string | undefined, list: EnvironmentModel['deletedTopics'], at: Path];

function tombstones(model: EnvironmentModel): Tombstones[] {
  return [
    ['KafkaTopic', model.deletedTopics, ['topics']],
    ['KafkaUser', model.deletedPrincipals, ['principals']],
    ['KafkaConnector', model.connect?.deletedConnectors ?? [], ['connect', 'connectors']],
    [undefined, model.quotas.deletedClients, ['quotas', 'clients']],
    [undefined, model.quotas.deletedAddresses, ['quotas', 'addresses']],
  ];
}
