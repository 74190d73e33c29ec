import { mskInstanceType } from '../../core/capacity';
import type { EnvironmentModel } from '../../core/model';
import { GIB, sizeBytes } from '../../core/units';
import type { RenderedBrokers } from './rendered-brokers';

/** The brokers of an environment on provisioned Amazon MSK. */
export function environmentBrokers(model: EnvironmentModel): RenderedBrokers {
  const settings = model.spec.targets?.msk ?? {};
  const pool = model.pools.find(({ roles }) => roles.includes('broker'));
  const brokerType = settings.brokerType ?? 'standard';
  const volume = pool?.volumeBytes[0];
  const autoscaling = settings.storageAutoscaling;
  return {
    brokerType,
    instanceType: mskInstanceType(brokerType, settings.instanceType),
    count: model.brokerCount,
    ...(volume === undefined ? {} : { volumeGiB: Math.ceil(volume / GIB) }),
    ...(autoscaling === undefined
      ? {}
      : {
          autoscaling: {
            maxGiB: Math.ceil(sizeBytes(autoscaling.max) / GIB),
            targetPercent: Math.round((autoscaling.targetUtilization ?? 0.6) * 100),
          },
        }),
  };
}
