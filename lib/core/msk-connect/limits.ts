/**
 * What MSK Connect offers. Read on 2026-11-26 from the API reference of MSK Connect (CreateConnector, AutoScaling), the pages "Understand
 * connector capacity" and "Quotas" of the Amazon MSK developer guide, and the schema AWS::KafkaConnect::Connector.
 */
export const KAFKA_CONNECT_VERSIONS: readonly string[] = ['2.7.1', '3.7.x'];
export const DEFAULT_KAFKA_CONNECT_VERSION = '3.7.x';

/** Transactions of source connectors came with Kafka 3.3 (KIP-618). */
export const EXACTLY_ONCE_VERSIONS: readonly string[] = ['3.7.x'];

/** One unit is one vCPU and 4 GiB. */
export const MCU_COUNTS: readonly number[] = [1, 2, 4, 8];

/** For each connector; an account has 60 in all. */
export const MAX_WORKERS = 10;

/** Of connectors, plugins and worker configurations. */
export const MAX_NAME_LENGTH = 128;
