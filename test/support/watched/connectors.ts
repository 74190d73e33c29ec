const STRINGS = 'org.apache.kafka.connect.storage.StringConverter';
const TEXT = { 'key.converter': STRINGS, 'value.converter': STRINGS, 'tasks.max': '1' };

/** Configurations of connectors that come with Kafka. */
export const CONNECTORS = {
  /** Writes records of a topic to a file. */
  sink: (file: string, topic: string) => ({
    'connector.class': 'org.apache.kafka.connect.file.FileStreamSinkConnector',
    ...{ file, topics: topic, ...TEXT },
  }),
  /** Writes lines of a file to a topic. */
  source: (file: string, topic: string) => ({
    'connector.class': 'org.apache.kafka.connect.file.FileStreamSourceConnector',
    ...{ file, topic, ...TEXT },
  }),
  /** A sink that understands JSON alone, and leaves the rest aside. */
  picky: (file: string, topic: string, aside: string) => ({
    ...CONNECTORS.sink(file, topic),
    'value.converter': 'org.apache.kafka.connect.json.JsonConverter',
    'errors.tolerance': 'all',
    'errors.deadletterqueue.topic.name': aside,
  }),
};
