import { Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import type { KafkaEnvironment } from '../lib/environment';
import { addEnvironment } from './private/objects';
import { requireKubernetes } from './private/environment-model';

/** Properties of a chart of a whole environment. */
export interface KafkaEnvironmentChartProps {
  /** The environment; its target is `kubernetes`. */
  readonly environment: KafkaEnvironment;
}

/**
 * A whole environment on Kubernetes: controllers, brokers, and the workers of Connect where it has them.
 *
 * @example
 * new KafkaEnvironmentChart(app, 'staging', { environment: KafkaEnvironment.fromFile('environments/staging.yaml') });
 */
export class KafkaEnvironmentChart extends Chart {
  /** Namespace of all objects. */
  public readonly kafkaNamespace: string;

  public constructor(scope: Construct, id: string, props: KafkaEnvironmentChartProps) {
    super(scope, id);
    const model = requireKubernetes(props.environment._model);
    this.kafkaNamespace = model.spec.targets!.kubernetes!.namespace;
    addEnvironment(this, model);
  }
}
