import {
  formatArguments,
  jmxExporterRules,
  jvmOptions,
  log4j2Configuration,
  serverProperties,
} from '../../lib/core/config';
import { NODE_IP, shortHash, type EnvironmentModel } from '../../lib/core/model';
import type { NodeSet } from './node-set';
import { JMX_EXPORTER, NODE_CONFIG, RUN, TLS } from './paths';
import { script } from './scripts';

export interface NodeFiles {
  /** Content of the ConfigMap, by file name. */
  readonly data: Record<string, string>;
  /** Changes where the nodes have to start again. */
  readonly hash: string;
}

/** The files of the pods of one StatefulSet: what they share, and one server.properties a node. */
export function nodeFiles(model: EnvironmentModel, { nodes }: NodeSet): NodeFiles {
  const [first] = nodes;
  const properties = nodes.map((node) =>
    serverProperties(model, node, {
      keystore: `${RUN}/keystore.pem`,
      truststore: `${TLS}/ca.crt`,
      listenerKeystore: ({ name }) => `${RUN}/keystore-${name}.pem`,
    }),
  );
  const shared = {
    'cluster-id': `${model.clusterId}\n`,
    'jvm.options': lines([
      ...jvmOptions(model, first!),
      directMemoryOption(first!.pool.memoryMiB!, first!.heapMiB),
      ...podJvmOptions(first!.metricsPort, NODE_CONFIG),
    ]),
    'log4j2.yaml': log4j2Configuration(),
    'start-node.sh': script('start-node.sh'),
    'keystores.sh': script('keystores.sh'),
    ...nodeAddresses(model),
    ...(first!.metricsPort === undefined ? {} : { 'jmx-exporter.yaml': jmxExporterRules() }),
  };
  return {
    data: {
      ...shared,
      ...(first!.metricsPort === undefined
        ? {}
        : { nodes: nodeList(model), 'ask-nodes.sh': script('ask-nodes.sh'), 'probe-node.sh': script('probe-node.sh') }),
      ...(restartsInTurn(model) ? { 'restart-in-turn.sh': script('restart-in-turn.sh') } : {}),
      'format.arguments': lines(formatArguments(model, first!, `${RUN}/server.properties`)),
      ...Object.fromEntries(nodes.map(({ id }, index) => [`server-${id}.properties`, properties[index]!])),
    },
    // One node stands for all: they differ in what follows from their ids. So another node in the pool, or the note that the cluster
    // was formed, which only an empty disk asks for, restarts none of those that are there.
    hash: shortHash(JSON.stringify([shared, properties[0]]), 16),
  };
}

/** Whether some listener advertises the address of the node that a pod runs on. */
export function advertisesNodeIp(model: EnvironmentModel): boolean {
  return model.listeners.some(({ external }) => external?.settings.host === NODE_IP);
}

/** The addresses that certificates name, for pods to see whether theirs is among them. */
function nodeAddresses(model: EnvironmentModel): Record<string, string> {
  if (!advertisesNodeIp(model)) return {};
  const addresses = model.listeners.flatMap(({ external }) => external?.settings.nodeAddresses ?? []);
  return { 'node-addresses': lines([...new Set(addresses)]) };
}

/**
 * Whether a node starts again by itself for a renewed certificate: where nodes can ask each other, and nobody has taken it upon themselves to
 * say when (`certificateHash`).
 */
export function restartsInTurn({ nodes, spec }: EnvironmentModel): boolean {
  return nodes[0]?.metricsPort !== undefined && spec.targets!.kubernetes!.certificateHash === undefined;
}

/**
 * Buffers outside the heap may be as large as the heap by default, which together are more than the limit of the pod where the heap is half of
 * it. Network threads need some MiB each: a quarter of what the heap leaves, between 64 MiB and 1 GiB. The rest is for code, stacks and the
 * page cache.
 */
export function directMemoryOption(memoryMiB: number, heapMiB: number): string {
  const mebibytes = Math.min(Math.max(Math.floor((memoryMiB - heapMiB) / 4), 64), 1024);
  return `-XX:MaxDirectMemorySize=${mebibytes}m`;
}

/** What Java needs in a pod: the exporter, and names that are looked up again soon, since a pod that restarts has another address. */
export function podJvmOptions(metricsPort: number | undefined, config: string): string[] {
  return [
    '-Dsun.net.inetaddr.ttl=5',
    '-Dsun.net.inetaddr.negative.ttl=1',
    ...(metricsPort === undefined ? [] : [`-javaagent:${JMX_EXPORTER}=${metricsPort}:${config}/jmx-exporter.yaml`]),
  ];
}

/** Whom the probe and a controller with an empty disk ask: a line a node. No part of the hash: it is read anew each time. */
function nodeList(model: EnvironmentModel): string {
  return lines(
    model.nodes.map(({ id, roles, host, metricsPort }) =>
      [id, [...roles].sort().join(','), host, metricsPort].join(' '),
    ),
  );
}

export function lines(texts: readonly string[]): string {
  return texts.map((text) => `${text}\n`).join('');
}
