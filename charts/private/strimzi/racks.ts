import { rackSource, type EnvironmentModel } from '../../../lib/core/model';
import { strimziRelease } from '../../../lib/core/strimzi';

/** Of the container of a broker: which rack it is in. */
export const RACK_VARIABLE = 'KDK_RACK';

/** Pools of one zone say their rack by themselves, which needs no right to read nodes. */
export function racksFromVariable(model: EnvironmentModel): boolean {
  const release = strimziRelease(model.spec.targets!.kubernetes!.strimzi?.version, model.kafka.patch);
  return rackSource(model.spec) === 'statefulset-per-zone' && model.racks.length > 0 && release!.rackFromVariable;
}

/** `spec.kafka.rack`; undefined where brokers are in no rack. */
export function rack(model: EnvironmentModel): unknown {
  if (racksFromVariable(model)) return { type: 'environment-variable', envVarName: RACK_VARIABLE };
  if (model.racks.length === 0 && rackSource(model.spec) !== 'pod-zone-label') return undefined;
  return { topologyKey: 'topology.kubernetes.io/zone' };
}
