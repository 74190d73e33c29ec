import { type k8s } from 'cdk8s-plus-27';
import { rackSource, type EnvironmentModel } from '../../lib/core/model';
import { durationMs } from '../../lib/core/units';
import { roleLabels, selectorLabels } from './labels';
import type { NodeSet } from './node-set';

const ZONE = 'topology.kubernetes.io/zone';
const HOST = 'kubernetes.io/hostname';

type PodsSpec = NonNullable<
  NonNullable<NonNullable<EnvironmentModel['spec']['targets']>['kubernetes']>['pods']
>[string];
type Placement = Pick<k8s.PodSpec, 'nodeSelector' | 'tolerations' | 'priorityClassName' | 'topologySpreadConstraints'>;

/** What the environment says of the pods of a pool. */
export function podsOf({ spec }: EnvironmentModel, { pool }: NodeSet): PodsSpec {
  return spec.targets!.kubernetes!.pods?.[pool.name] ?? {};
}

/** Where the pods of a StatefulSet run. */
export function placement(model: EnvironmentModel, set: NodeSet): Placement {
  const pods = podsOf(model, set);
  const nodeSelector = { ...pods.nodeSelector, ...(set.zone === undefined ? {} : { [ZONE]: set.zone }) };
  const tolerations = tolerationsOf(pods);
  const constraints = spread(model, set);
  return {
    ...(Object.keys(nodeSelector).length === 0 ? {} : { nodeSelector }),
    ...(tolerations.length === 0 ? {} : { tolerations }),
    ...(pods.priorityClass === undefined ? {} : { priorityClassName: pods.priorityClass }),
    ...(constraints.length === 0 ? {} : { topologySpreadConstraints: constraints }),
  };
}

function tolerationsOf({ tolerations = [], evictAfter }: PodsSpec): k8s.Toleration[] {
  const unreachable = evictAfter === undefined ? [] : ['not-ready', 'unreachable'];
  return [
    ...tolerations.map(({ key, value, effect }) => ({
      ...(key === undefined ? {} : { key }),
      operator: key === undefined || value === undefined ? 'Exists' : 'Equal',
      ...(value === undefined ? {} : { value }),
      ...(effect === undefined ? {} : { effect }),
    })),
    ...unreachable.map((taint) => ({
      key: `node.kubernetes.io/${taint}`,
      operator: 'Exists',
      effect: 'NoExecute',
      tolerationSeconds: Math.ceil(durationMs(evictAfter!) / 1000),
    })),
  ];
}

/** Over zones where the environment has racks that pods bring along; over hosts always. One node alone needs no room between. */
function spread(model: EnvironmentModel, set: NodeSet): k8s.TopologySpreadConstraint[] {
  const { pool, zone } = set;
  const { hosts = 'spread', zones = 'spread' } = podsOf(model, set);
  const peers = model.nodes.filter(
    ({ roles, rack }) => pool.roles.every((role) => roles.includes(role)) && (zone === undefined || rack === zone),
  ).length;
  if (peers === 1 && model.nodes.length === 1) return [];
  const over = (topologyKey: string, how: string, minDomains?: number): k8s.TopologySpreadConstraint => ({
    topologyKey,
    maxSkew: 1,
    ...(minDomains === undefined || how === 'preferred' ? {} : { minDomains }),
    whenUnsatisfiable: how === 'preferred' ? 'ScheduleAnyway' : 'DoNotSchedule',
    // A machine that is drained or lost is no place that has to be filled first.
    nodeTaintsPolicy: 'Honor',
    labelSelector: { matchLabels: { ...selectorLabels(model, 'kafka'), ...roleLabels(pool) } },
  });
  const racks = model.racks.length;
  const overZones = zone === undefined && (racks > 1 || (racks === 0 && rackSource(model.spec) === 'pod-zone-label'));
  return [
    // Where there are zones enough for one node each, none is doubled while others come up. Else it would hold up restarts when one is lost.
    ...(overZones ? [over(ZONE, zones, peers > 1 && peers <= racks ? peers : undefined)] : []),
    // With fewer machines than this the emptiest counts as empty, so that none takes a second.
    over(HOST, hosts, hosts === 'one-each' && peers > 1 ? peers : undefined),
  ];
}
