import type { EnvironmentModel } from '../model';
import { declaredReplicators, mskConnectModel, type ConnectorCapacity } from '../msk-connect';
import { logNamespace, type MskKind, type MskWatched } from '../signals';
import { watchedCluster } from './watched-cluster';
import { mskBrokerFacts, mskLogFacts } from './msk-facts';

/** What alarms of an environment on Amazon MSK are worked out from. */
export function mskWatched(model: EnvironmentModel): MskWatched {
  const settings = model.spec.targets?.msk ?? {};
  const kind: MskKind = model.target === 'msk-serverless' ? 'serverless' : (settings.brokerType ?? 'standard');
  const logs = mskLogFacts(settings.brokerLogs);
  const inCloudWatch = kind !== 'serverless' && (logs === undefined || logs.cloudWatch !== undefined);
  return {
    ...watchedCluster(model),
    kind,
    level: kind === 'serverless' ? 'DEFAULT' : (settings.monitoringLevel ?? 'PER_BROKER'),
    ...(kind === 'serverless' ? {} : { brokers: mskBrokerFacts(model) }),
    authentications: model.listeners.map(({ authentication }) => authentication),
    connectors: (mskConnectModel(model)?.connectors ?? []).map(({ connectorName, capacity }) => ({
      name: connectorName,
      workers: workersOf(capacity),
    })),
    replicators: declaredReplicators(model).map(({ name, maxLagSeconds }) => ({
      name: `${model.name}-${name}`,
      seconds: maxLagSeconds,
    })),
    ...(inCloudWatch ? { logNamespace: logNamespace(model.name) } : {}),
  };
}

/** Workers that are always there. */
export function workersOf(capacity: ConnectorCapacity): number {
  return capacity.kind === 'provisioned' ? capacity.workers : capacity.minWorkers;
}
