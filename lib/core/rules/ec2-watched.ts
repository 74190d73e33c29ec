import { ec2InstanceType, nodeGroupName } from '../ec2';
import type { EnvironmentModel, NodeModel } from '../model';
import { partitionsWithoutSpare, type Ec2Watched } from '../signals';
import { watchedCluster } from './watched-cluster';

/** Sizes that may do more to their volumes for half an hour a day than for hours (Amazon EC2 user guide, EBS-optimized instances, read 2026-11-27). */
const BURSTING = /\.(medium|large|xlarge|2xlarge|4xlarge)$/;

/** What is only known while deploying. */
export interface Ec2Places {
  readonly volumeIds: (node: NodeModel) => readonly string[];
}

/** What alarms of a cluster on EC2 are worked out from. */
export function ec2Watched(model: EnvironmentModel, places?: Ec2Places): Ec2Watched {
  const withoutSpare = partitionsWithoutSpare(model);
  return {
    ...watchedCluster(model),
    ...(withoutSpare === undefined ? {} : { partitionsWithoutSpare: withoutSpare }),
    controllers: model.nodes.filter(({ roles }) => roles.includes('controller')).length,
    brokers: model.brokerCount,
    nodes: model.nodes.map((node) => ({
      name: node.name,
      isBroker: node.roles.includes('broker'),
      groupName: nodeGroupName(model, node),
      bursts: BURSTING.test(ec2InstanceType(model.spec, node.pool.name)),
      volumeIds:
        places?.volumeIds(node) ?? node.pool.volumeBytes.map((_, index) => `volume ${index + 1} of ${node.name}`),
    })),
    published: model.metrics.enabled,
  };
}
