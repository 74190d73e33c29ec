export * from './kafka-alarm-deduplication';
export * from './kafka-alarm-naming';
export * from './kafka-alarm-options';
export * from './kafka-alarm-severities';
export * from './kafka-alarm-subject';
export * from './kafka-alarm-topic';
export * from './kafka-lag-promise';
