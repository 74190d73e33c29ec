import { mskInstanceType } from '../capacity';
import type { Path } from '../issue';
import type { EnvironmentModel } from '../model';
import { missingIn, regionsWithout } from '../msk';
import {
  MAX_REPLICATOR_PATTERNS,
  MAX_REPLICATORS,
  replicatorMirrors,
  replicatorRegex,
  replicatorSources,
} from '../msk-connect';
import { didYouMean, oneOf, overridePath, plural } from './hint';
import type { Rule } from './rule';

const GUIDE = 'Amazon MSK developer guide, MSK Replicator';
const CONFIGURATIONS = `${GUIDE}, Supported configurations; read 2026-11-26`;
/** Of the regular expression that a name becomes. */
const MAX_LENGTH = { topics: 249, groups: 256 } as const;

/** What only workers of MirrorMaker can be told. */
const OF_WORKERS = ['deliveryGuarantee', 'config', 'state', 'deleted'] as const;
const OF_LOG_IN = [
  'principal',
  'listener',
  'authentication',
  'encryption',
  'username',
  'secret',
  'authority',
  'rack',
] as const;

/** What MSK Replicator, which runs the mirrors on Amazon MSK, has to be told and cannot do. */
export const MSK_REPLICATOR_RULES: readonly Rule[] = [
  {
    code: 'MSK-REPLICATOR-SOURCES',
    level: 'error',
    what: 'Each mirror on Amazon MSK has its source under targets.msk.replicator.sources, and each source there its mirror.',
    why: 'MSK Replicator reads a cluster by its ARN, in its subnets; a source without a mirror would copy nothing.',
    source: 'AWS::MSK::Replicator, KafkaClusters',
    check(model, report) {
      const names = Object.keys(replicatorMirrors(model));
      const sources = replicatorSources(model);
      for (const name of names) {
        if (sources[name] !== undefined) continue;
        report({
          path: ['mirrors', name],
          message: `the cluster that it copies from is not known, got no ${text(model, name)}; one is needed.`,
          hint: `Write ${text(model, name)}: { clusterArn: ARN, subnets: [SUBNET, SUBNET], securityGroups: [GROUP] }, with what its stack puts out.`,
        });
      }
      for (const name of Object.keys(sources)) {
        if (names.includes(name)) continue;
        report({
          path: at(model, name),
          message: `there is no mirror of this name, got ${name}; ${oneOf(names)}.`,
          hint: didYouMean(name, names, 'Declare it under mirrors, or remove it here.'),
        });
      }
    },
  },
  {
    code: 'MSK-REPLICATOR-BOOTSTRAP',
    level: 'error',
    what: 'A mirror on Amazon MSK copies from another cluster of Amazon MSK, not from bootstrap servers.',
    why: 'MSK Replicator takes clusters of Amazon MSK by their ARN; from others it copies to Express brokers only, with a log-in by password, which the kit does not do.',
    source: CONFIGURATIONS,
    check(model, report) {
      for (const [name, { source }] of Object.entries(replicatorMirrors(model))) {
        if (source.bootstrapServers === undefined) continue;
        report({
          path: ['mirrors', name, 'source', 'bootstrapServers'],
          message: `the kit does not let MSK Replicator copy from there, got ${source.bootstrapServers}; the name of a cluster of Amazon MSK is allowed.`,
          hint: `Write environment: NAME, with its ARN under ${text(model, name)}; copy from other clusters by MirrorMaker on workers of your own.`,
        });
      }
    },
  },
  {
    code: 'MSK-REPLICATOR-CLUSTER',
    level: 'error',
    what: 'The ARN of a source is that of the cluster that the mirror names, in the account of the environment, and not the cluster itself.',
    why: 'MSK Replicator copies inside one account; another cluster than the one that was meant would be copied without a word.',
    source: CONFIGURATIONS,
    check(model, report) {
      const { account, region } = model.spec.aws ?? {};
      for (const [name, { source, cluster }] of wholeMirrors(model)) {
        const path = [...at(model, name), 'clusterArn'];
        if (account !== undefined && cluster.account !== account)
          report({
            path,
            message: `the cluster is of another account, got ${cluster.account}; one of ${account} is allowed.`,
            hint: 'Name a cluster of this account; between accounts use MirrorMaker on workers of your own.',
          });
        else if (cluster.name === model.name && cluster.region === region)
          report({
            path,
            message: `the mirror copies the cluster onto itself, got ${cluster.name} in ${cluster.region}; another cluster is allowed.`,
            hint: 'Give the ARN of the cluster that the records come from.',
          });
        else if (source.environment !== undefined && cluster.name !== source.environment)
          report({
            path,
            message: `the ARN is of another cluster than the mirror names, got ${cluster.name}; that of ${source.environment} is allowed.`,
            hint: 'Correct the one or the other.',
          });
      }
    },
  },
  {
    code: 'MSK-REPLICATOR-GROUPS',
    level: 'error',
    what: 'A source in the region of the environment has security groups.',
    why: 'The replicator connects from the VPC of the source, and its brokers let in only whom they know. Across regions it comes through connections that the service manages.',
    source: `${GUIDE}, Network requirements; read 2026-11-26`,
    check(model, report) {
      const region = model.spec.aws?.region;
      for (const [name, { cluster }] of wholeMirrors(model)) {
        if (cluster.region !== region || replicatorSources(model)[name]?.securityGroups !== undefined) continue;
        report({
          path: at(model, name),
          message: 'the brokers of the source would let nobody in, got no securityGroups; one at least is needed.',
          hint: 'Add securityGroups: [GROUP], a group of its VPC that its brokers let in on port 9098.',
        });
      }
    },
  },
  {
    code: 'MSK-REPLICATOR-REGION',
    level: 'error',
    what: 'MSK Replicator is there in the regions of both clusters.',
    why: 'The service is not in AWS GovCloud.',
    source: `${GUIDE}, MSK Replicator quotas`,
    check(model, report) {
      const region = model.spec.aws?.region ?? '';
      const without = (found: string): string =>
        `MSK Replicator is not there in the region, got ${found}; all but ${regionsWithout('replicator').join(', ')} are allowed.`;
      const hint = 'Use MirrorMaker on workers of your own.';
      if (Object.keys(replicatorMirrors(model)).length > 0 && missingIn(region, 'replicator'))
        report({ path: ['aws', 'region'], message: without(region), hint });
      for (const [name, { cluster }] of wholeMirrors(model))
        if (cluster.region !== region && missingIn(cluster.region, 'replicator'))
          report({ path: [...at(model, name), 'clusterArn'], message: without(cluster.region), hint });
    },
  },
  {
    code: 'MSK-REPLICATOR-IAM',
    level: 'error',
    what: 'A cluster that mirrors write to has a listener with iam.',
    why: 'MSK Replicator logs in with IAM and with nothing else.',
    source: CONFIGURATIONS,
    check(model, report) {
      const authentications = model.listeners.map(({ authentication }) => authentication);
      const names = Object.keys(replicatorMirrors(model));
      if (names.length === 0 || authentications.includes('iam')) return;
      report({
        path: ['mirrors'],
        message: `MSK Replicator cannot log in on any listener, got ${authentications.join(', ') || 'none'}; iam is needed.`,
        hint: 'Add a listener with authentication iam.',
      });
    },
  },
  {
    code: 'MSK-REPLICATOR-BROKERS',
    level: 'error',
    what: 'A cluster that mirrors write to has three brokers, in two zones four, and none of them is kafka.t3.small.',
    why: 'The service refuses the replicator, after the cluster was made.',
    source: CONFIGURATIONS,
    check(model, report) {
      if (model.target !== 'msk' || Object.keys(replicatorMirrors(model)).length === 0) return;
      const { brokerType, instanceType } = model.spec.targets?.msk ?? {};
      const size = mskInstanceType(brokerType, instanceType);
      if (size === 'kafka.t3.small')
        report({
          path: ['targets', 'msk', 'instanceType'],
          message: `MSK Replicator does not write to brokers of this size, got ${size}; larger ones are allowed.`,
          hint: 'Use kafka.m7g.large.',
        });
      const least = model.racks.length === 2 ? 4 : 3;
      if (model.brokerCount < least)
        report({
          path: ['mirrors'],
          message: `too few brokers for MSK Replicator, got ${plural(model.brokerCount, 'broker')} in ${plural(model.racks.length, 'zone')}; at least ${least} are needed.`,
          hint: 'Add brokers.',
        });
    },
  },
  {
    code: 'MSK-REPLICATOR-TASKS',
    level: 'error',
    what: 'Mirrors on Amazon MSK have no number of tasks.',
    why: 'MSK Replicator scales by itself; the number would be ignored.',
    source: GUIDE,
    check(model, report) {
      for (const [name, { tasksMax }] of Object.entries(replicatorMirrors(model))) {
        if (tasksMax === undefined) continue;
        const path = ['mirrors', name, 'tasksMax'];
        report({
          path,
          message: `MSK Replicator has no tasks, got tasksMax ${tasksMax}; nothing is allowed here.`,
          hint: `Remove it, or write ${overridePath(model, path)}: null.`,
        });
      }
    },
  },
  {
    code: 'MSK-REPLICATOR-WORKERS',
    level: 'error',
    what: 'Mirrors on Amazon MSK have no settings of workers, nor of how these log in at the source.',
    why: 'MSK Replicator has no workers, reads its source with IAM and by its ARN, and copies each record at least once: they would be ignored.',
    source: `${GUIDE}; read 2026-11-26`,
    check(model, report) {
      for (const [name, { source, ...mirror }] of Object.entries(replicatorMirrors(model))) {
        const found = [
          ...OF_WORKERS.filter((key) => mirror[key] !== undefined).map((key) => [key]),
          ...OF_LOG_IN.filter((key) => source[key] !== undefined).map((key) => ['source', key]),
        ];
        for (const keys of found) {
          const path = ['mirrors', name, ...keys];
          report({
            path,
            message: `MSK Replicator cannot be told this, got ${keys.at(-1)}; nothing is allowed here.`,
            hint: `Remove it, or write ${overridePath(model, path)}: null.`,
          });
        }
      }
    },
  },
  {
    code: 'MSK-REPLICATOR-COUNT',
    level: 'error',
    what: `There are at most ${MAX_REPLICATORS} mirrors on Amazon MSK.`,
    why: 'An account has no more replicators in a region; the deployment would fail at the next one.',
    source: `${GUIDE}, MSK Replicator quotas; read 2026-11-26`,
    check(model, report) {
      const { length } = Object.keys(replicatorMirrors(model));
      if (length <= MAX_REPLICATORS) return;
      report({
        path: ['mirrors'],
        message: `too many replicators for an account, got ${length}; at most ${MAX_REPLICATORS} are allowed.`,
        hint: 'Put what comes from one cluster into one mirror.',
      });
    },
  },
  {
    code: 'MSK-REPLICATOR-PATTERN',
    level: 'error',
    what: `Mirrors on Amazon MSK name at most ${MAX_REPLICATOR_PATTERNS} topics and groups each, by name or by prefix; * stands at the end alone.`,
    why: 'The kit escapes what stands before it: a regular expression would match nothing.',
    source: 'AWS::MSK::Replicator, TopicReplication and ConsumerGroupReplication',
    check(model, report) {
      for (const [name, mirror] of Object.entries(replicatorMirrors(model))) {
        for (const list of ['topics', 'groups'] as const) {
          const patterns = mirror[list] ?? [];
          const path = ['mirrors', name, list];
          if (patterns.length > MAX_REPLICATOR_PATTERNS)
            report({
              path,
              message: `too many for one replicator, got ${patterns.length}; at most ${MAX_REPLICATOR_PATTERNS} are allowed.`,
              hint: 'Use prefixes, or split the mirror.',
            });
          for (const [index, pattern] of patterns.entries()) {
            if (!(list === 'topics' ? /^[\w.-]*\*?$/ : /^[^*]*\*?$/).test(pattern))
              report({
                path: [...path, index],
                message: `neither a name nor a prefix, got ${JSON.stringify(pattern)}; ${list === 'topics' ? 'letters, digits, dots, dashes, underscores' : 'any letters'} and one * at the end are allowed.`,
                hint: 'Write names, or prefixes such as shop.*; regular expressions are not read.',
              });
            else if (replicatorRegex(pattern).length > MAX_LENGTH[list])
              report({
                path: [...path, index],
                message: `too long for the service, got ${pattern.length} letters; at most ${MAX_LENGTH[list]} are allowed, dots counted twice.`,
                hint: 'Use a prefix.',
              });
          }
        }
      }
    },
  },
];

/** Those whose cluster is known, with what its ARN says. */
function wholeMirrors(model: EnvironmentModel) {
  const sources = replicatorSources(model);
  return Object.entries(replicatorMirrors(model)).flatMap(([name, { source }]) => {
    const [, , , region, account, resource] = sources[name]?.clusterArn.split(':') ?? [];
    if (region === undefined || account === undefined || resource === undefined) return [];
    return [[name, { source, cluster: { region, account, name: resource.split('/')[1]! } }] as const];
  });
}

/** Where the source of a mirror is written. */
function at(model: EnvironmentModel, name: string): Path {
  return ['targets', model.target, 'replicator', 'sources', name];
}

function text(model: EnvironmentModel, name: string): string {
  return at(model, name).join('.');
}
