import { shellAssignment } from '../core/config';
import type { EnvironmentModel, NodeModel } from '../core/model';
import type { HostLayout } from './layout';

/** kafka.env: everything that the scripts of a node need to know beside its properties. */
export function environmentFile(model: EnvironmentModel, node: NodeModel, layout: HostLayout): string {
  const values: Record<string, string> = {
    KAFKA_HOME: layout.kafkaHome,
    KAFKA_JAVA: layout.javaHome === undefined ? 'java' : `${layout.javaHome}/bin/java`,
    KAFKA_VERSION: model.kafka.patch,
    KAFKA_LOG_DIR: layout.logDir,
    KAFKA_STATE_DIR: layout.stateDir,
    KAFKA_CLUSTER_ID: model.clusterId,
    KAFKA_NODE_ID: String(node.id),
    KAFKA_DATA_DIRS: node.logDirs.join('\n'),
    // Where a data volume is not mounted, its folder is on the root file system: never to be taken for an empty disk.
    KAFKA_DATA_DIRS_ON_ROOT: layout.service === undefined ? 'allowed' : 'refused',
    KAFKA_METRICS: node.metricsPort === undefined ? '' : metricsAddress(node, node.metricsPort),
    KAFKA_JMX_EXPORTER_JAR: layout.jmxExporterJar,
  };
  return Object.entries(values)
    .map(([name, value]) => shellAssignment(name, value))
    .join('');
}

function metricsAddress(node: NodeModel, port: number): string {
  return node.bindHost === '' ? String(port) : `${node.bindHost}:${port}`;
}
