import { MSK_QUOTAS, supportEnded, VERSIONS_READ_ON } from '../msk';
import { overridePath, plural } from './hint';
import { mskRefusals, subjectPath } from './msk-facts';
import { MSK_TOPIC_RULES } from './msk-topics';
import type { Report, Rule } from './rule';
import type { EnvironmentModel } from '../model';

const { max: MAX_VOLUME_GIB } = MSK_QUOTAS.volumeGiB;

/** A rule that the catalogue of the service decides: `core/msk` says what is refused, here is where it was written. */
function refused({ code, what, why, source }: Pick<Rule, 'code' | 'what' | 'why' | 'source'>): Rule {
  return { code, level: 'error', what, why, source, check: (model, report) => reportRefusals(code, model, report) };
}

/** Reports what the service would refuse under a code. */
export function reportRefusals(code: string, model: EnvironmentModel, report: Report): void {
  if (model.brokerCount === 0 && model.target === 'msk') return; // what is missing is said elsewhere
  for (const refusal of mskRefusals(model)) {
    if (refusal.code !== code) continue;
    report({ path: subjectPath(model, refusal.subject), message: refusal.message, hint: refusal.hint });
  }
}

/** Amazon MSK: brokers, volumes and what the service fixes. */
export const MSK_RULES: readonly Rule[] = [
  {
    code: 'MSK-POOLS',
    level: 'error',
    what: 'Amazon MSK has one pool of brokers.',
    why: 'All brokers of a cluster have one size.',
    source: 'AWS::MSK::Cluster, BrokerNodeGroupInfo',
    check(model, report) {
      const brokers = model.pools.filter(({ roles }) => roles.includes('broker'));
      if (model.managedBy !== 'service' || brokers.length < 2) return;
      report({
        path: ['nodePools', brokers[1]!.name],
        message: `all brokers of a cluster are alike on ${model.target}, got ${plural(brokers.length, 'pool')}; one is allowed.`,
        hint: `Merge the pools, or write ${overridePath(model, ['nodePools', brokers[1]!.name])}: null.`,
      });
    },
  },
  refused({
    code: 'MSK-REGION',
    what: 'MSK Serverless is used in a region that has it.',
    why: 'CloudFormation does not know the resource there.',
    source: 'AWS::MSK::ServerlessCluster, regions, read 2026-11-22',
  }),
  refused({
    code: 'MSK-CERTIFICATE-AUTHORITIES',
    what: 'A listener with mtls on Amazon MSK has authorities that vouch for its clients, and only such a listener has them.',
    why: 'The service knows a client certificate only by an authority of AWS Private CA.',
    source: 'AWS::MSK::Cluster, ClientAuthentication.Tls.CertificateAuthorityArnList',
  }),
  refused({
    code: 'MSK-BROKERS',
    what: `The number of brokers is a multiple of the number of zones, at most ${MSK_QUOTAS.brokersPerCluster}.`,
    why: 'The service puts the same number of brokers into every zone and refuses any other number.',
    source: 'Amazon MSK developer guide, Quota: 60 brokers in KRaft mode',
  }),
  {
    code: 'MSK-VOLUMES',
    level: 'error',
    what: `Each Standard broker has one volume of 1 to ${MAX_VOLUME_GIB} whole GiB, Express brokers have none.`,
    why: 'The service attaches one volume to a Standard broker; the storage of Express brokers is shared and grows by itself.',
    source: 'Amazon MSK developer guide, Quota; Express brokers',
    check(model, report) {
      if (model.managedBy !== 'service') return;
      const pool = model.pools.find(({ roles }) => roles.includes('broker'));
      const count = pool?.volumeBytes.length ?? 0;
      if (pool === undefined || count < (model.target === 'msk' ? 2 : 1)) {
        reportRefusals('MSK-VOLUMES', model, report);
        return;
      }
      const path = ['nodePools', pool.name, 'volumes'];
      const sizes = model.target === 'msk' && model.spec.targets?.msk?.brokerType !== 'express';
      report({
        path,
        message: sizes
          ? `a broker has one volume, got ${count}; one is needed.`
          : `the service sizes its own storage, got ${plural(count, 'volume')}; none is allowed.`,
        hint: sizes ? 'Add up their sizes.' : `Remove it, or write ${overridePath(model, path)}: null.`,
      });
    },
  },
  refused({
    code: 'MSK-INSTANCE-TYPE',
    what: 'The instance type is one of the broker type that the kit knows.',
    why: 'Standard brokers have types that begin with kafka., Express brokers with express.; kafka.t3.small does not run KRaft.',
    source: 'Amazon MSK developer guide, Broker sizes, read 2026-11-22',
  }),
  refused({
    code: 'MSK-STORAGE-AUTOSCALING',
    what: `Volumes of Standard brokers grow up to a size above the one they begin with, at most ${MAX_VOLUME_GIB} GiB.`,
    why: 'A volume never shrinks, and the storage of Express brokers grows by itself.',
    source: 'Amazon MSK developer guide, Automatic scaling',
  }),
  refused({
    code: 'MSK-THROUGHPUT',
    what: 'Throughput is provisioned for large Standard brokers with volumes of 10 GiB or more, from 250 MiB/s to the ceiling of their size.',
    why: 'The service refuses it on others.',
    source: 'Amazon MSK developer guide, Manage storage throughput, read 2026-11-26',
  }),
  refused({
    code: 'MSK-TIERED-STORAGE',
    what: 'Tiered storage is for Standard brokers other than kafka.t3.small.',
    why: 'The service refuses the storage mode on others.',
    source: 'Amazon MSK developer guide, Tiered storage requirements, read 2026-11-22',
  }),
  refused({
    code: 'MSK-REBALANCING',
    what: 'Rebalancing is stated for Express brokers only.',
    why: 'Standard brokers do not rebalance by themselves.',
    source: 'Amazon MSK developer guide, Intelligent rebalancing, read 2026-11-22',
  }),
  refused({
    code: 'MSK-LOGS',
    what: 'Logs go to a destination that can be: days that CloudWatch has, names that S3 and Firehose have.',
    why: 'The service refuses the cluster, or CloudWatch the log group.',
    source: 'Amazon CloudWatch Logs API, PutRetentionPolicy; Amazon S3 user guide; Amazon Data Firehose API',
  }),
  {
    code: 'MSK-END-OF-SUPPORT',
    level: 'warning',
    what: `The version is one whose support had not ended on ${VERSIONS_READ_ON}.`,
    why: 'Past the end of support the service upgrades clusters by itself, without notice.',
    source: `Amazon MSK developer guide, Version support, read ${VERSIONS_READ_ON}`,
    check(model, report) {
      const end = supportEnded(model.kafka.version);
      if (model.target !== 'msk' || end === undefined) return;
      report({
        path: ['kafka', 'version'],
        message: `support of the version ended on ${end}, got ${model.kafka.version}; versions with support are safer.`,
        hint: 'Plan the upgrade before the service makes it.',
      });
    },
  },
  ...MSK_TOPIC_RULES,
];
