import type { Construct } from 'constructs';
import type { EnvironmentModel } from '../../core/model';
import { KafkaNetwork, type IKafkaNetwork } from '../kafka-network';

/**
 * The network that an environment names, by ids and without look-ups, or a new one with a subnet in each rack. The rules have seen to it
 * that a given VPC has a subnet for each rack.
 */
export function environmentNetwork(
  scope: Construct,
  model: EnvironmentModel,
  endpoints: readonly string[] = [],
): IKafkaNetwork {
  const { id, cidr, subnets = [] } = model.spec.aws?.vpc ?? {};
  if (id !== undefined) return KafkaNetwork.fromIds(id, [...subnets]);
  return new KafkaNetwork(scope, 'Network', {
    availabilityZones: [...model.racks],
    endpoints: [...endpoints],
    ...(cidr === undefined ? {} : { cidr }),
  });
}
