/**
 * Options that the operator writes itself. It takes them out of `spec.kafka.config` with a line in its log and nothing more, which is why
 * the kit says so. Prefixes as the documentation of `KafkaClusterSpec` and `KafkaConnectSpec` lists them for Strimzi 1.2 (2026-08-18);
 * those about ZooKeeper left out.
 */
const BROKER_PREFIXES: readonly string[] = [
  'listeners',
  'advertised.',
  'broker.',
  'listener.',
  'host.name',
  'port',
  'inter.broker.listener.name',
  'sasl.',
  'ssl.',
  'security.',
  'password.',
  'log.dir',
  'authorizer.',
  'super.user',
  'cruise.control.metrics.topic',
  'cruise.control.metrics.reporter.bootstrap.servers',
  'node.id',
  'process.roles',
  'controller.',
  'metadata.log.dir',
  'client.quota.callback.static.',
  'prometheus.metrics.reporter.',
  'cordoned.log.dirs',
];

const BROKER_EXCEPTIONS: readonly string[] = [
  'sasl.server.max.receive.size',
  'ssl.cipher.suites',
  'ssl.protocol',
  'ssl.enabled.protocols',
  'ssl.secure.random.implementation',
  'broker.session.timeout.ms',
  'broker.heartbeat.interval.ms',
  'controller.socket.timeout.ms',
  'controller.quorum.election.backoff.max.ms',
  'controller.quorum.election.timeout.ms',
  'controller.quorum.fetch.timeout.ms',
];

const WORKER_PREFIXES: readonly string[] = [
  'group.id',
  'config.storage.topic',
  'offset.storage.topic',
  'status.storage.topic',
  'ssl.',
  'sasl.',
  'security.',
  'listeners',
  'plugin.path',
  'rest.',
  'bootstrap.servers',
  'consumer.interceptor.classes',
  'producer.interceptor.classes',
  'prometheus.metrics.reporter.',
];

const WORKER_EXCEPTIONS: readonly string[] = [
  'ssl.endpoint.identification.algorithm',
  'ssl.cipher.suites',
  'ssl.protocol',
  'ssl.enabled.protocols',
];

/** Settings of OAUTHBEARER may stand below a listener, where Strimzi takes them: `authentication.listenerConfig`. */
const OF_OAUTH_LISTENERS = /^sasl\.(oauthbearer\.|login\.(connect|read|refresh|retry)\.)/;

export function strimziOwnsBrokerOption(name: string): boolean {
  return below(name, BROKER_PREFIXES) && !below(name, BROKER_EXCEPTIONS);
}

export function strimziOwnsWorkerOption(name: string): boolean {
  return below(name, WORKER_PREFIXES) && !below(name, WORKER_EXCEPTIONS);
}

/** Broker options that Strimzi owns for the whole broker and takes for a listener with OAUTHBEARER. */
export function isOauthListenerOption(name: string): boolean {
  return OF_OAUTH_LISTENERS.test(name);
}

function below(name: string, prefixes: readonly string[]): boolean {
  return prefixes.some((prefix) => name.startsWith(prefix));
}
