import { CfnScalableTarget, CfnScalingPolicy } from 'aws-cdk-lib/aws-applicationautoscaling';
import { Construct } from 'constructs';
import type { MskBrokerFacts } from '../../core/msk';

/**
 * Volumes that grow by themselves. A size in the template is only sent when it changes there, so a deploy does not undo what autoscaling
 * did; but the size can then no longer be raised through the template below what the volumes have reached.
 */
export class BrokerStorageAutoscaling extends Construct {
  public constructor(
    scope: Construct,
    id: string,
    props: { readonly clusterArn: string; readonly autoscaling: NonNullable<MskBrokerFacts['autoscaling']> },
  ) {
    super(scope, id);
    const dimension = {
      serviceNamespace: 'kafka',
      scalableDimension: 'kafka:broker-storage:VolumeSize',
      resourceId: props.clusterArn,
    };
    const target = new CfnScalableTarget(this, 'Target', {
      ...dimension,
      minCapacity: 1,
      maxCapacity: props.autoscaling.maxGiB,
    });
    new CfnScalingPolicy(this, 'Policy', {
      policyName: 'broker-storage',
      policyType: 'TargetTrackingScaling',
      scalingTargetId: target.ref,
      targetTrackingScalingPolicyConfiguration: {
        predefinedMetricSpecification: { predefinedMetricType: 'KafkaBrokerStorageUtilization' },
        targetValue: props.autoscaling.targetPercent,
        disableScaleIn: true,
      },
    });
  }
}
