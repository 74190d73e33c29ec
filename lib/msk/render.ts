import type { FileArtifact } from '../core/artifact';
import type { EnvironmentModel } from '../core/model';
import { synthTemplates } from '../aws/private/synth-templates';
import { KafkaEnvironment } from '../environment';
import { MskEnvironment } from './msk-environment';

/** The CloudFormation templates of an environment on Amazon MSK, normalised for review. */
export function renderMskTemplates(model: EnvironmentModel): FileArtifact[] {
  return synthTemplates(model, (stack) => {
    new MskEnvironment(stack, 'Kafka', { environment: KafkaEnvironment._of(model) });
  });
}
