import type { NodeFiles } from '../core/config';

/** Where the parts of a node are on its machine; absolute paths. */
export interface HostLayout {
  /** Kafka itself: its jars are in `libs/`. */
  readonly kafkaHome: string;
  /** Java runtime. Default: the `java` on the path. */
  readonly javaHome?: string;
  /** The node's own files, the scripts in `bin/` below it. */
  readonly configDir: string;
  /** Logs of the process, not of Kafka's topics. */
  readonly logDir: string;
  /** What must outlive the data volumes: that this node was formatted before. */
  readonly stateDir: string;
  readonly tls: NodeFiles;
  readonly jmxExporterJar: string;
  /**
   * The account of the system service. Default: none; whoever starts the scripts runs the node, there is neither unit nor install script,
   * and log directories need no volumes of their own.
   */
  readonly service?: { readonly user: string; readonly group: string };
}

/** A machine that belongs to one node: a host or an EC2 instance. */
export const SYSTEM_LAYOUT: HostLayout = {
  kafkaHome: '/opt/kafka',
  configDir: '/etc/kafka',
  logDir: '/var/log/kafka',
  stateDir: '/var/lib/kafka',
  tls: { keystore: '/etc/kafka/tls/node.pem', truststore: '/etc/kafka/tls/ca.crt' },
  jmxExporterJar: '/opt/kafka-jmx-exporter/jmx_prometheus_javaagent.jar',
  service: { user: 'kafka', group: 'kafka' },
};
