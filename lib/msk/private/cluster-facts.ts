import { KAFKA_RELEASES, type KafkaRelease } from '../../core/versions';
import type { PropertyProblem } from '../../aws/private/construct-failure';
import type { RenderedBrokers } from './rendered-brokers';

/** What decides whether Amazon MSK would make the cluster. */
export interface ClusterFacts {
  readonly clusterName: string;
  readonly release: KafkaRelease;
  readonly brokers: RenderedBrokers;
  readonly subnetCount: number;
  readonly authentications: readonly string[];
  readonly certificateAuthorityArns: readonly string[];
}

/** The service's own name for the version, or undefined where it does not offer it for these brokers. */
export function mskVersion({ release, brokers }: Pick<ClusterFacts, 'release' | 'brokers'>): string | undefined {
  return brokers.brokerType === 'express' ? release.mskExpress : release.msk;
}

/** `3.9, 4.0 and 4.1`. */
function offeredVersions(brokers: RenderedBrokers): string {
  const versions = KAFKA_RELEASES.filter((release) => mskVersion({ release, brokers }) !== undefined);
  return versions
    .map(({ version }) => version)
    .join(', ')
    .replace(/, ([^,]*)$/, ' and $1');
}

/** What Amazon MSK would refuse after half an hour, said before. Limits: https://docs.aws.amazon.com/msk/latest/developerguide/limits.html */
export function clusterProblems(facts: ClusterFacts): PropertyProblem[] {
  const problems: PropertyProblem[] = [];
  const { brokers, subnetCount, release } = facts;
  const express = brokers.brokerType === 'express';
  const prefix = express ? 'express.' : 'kafka.';
  if (!/^[0-9A-Za-z][0-9A-Za-z-]{0,63}$/.test(facts.clusterName)) {
    problems.push({
      property: 'clusterName',
      message: `not a name for a cluster, got "${facts.clusterName}"; up to 64 letters, digits and dashes are allowed, beginning with a letter or digit.`,
      hint: 'Choose another name.',
    });
  }
  if (mskVersion(facts) === undefined) {
    problems.push({
      property: 'kafkaVersion',
      message: `Amazon MSK does not offer the version for ${brokers.brokerType} brokers, got ${release.version}; ${offeredVersions(brokers)} are allowed.`,
      hint: 'Choose one of them.',
    });
  }
  if (!brokers.instanceType.startsWith(prefix)) {
    problems.push({
      property: 'brokers.instanceType',
      message: `not a size of ${brokers.brokerType} brokers, got "${brokers.instanceType}"; sizes that begin with ${prefix} are allowed.`,
      hint: `Use ${prefix}m7g.large, for example.`,
    });
  }
  if (express ? subnetCount !== 3 : subnetCount !== 2 && subnetCount !== 3) {
    problems.push({
      property: 'network',
      message: `not a number of subnets that the service takes, got ${subnetCount}; ${express ? 'exactly 3' : '2 or 3'}, each in a zone of its own, are allowed.`,
      hint: 'Name one subnet for each zone.',
    });
  } else if (brokers.count < subnetCount || brokers.count % subnetCount !== 0) {
    problems.push({
      property: 'brokers.count',
      message: `the brokers cannot be spread evenly over the zones, got ${brokers.count} for ${subnetCount} zones; a multiple of ${subnetCount} is allowed.`,
      hint: `Use ${Math.max(subnetCount, Math.ceil(brokers.count / subnetCount) * subnetCount)}.`,
    });
  }
  if (brokers.count > 60) {
    problems.push({
      property: 'brokers.count',
      message: `too many brokers for a cluster with KRaft, got ${brokers.count}; at most 60 are allowed.`,
      hint: 'Use larger brokers or a second cluster.',
    });
  }
  if (!express && (brokers.volumeGiB === undefined || brokers.volumeGiB < 1 || brokers.volumeGiB > 16_384)) {
    problems.push({
      property: 'brokers.storage',
      message: `not a size for the volume of a broker, got ${brokers.volumeGiB ?? 'nothing'} GiB; 1 to 16384 GiB are allowed.`,
      hint: 'Give the storage of each broker.',
    });
  }
  if (brokers.autoscaling !== undefined && brokers.autoscaling.maxGiB <= (brokers.volumeGiB ?? 0)) {
    problems.push({
      property: 'brokers.storageAutoscaling.maxStorage',
      message: `volumes could not grow, got ${brokers.autoscaling.maxGiB} GiB for volumes of ${brokers.volumeGiB} GiB; more than they have now is allowed.`,
      hint: 'Raise it, or leave autoscaling out.',
    });
  }
  const forbidden = facts.authentications.filter((authentication) => authentication === 'oauthbearer');
  if (forbidden.length > 0) {
    problems.push({
      property: 'clientAuthentications',
      message:
        'Amazon MSK does not know the authentication, got oauthbearer; iam, scram-sha-512, mtls and none are allowed.',
      hint: 'Use iam.',
    });
  }
  if (facts.authentications.includes('mtls') && facts.certificateAuthorityArns.length === 0) {
    problems.push({
      property: 'certificateAuthorityArns',
      message:
        'client certificates have nobody to vouch for them, got none; ARNs of AWS Private CA authorities are needed with mtls.',
      hint: 'Give certificateAuthorityArns.',
    });
  }
  return problems;
}
