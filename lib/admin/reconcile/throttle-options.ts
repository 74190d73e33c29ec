/** Options with which Kafka slows down the copying of replicas: rates on brokers, and on topics the replicas that they hold for. */
export const BROKER_THROTTLES = ['leader.replication.throttled.rate', 'follower.replication.throttled.rate'] as const;
export const TOPIC_THROTTLES = [
  'leader.replication.throttled.replicas',
  'follower.replication.throttled.replicas',
] as const;
