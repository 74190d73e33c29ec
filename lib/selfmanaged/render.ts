import type { FileArtifact } from '../core/artifact';
import type { EnvironmentModel } from '../core/model';
import { synthTemplates } from '../aws/private/synth-templates';
import { KafkaEnvironment } from '../environment';
import { renderHost } from '../host';
import { Ec2Environment } from './ec2-environment';

/** The CloudFormation templates of an environment on EC2, normalised for review, and the files of each node. */
export function renderEc2Templates(model: EnvironmentModel): FileArtifact[] {
  const templates = synthTemplates(model, (stack) => {
    new Ec2Environment(stack, 'Kafka', { environment: KafkaEnvironment._of(model) });
  });
  const nodes = model.nodes.flatMap((node) =>
    renderHost(model, node).map((file) => ({ ...file, path: `nodes/${node.name}/${file.path}` })),
  );
  return [...templates, ...nodes];
}
