import type { IConstruct } from 'constructs';
import type { Construct } from 'constructs';
import type { EnvironmentModel } from '../../core/model';
import { KafkaNetwork, type IKafkaNetwork } from '../kafka-network';
import { refuse } from './construct-failure';

/** The network that an environment names, by ids and without look-ups, or a new one with a subnet in each rack. */
export function environmentNetwork(
  scope: Construct,
  model: EnvironmentModel,
  endpoints: readonly string[] = [],
): IKafkaNetwork {
  const { id, cidr, subnets } = model.spec.aws?.vpc ?? {};
  if (id === undefined) {
    if (subnets !== undefined) {
      refuseNetwork(
        scope,
        'aws.vpc.subnets',
        'subnets of an unknown VPC',
        subnets.join(', '),
        'they belong to aws.vpc.id',
      );
    }
    if (model.racks.length === 0) {
      refuseNetwork(scope, 'racks', 'a new network has no zones', 'none', 'the names of availability zones are needed');
    }
    return new KafkaNetwork(scope, 'Network', {
      availabilityZones: [...model.racks],
      endpoints: [...endpoints],
      ...(cidr === undefined ? {} : { cidr }),
    });
  }
  if (cidr !== undefined) {
    refuseNetwork(scope, 'aws.vpc.cidr', 'the VPC has its address range already', cidr, 'only a new VPC takes one');
  }
  if (subnets === undefined || (model.racks.length > 0 && subnets.length !== model.racks.length)) {
    refuseNetwork(
      scope,
      'aws.vpc.subnets',
      'not one subnet for each rack',
      subnets === undefined ? 'none' : String(subnets.length),
      `${model.racks.length === 0 ? 'one a zone' : model.racks.length} in the order of racks are needed`,
    );
  }
  return KafkaNetwork.fromIds(id, [...subnets!]);
}

function refuseNetwork(scope: IConstruct, property: string, what: string, got: string, allowed: string): void {
  refuse(scope, 'AWS-NETWORK', [
    { property, message: `${what}, got ${got}; ${allowed}.`, hint: `Correct ${property}.` },
  ]);
}
