import {
  rackSource,
  statefulSetName,
  type EnvironmentModel,
  type NodeModel,
  type NodePoolModel,
} from '../../lib/core/model';

/** The nodes of one StatefulSet: a pool, or the part of a pool in one zone. Their ids are consecutive: they are its ordinals. */
export interface NodeSet {
  readonly name: string;
  readonly pool: NodePoolModel;
  /** Where its pods must run; absent where the scheduler spreads them. */
  readonly zone?: string;
  /** By id. */
  readonly nodes: readonly NodeModel[];
}

export function nodeSets(model: EnvironmentModel): NodeSet[] {
  const zones = rackSource(model.spec) === 'statefulset-per-zone' && model.racks.length > 0 ? model.racks : [undefined];
  return model.pools
    .flatMap((pool) =>
      zones.map((zone): NodeSet => ({
        name: statefulSetName(model.name, pool.name, zone),
        pool,
        nodes: model.nodes.filter((node) => node.pool.name === pool.name && (zone === undefined || node.rack === zone)),
        ...(zone === undefined ? {} : { zone }),
      })),
    )
    .filter(({ nodes }) => nodes.length > 0);
}
