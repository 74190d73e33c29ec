import type { EnvironmentModel } from '../../../lib/core/model';
import { topicObjectName } from '../../../lib/core/strimzi';
import { CLUSTER_LABEL, KEPT, strimziObject, type StrimziObject } from './object';

export function topics(model: EnvironmentModel): StrimziObject[] {
  return model.topics.map(({ name, partitions, replicationFactor, config }) => {
    const object = topicObjectName(name);
    return strimziObject(
      model,
      'KafkaTopic',
      object,
      {
        ...(object === name ? {} : { topicName: name }),
        partitions,
        replicas: replicationFactor,
        ...(Object.keys(config).length === 0 ? {} : { config }),
      },
      { labels: { [CLUSTER_LABEL]: model.name }, annotations: KEPT },
    );
  });
}
