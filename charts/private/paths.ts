import { JMX_EXPORTER_FOLDER, PLUGINS_FOLDER } from '../../lib/core/model';

/** Places inside the pods; the scripts in `charts/scripts` name the same ones. */
export const NODE_CONFIG = '/etc/kafka/node';
export const WORKER_CONFIG = '/etc/kafka/connect';
export const TLS = '/etc/kafka/tls';
/** Certificates of listeners that have one of their own, a folder each. */
export const LISTENER_TLS = '/etc/kafka/listener-tls';
/** In memory: it holds the private key beside its chain, as Kafka reads it. */
export const RUN = '/run/kafka';
export const TMP = '/tmp';
export const PLUGINS = PLUGINS_FOLDER;
export const JMX_EXPORTER = `${JMX_EXPORTER_FOLDER}/jmx_prometheus_javaagent.jar`;
/** In the pod of the reconciler: what is wanted, in pieces; how the administrator logs in; its certificate; the passwords of users. */
export const DESIRED = '/etc/kafka/desired';
export const RECONCILE_CONFIG = '/etc/kafka/reconcile';
export const ADMIN_TLS = '/etc/kafka/admin';
export const USER_SECRETS = '/etc/kafka/users';
