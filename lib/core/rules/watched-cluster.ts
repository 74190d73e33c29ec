import { brokersLeft, keptBytes } from '../capacity';
import type { EnvironmentModel } from '../model';
import type { DeclaredLoad, LagLimit, WatchedCluster } from '../signals';
import { durationMs } from '../units';

/** What alarms of an environment are worked out from, whatever it runs on. */
export function watchedCluster(model: EnvironmentModel): WatchedCluster {
  const load = declaredLoad(model);
  return {
    clusterName: model.name,
    shareLeft: shareLeft(model),
    maxDiskUtilization: model.capacity.maxDiskUtilization,
    ...(load === undefined ? {} : { load }),
    lag: lagLimits(model),
  };
}

/** What topics say that they carry. */
function declaredLoad(model: EnvironmentModel): DeclaredLoad | undefined {
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
function lagLimits(model: EnvironmentModel): Record<string, LagLimit> {
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
function shareLeft(model: EnvironmentModel): number {
  const left = brokersLeft(model);
  return left < 1 || model.brokerCount === 0 ? 1 : left / model.brokerCount;
}
