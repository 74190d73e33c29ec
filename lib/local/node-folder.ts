import { existsSync, readdirSync, readFileSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { Failure } from '../core/issue';
import type { EnvironmentModel, NodeModel } from '../core/model';
import type { HostLayout } from '../host';
import type { KafkaPaths } from './kafka-home';

/** The folder of an environment's nodes: `.kdk/<environment>` below the folder that the user works in. The model is resolved with it. */
export function localRoot(base: string, environment: string): string {
  // The real path: processes are found by the paths on their command line, whichever way the user came here.
  return join(realpathSync(base), '.kdk', environment);
}

/** Passwords of an environment on this machine: one folder a secret, one file a key. */
export function localSecretsDir(root: string): string {
  return join(root, 'secrets');
}

export function nodeFolder(root: string, node: string): string {
  return join(root, 'nodes', node);
}

/** What a node logs, over all its starts; rolled by size. */
export function serverLog(root: string, node: string): string {
  return join(nodeFolder(root, node), 'logs', 'server.log');
}

/** What went wrong since a node was started last, the Java runtime's own words included. */
export function consoleLog(root: string, node: string): string {
  return join(nodeFolder(root, node), 'logs', 'console.log');
}

/** What `host` needs to know to render a node that lives in its own folder. */
export function nodeLayout(root: string, node: string, kafka: KafkaPaths): HostLayout {
  const folder = nodeFolder(root, node);
  const configDir = join(folder, 'config');
  return {
    kafkaHome: kafka.path,
    jmxExporterJar: kafka.jmxExporterJar,
    configDir,
    logDir: join(folder, 'logs'),
    stateDir: join(folder, 'state'),
    tls: {
      keystore: join(configDir, 'tls', 'node.pem'),
      truststore: join(configDir, 'tls', 'ca.crt'),
      secretsDir: localSecretsDir(root),
    },
  };
}

/** Names of the nodes that have a folder. */
export function nodesOnDisk(root: string): string[] {
  const folder = join(root, 'nodes');
  return existsSync(folder) ? readdirSync(folder).sort() : [];
}

/**
 * Whether the cluster was formed: a controller on this disk has seen an election, so its quorum has a history that the others must not begin
 * anew. Read from the disks themselves, so it holds however a command ended and whatever somebody deleted.
 */
export function localFormation(root: string): 'first' | 'formed' {
  const formed = nodesOnDisk(root).some((name) =>
    logDirsOnDisk(nodeFolder(root, name)).some((logDir) => electionSeen(logDir)),
  );
  return formed ? 'formed' : 'first';
}

function electionSeen(logDir: string): boolean {
  try {
    const text = readFileSync(join(logDir, '__cluster_metadata-0', 'quorum-state'), 'utf8');
    return (JSON.parse(text) as { leaderEpoch: number }).leaderEpoch > 0;
  } catch {
    return false; // Not a controller, or never started.
  }
}

/** `data`, or `data-0`, `data-1` and so on where the pool has several volumes. */
function logDirsOnDisk(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => /^data(-\d+)?$/.test(name))
    .map((name) => join(folder, name));
}

/** Whether every log directory of the node is formatted. */
export function isFormatted(node: NodeModel): boolean {
  return node.logDirs.every((logDir) => existsSync(join(logDir, 'meta.properties')));
}

/** Refuses to start an environment on disks of another cluster, or without a node that holds replicas. */
export function checkDisks(root: string, model: EnvironmentModel): void {
  for (const name of nodesOnDisk(root)) {
    const node = model.nodes.find((candidate) => candidate.name === name);
    for (const logDir of logDirsOnDisk(nodeFolder(root, name))) {
      const meta = metaProperties(logDir);
      if (meta === undefined) continue;
      const cluster = meta.get('cluster.id') ?? 'none';
      if (cluster !== model.clusterId) throw otherCluster(logDir, cluster, model.clusterId);
      if (node === undefined) throw nodeRemoved(name, logDir);
      const id = meta.get('node.id') ?? 'none';
      if (id !== String(node.id)) throw otherNode(logDir, id, node);
    }
  }
}

function metaProperties(logDir: string): Map<string, string> | undefined {
  const path = join(logDir, 'meta.properties');
  if (!existsSync(path)) return undefined;
  const lines = readFileSync(path, 'utf8').matchAll(/^([a-z.]+)=(.*?)\r?$/gm);
  return new Map([...lines].map((match) => [match[1]!, match[2]!]));
}

const START_ANEW = 'To begin anew without the data, run kdk down with --delete, then kdk up.';

function otherCluster(logDir: string, found: string, expected: string): Failure {
  return new Failure(
    'CLUSTER-ID-DIFFERENT',
    `${logDir} belongs to another cluster, got cluster id ${found}; the environment has ${expected}.`,
    `Put back what the id comes from (name, target, kafka.clusterId, the lock file). ${START_ANEW}`,
  );
}

function otherNode(logDir: string, found: string, node: NodeModel): Failure {
  return new Failure(
    'NODE-ID-DIFFERENT',
    `${logDir} belongs to another node, got node id ${found}; ${node.name} has ${node.id}.`,
    `Put back what the id comes from (order of node pools, nodeIds.start). ${START_ANEW}`,
  );
}

function nodeRemoved(name: string, logDir: string): Failure {
  return new Failure(
    'NODE-REMOVED',
    `a node with data is no longer in the environment, got ${name} with ${logDir}; a node can go only after its replicas were moved and, if it is a controller, its vote was taken back.`,
    `Put the node back into nodePools. ${START_ANEW}`,
  );
}
