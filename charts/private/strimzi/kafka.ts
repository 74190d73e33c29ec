import { jmxExporterRules } from '../../../lib/core/config';
import type { EnvironmentModel } from '../../../lib/core/model';
import { listeners } from './listeners';
import { METRICS_KEY, metricsConfigMap, userSecretPrefix } from './names';
import { KEPT, plainObject, present, strimziObject, type StrimziObject } from './object';
import { brokerOptions } from './options';
import { rack } from './racks';
import { defaultUserQuota } from './users';

/** The cluster: all that its node pools share. */
export function kafka(model: EnvironmentModel): StrimziObject {
  const { patch, metadataVersion } = model.kafka;
  return strimziObject(
    model,
    'Kafka',
    model.name,
    {
      kafka: present({
        version: patch,
        metadataVersion,
        image: model.spec.targets!.kubernetes!.strimzi?.kafkaImage,
        listeners: listeners(model),
        authorization: model.authorization
          ? present({
              type: 'simple',
              superUsers: model.listeners.some(({ access }) => access === 'unrestricted') ? ['ANONYMOUS'] : undefined,
            })
          : undefined,
        config: brokerOptions(model),
        rack: rack(model),
        quotas: defaultUserQuota(model),
        metricsConfig: model.metrics.enabled ? metricsConfig(model) : undefined,
        template: { podDisruptionBudget: { maxUnavailable: 1 } },
      }),
      entityOperator: { topicOperator: {}, userOperator: { secretPrefix: userSecretPrefix(model) } },
    },
    { annotations: KEPT },
  );
}

export function metricsConfig(model: EnvironmentModel): unknown {
  return {
    type: 'jmxPrometheusExporter',
    valueFrom: { configMapKeyRef: { name: metricsConfigMap(model), key: METRICS_KEY } },
  };
}

/** The rules of the exporter, for brokers and workers. */
export function metricsRules(model: EnvironmentModel): StrimziObject[] {
  if (!model.metrics.enabled) return [];
  return [plainObject(model, 'ConfigMap', metricsConfigMap(model), { data: { [METRICS_KEY]: jmxExporterRules() } })];
}
