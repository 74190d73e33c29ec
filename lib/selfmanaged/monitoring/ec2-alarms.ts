import type { Construct } from 'constructs';
import type { KafkaAlarmOptions } from '../../aws/alarms';
import { ClusterAlarms } from '../../aws/alarms/private/cluster-alarms';
import { refuse } from '../../aws/private/construct-failure';
import { ec2Alarms, type Ec2Watched } from '../../core/signals';
import { Ec2KafkaClusterBase } from '../ec2-kafka-cluster-base';
import type { IEc2KafkaCluster } from '../ec2-kafka-cluster-interface';

/** Properties of the alarms of a cluster on EC2. */
export interface Ec2AlarmsProps extends KafkaAlarmOptions {
  /** The cluster, which this app makes. */
  readonly cluster: IEc2KafkaCluster;
}

/**
 * Alarms of a cluster on EC2, with thresholds that are worked out from what it is to be: of Kafka itself by the metrics that the function of
 * the cluster publishes, of instances and volumes by those of AWS; and pages that tell of them once.
 *
 * @example
 * new Ec2Alarms(stack, 'Alarms', { cluster, critical: oncall.topic });
 */
export class Ec2Alarms extends ClusterAlarms {
  /** @internal */
  public readonly _watched: Ec2Watched;

  public constructor(scope: Construct, id: string, props: Ec2AlarmsProps) {
    let watched: Ec2Watched;
    super(scope, id, props, (construct, settings) => {
      const cluster = madeHere(construct, props.cluster);
      watched = cluster._watched();
      return {
        clusterName: cluster.clusterName,
        ...ec2Alarms(watched, settings),
        after: cluster._watch === undefined ? [] : [cluster._watch.schedule],
      };
    });
    this._watched = watched!;
  }
}

function madeHere(scope: Construct, cluster: IEc2KafkaCluster): Ec2KafkaClusterBase {
  if (!(cluster instanceof Ec2KafkaClusterBase)) {
    refuse(scope, 'ALARMS-REFUSED', [
      {
        property: 'cluster',
        message:
          'nothing is known of its nodes, got a cluster that this app does not make; Ec2KafkaCluster or that of an Ec2Environment is needed.',
        hint: 'Make the alarms in the stack of the cluster.',
      },
    ]);
  }
  return cluster as Ec2KafkaClusterBase;
}
