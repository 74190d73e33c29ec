import { brokersLeft, keptBytes } from '../capacity';
import type { EnvironmentModel } from '../model';
import { declaredReplicators, mskConnectModel, type ConnectorCapacity } from '../msk-connect';
import { logNamespace, type DeclaredLoad, type LagLimit, type MskKind, type MskWatched } from '../signals';
import { durationMs } from '../units';
import { mskBrokerFacts, mskLogFacts } from './msk-facts';

/** What alarms of an environment on Amazon MSK are worked out from. */
export function mskWatched(model: EnvironmentModel): MskWatched {
  const settings = model.spec.targets?.msk ?? {};
  const kind: MskKind = model.target === 'msk-serverless' ? 'serverless' : (settings.brokerType ?? 'standard');
  const load = declaredLoad(model);
  const logs = mskLogFacts(settings.brokerLogs);
  const inCloudWatch = kind !== 'serverless' && (logs === undefined || logs.cloudWatch !== undefined);
  return {
    clusterName: model.name,
    kind,
    level: kind === 'serverless' ? 'DEFAULT' : (settings.monitoringLevel ?? 'PER_BROKER'),
    ...(kind === 'serverless' ? {} : { brokers: mskBrokerFacts(model) }),
    authentications: model.listeners.map(({ authentication }) => authentication),
    shareLeft: shareLeft(model),
    maxDiskUtilization: model.capacity.maxDiskUtilization,
    ...(load === undefined ? {} : { load }),
    lag: lagLimits(model),
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

/** What topics say that they carry. */
export function declaredLoad(model: EnvironmentModel): DeclaredLoad | undefined {
  const loaded = model.topics.flatMap((topic) => (topic.load === undefined ? [] : [{ topic, load: topic.load }]));
  if (loaded.length === 0) return undefined;
  const kept = model.topics.map((topic) => (topic.load === undefined ? undefined : keptBytes(model, topic)));
  const all = kept.reduce<number | undefined>(
    (sum, bytes) => (sum === undefined || bytes === undefined ? undefined : sum + bytes),
    0,
  );
  return {
    inBytesPerSecond: loaded.reduce((sum, { load }) => sum + load.produceBytesPerSecond, 0),
    outBytesPerSecond: loaded.reduce((sum, { load }) => sum + load.produceBytesPerSecond * load.consumerGroups, 0),
    ...(all === undefined || all === 0 ? {} : { keptBytes: all }),
  };
}

/** Promises of consumer groups. */
export function lagLimits(model: EnvironmentModel): Record<string, LagLimit> {
  return Object.fromEntries(
    Object.entries(model.spec.monitoring?.lag ?? {}).map(([group, { maxTimeLag, maxOffsetLag }]) => [
      group,
      {
        ...(maxTimeLag === undefined ? {} : { seconds: durationMs(maxTimeLag) / 1000 }),
        ...(maxOffsetLag === undefined ? {} : { records: maxOffsetLag }),
      },
    ]),
  );
}

/** Share of the brokers after the loss that is to be survived. A cluster that cannot survive it is told so elsewhere. */
export function shareLeft(model: EnvironmentModel): number {
  const left = brokersLeft(model);
  return left < 1 || model.brokerCount === 0 ? 1 : left / model.brokerCount;
}
