import type { PropertyProblem } from '../../../aws/private/construct-failure';
import { workersOf } from '../../../core/rules/msk-watched';
import { groupNameProblem, logNamespace, type MskWatched } from '../../../core/signals';
import { MIB } from '../../../core/units';
import type { AboutCluster } from '../../private/about-cluster';
import type { MskAlarmsProps } from '../msk-alarms-props';

/** What alarms of a cluster are worked out from. */
export function watchedCluster(props: MskAlarmsProps, about: AboutCluster): MskWatched {
  const { cluster, load, maxDiskUtilization = 0.7 } = props;
  const brokers = props.brokers?._rendered ?? about.brokers;
  const kind = about.kind ?? brokers?.brokerType ?? 'standard';
  return {
    clusterName: cluster.clusterName,
    kind,
    level: props.monitoringLevel ?? about.monitoringLevel ?? 'DEFAULT',
    ...(kind === 'serverless' || brokers === undefined ? {} : { brokers }),
    authentications: cluster.clientAuthentications,
    shareLeft: shareLeft(brokers?.count, props.brokersLost ?? ofOneZone(brokers?.count, about.zoneCount)),
    maxDiskUtilization,
    ...(load === undefined
      ? {}
      : {
          load: {
            inBytesPerSecond: load.ingressMiBps * MIB,
            outBytesPerSecond: (load.egressMiBps ?? 0) * MIB,
            ...(load.retained === undefined ? {} : { keptBytes: load.retained.toBytes() }),
          },
        }),
    lag: Object.fromEntries(
      Object.entries(props.lag ?? {}).map(([group, { maxTimeLag, maxOffsetLag }]) => [
        group,
        {
          ...(maxTimeLag === undefined ? {} : { seconds: maxTimeLag.toSeconds() }),
          ...(maxOffsetLag === undefined ? {} : { records: maxOffsetLag }),
        },
      ]),
    ),
    connectors: (props.connectors ?? []).map(({ connectorName, _capacity }) => ({
      name: connectorName,
      workers: workersOf(_capacity),
    })),
    replicators: (props.replicators ?? []).map(({ replicatorName, _maxLagSeconds }) => ({
      name: replicatorName,
      seconds: _maxLagSeconds,
    })),
    ...(about.brokerLogGroupName === undefined ? {} : { logNamespace: logNamespace(cluster.clusterName) }),
  };
}

function ofOneZone(count = 0, zones = 3): number {
  return Math.ceil(count / zones);
}

function shareLeft(count: number | undefined, lost: number): number {
  return count === undefined || count <= lost ? 1 : (count - lost) / count;
}

/** Properties that cannot be. */
export function watchedProblems(props: MskAlarmsProps, about: AboutCluster): PropertyProblem[] {
  const problems: PropertyProblem[] = [];
  const { maxDiskUtilization, brokersLost, load } = props;
  if (about.kind === undefined && props.brokers === undefined) {
    problems.push({
      property: 'brokers',
      message: `what the brokers of the cluster are is not known, got an imported one, ${props.cluster.node.path}; brokers is needed then.`,
      hint: 'Give the brokers that it has: alarms on metrics of another kind would be silent for ever.',
    });
  }
  const count = props.brokers?._rendered.count ?? about.brokers?.count;
  if (brokersLost !== undefined && !(brokersLost >= 0 && brokersLost < (count ?? Infinity))) {
    problems.push({
      property: 'brokersLost',
      message: `not a number of brokers that may go, got ${brokersLost}; 0 to ${count === undefined ? 'fewer than there are' : count - 1} is allowed.`,
      hint: 'Leave it out for those of a zone.',
    });
  }
  if (maxDiskUtilization !== undefined && !(maxDiskUtilization > 0 && maxDiskUtilization <= 1)) {
    problems.push({
      property: 'maxDiskUtilization',
      message: `not a share, got ${maxDiskUtilization}; above 0 and up to 1 is allowed.`,
      hint: 'Write 0.7 for 70%.',
    });
  }
  if (load !== undefined && !(load.ingressMiBps > 0)) {
    problems.push({
      property: 'load.ingressMiBps',
      message: `not a rate, got ${load.ingressMiBps}; above 0 is allowed.`,
      hint: 'Leave load out where it is not known.',
    });
  }
  for (const [group, { maxTimeLag, maxOffsetLag }] of Object.entries(props.lag ?? {})) {
    const name = groupNameProblem(group);
    if (name !== undefined) problems.push({ property: `lag.${group}`, ...name });
    if (maxTimeLag === undefined && maxOffsetLag === undefined) {
      problems.push({
        property: `lag.${group}`,
        message: 'the promise says nothing, got neither maxTimeLag nor maxOffsetLag; at least one is needed.',
        hint: 'Add maxTimeLag: Duration.minutes(5), for example.',
      });
    }
  }
  return problems;
}
