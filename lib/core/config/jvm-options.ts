import type { EnvironmentModel, NodeModel } from '../model';

export interface JvmOptionsPaths {
  /** Absolute folder for garbage collection logs and heap dumps. Default: neither is written. */
  readonly logDir?: string;
}

/** Options of a node's Java virtual machine, one an element, not quoted. Collector settings as Kafka's own start script has them. */
export function jvmOptions(model: EnvironmentModel, node: NodeModel, paths: JvmOptionsPaths = {}): string[] {
  return processOptions(model, node.heapMiB, paths);
}

/** The same for a Connect worker. */
export function connectJvmOptions(model: EnvironmentModel, heapMiB: number, paths: JvmOptionsPaths = {}): string[] {
  return processOptions(model, heapMiB, paths);
}

/**
 * From here on regions of 16 MiB: what is larger than half a region, as batches of a few MiB are, G1 puts into regions of their own and
 * moves never. Java would take 2 MiB for 4 GiB; a small heap would have too few of 16 MiB. Value: Confluent's Ansible collection.
 */
const LARGE_HEAP_MIB = 4096;

function processOptions(model: EnvironmentModel, heapMiB: number, paths: JvmOptionsPaths): string[] {
  return [
    // One size from the start: a heap that grows under load pauses, and the page cache that it grows into was doing work.
    `-Xms${heapMiB}m`,
    `-Xmx${heapMiB}m`,
    '-server',
    '-XX:+UseG1GC',
    '-XX:MaxGCPauseMillis=20',
    '-XX:InitiatingHeapOccupancyPercent=35',
    ...(heapMiB < LARGE_HEAP_MIB ? [] : ['-XX:G1HeapRegionSize=16M']),
    '-XX:+ExplicitGCInvokesConcurrent',
    // A broker that ran out of memory is not a broker any more: end it, so that it is started again and others lead meanwhile.
    '-XX:+ExitOnOutOfMemoryError',
    '-Djava.awt.headless=true',
    ...(paths.logDir === undefined ? [] : diagnostics(paths.logDir)),
    ...oauthUrls(model),
  ];
}

function diagnostics(logDir: string): string[] {
  return [
    '-XX:+HeapDumpOnOutOfMemoryError',
    `-XX:HeapDumpPath=${logDir}`,
    `-Xlog:gc*:file="${logDir}/gc.log":time,tags:filecount=10,filesize=20M`,
  ];
}

/** Since Kafka 4.0 a node asks only the URLs that this property lists, and none by default (CVE-2025-27817). */
function oauthUrls(model: EnvironmentModel): string[] {
  if (!model.listeners.some(({ authentication }) => authentication === 'oauthbearer')) return [];
  const urls = [...model.brokerConfig]
    .filter(([option]) => /(^|\.)sasl\.oauthbearer\.(jwks|token)\.endpoint\.url$/.test(option))
    .map(([, { value }]) => value);
  return urls.length === 0 ? [] : [`-Dorg.apache.kafka.sasl.oauthbearer.allowed.urls=${[...new Set(urls)].join(',')}`];
}
