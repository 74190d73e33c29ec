import type { IKafkaNetwork } from '../../aws/kafka-network';
import type { PropertyProblem } from '../../aws/private/construct-failure';
import type { EnvironmentModel } from '../../core/model';

/** What an environment asks for that this target cannot do, beside what the rules say; each by the path where it is written. */
export function unsupported(model: EnvironmentModel, network?: IKafkaNetwork): PropertyProblem[] {
  if (model.target !== 'ec2' || model.brokersElsewhere !== undefined) {
    return [
      {
        property: 'environment',
        message: `the environment is for another target, got ${model.brokersElsewhere === undefined ? model.target : 'kubernetes'}; ec2 is allowed.`,
        hint: 'Read it with target: ec2, or use the construct of its target.',
      },
    ];
  }
  if (network === undefined || network.subnetIds.length === model.racks.length) return [];
  return [
    {
      property: 'vpcSubnets',
      message: `the subnets do not fit the racks, got ${network.subnetIds.length} for ${model.racks.join(', ')}; one for each, in their order, is needed.`,
      hint: 'Choose them with vpcSubnets, or change racks.',
    },
  ];
}
