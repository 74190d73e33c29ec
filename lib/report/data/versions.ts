import type { EnvironmentModel } from '../../core/model';
import { offeredVersions, supportEnded, VERSIONS_READ_ON } from '../../core/msk';
import { KAFKA_RELEASES, NEWEST_KUBERNETES, OLDEST_KUBERNETES } from '../../core/versions';

export interface VersionLine {
  readonly what: string;
  readonly version: string;
  /** What is known of its support. */
  readonly support: string;
  readonly state: 'good' | 'look' | 'risk';
}

/** What runs, and whether somebody still looks after it; without a clock, by dated lists. */
export function versionLines(model: EnvironmentModel, kit: string): VersionLine[] {
  return [
    kafkaLine(model),
    ...kubernetesLines(model),
    ...pluginLines(model),
    { what: 'Kafka Deployment Kit', version: kit, support: 'wrote this page', state: 'good' },
  ];
}

function kafkaLine(model: EnvironmentModel): VersionLine {
  const { version, patch, metadataVersion } = model.kafka;
  const line = {
    what: 'Apache Kafka',
    version: model.managedBy === 'self' ? `${patch} (metadata.version ${metadataVersion})` : version,
  };
  const ended = model.managedBy === 'service' ? supportEnded(version) : undefined;
  if (ended !== undefined) {
    return { ...line, state: 'risk', support: `Amazon MSK ended its support on ${ended}; it upgrades brokers unasked` };
  }
  const offered = versionsFor(model);
  const newer = offered.slice(offered.indexOf(version) + 1);
  if (newer.length === 0) return { ...line, state: 'good', support: `the newest for this target, ${asOf(model)}` };
  // The project mends its three newest minor releases.
  const old = newer.length > 2;
  return {
    ...line,
    state: old ? 'look' : 'good',
    support: `${newer.length === 1 ? 'one is newer' : `${newer.length} are newer`}: ${newer.join(', ')}, ${asOf(model)}`,
  };
}

function versionsFor({ managedBy, spec }: EnvironmentModel): string[] {
  if (managedBy === 'service') return offeredVersions(spec.targets?.msk?.brokerType ?? 'standard');
  return KAFKA_RELEASES.filter(({ selfManaged }) => selfManaged).map(({ version }) => version);
}

function asOf({ managedBy }: EnvironmentModel): string {
  return managedBy === 'service' ? `as of ${VERSIONS_READ_ON}` : 'of those that the kit knows';
}

function kubernetesLines({ target, spec }: EnvironmentModel): VersionLine[] {
  const version = spec.targets?.kubernetes?.version;
  if (target !== 'kubernetes' || version === undefined) return [];
  return [
    {
      what: 'Kubernetes',
      version,
      support: `manifests are checked against 1.${OLDEST_KUBERNETES} to 1.${NEWEST_KUBERNETES}`,
      state: 'good',
    },
  ];
}

function pluginLines({ spec }: EnvironmentModel): VersionLine[] {
  return Object.entries(spec.connect?.plugins ?? {}).map(([name, { maven }]) => ({
    what: `Plugin ${name}`,
    version: maven.split(':').at(-1)!,
    support: maven.split(':').slice(0, 2).join(':'),
    state: 'good',
  }));
}
