import { Stack } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { environmentStackProps } from '../../lib/aws/private/environment-stack';
import { Failure } from '../../lib/core/issue';
import type { KafkaEnvironment } from '../../lib/environment';

/** The one root stack of an environment: `cdk deploy -c environment=prod` needs no `--all`. */
export class EnvironmentStack extends Stack {
  constructor(scope: Construct, environment: KafkaEnvironment) {
    super(scope, environment.environmentName, environmentStackProps(environment._model));
    // Only the target that is asked for is loaded; that keeps synth fast.
    switch (environment.target) {
      case 'msk':
      case 'msk-serverless': {
        const { MskEnvironment } = require('../../lib/msk/msk-environment') as typeof import('../../lib/msk');
        new MskEnvironment(this, 'Kafka', { environment });
        return;
      }
      case 'ec2': {
        const { Ec2Environment } =
          require('../../lib/selfmanaged/ec2-environment') as typeof import('../../lib/selfmanaged');
        new Ec2Environment(this, 'Kafka', { environment });
        return;
      }
      default:
        throw new Failure(
          'NOT-ON-AWS',
          `the environment ${environment.environmentName} is not deployed by CloudFormation, got target ${environment.target}; msk, msk-serverless and ec2 are allowed.`,
          `Use kdk render ${environment.environmentName}.`,
          2,
        );
    }
  }
}
