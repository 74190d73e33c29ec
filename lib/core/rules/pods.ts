import { podsElsewhere } from '../model';
import { didYouMean, oneOf } from './hint';
import { KUBERNETES_RULES } from './kubernetes';
import { KUBERNETES_CONNECT_RULES } from './kubernetes-connect';
import { KUBERNETES_IMAGE_RULES } from './kubernetes-images';
import { KUBERNETES_VERSION_RULES } from './kubernetes-versions';
import { MIRROR_POD_RULES } from './mirrors';
import { OPTION_RULES } from './options';
import type { Rule } from './rule';
import { SECRET_RULES } from './secrets';

/** Pods that run in one environment for the brokers of another. */
export const PODS_RULES: readonly Rule[] = [
  {
    code: 'PODS-UNUSED',
    level: 'error',
    what: 'A file with brokers is the one that connect.runtime of the brokers names.',
    why: 'Its pods would run beside those of the environment that is named there: two of every connector.',
    source: 'the environment schema',
    check(model, report) {
      const { brokersElsewhere } = model;
      const wanted = podsElsewhere(model.spec);
      if (brokersElsewhere === undefined || wanted === brokersElsewhere.environment) return;
      report({
        path: ['brokers', 'environment'],
        message: `${model.name} does not run its pods here, got ${wanted ?? 'no environment'} as its connect.runtime; ${brokersElsewhere.environment} is needed.`,
        hint: `Write connect: { runtime: { environment: ${brokersElsewhere.environment} } } in the environment of the brokers.`,
      });
    },
  },
  {
    code: 'PODS-LISTENER',
    level: 'error',
    what: 'Bootstrap servers are given for listeners that the brokers have.',
    why: 'Those of a mistyped listener would be ignored.',
    source: 'the environment schema',
    check(model, report) {
      const names = model.listeners.map(({ name }) => name);
      if (model.brokersElsewhere === undefined) return;
      for (const name of Object.keys(model.spec.brokers?.bootstrapServers ?? {})) {
        if (names.includes(name)) continue;
        report({
          path: ['brokers', 'bootstrapServers', name],
          message: `the brokers have no such listener, got ${name}; ${oneOf(names)}.`,
          hint: didYouMean(name, names, 'Remove it.'),
        });
      }
    },
  },
  {
    code: 'PODS-BROKERS-TARGET',
    level: 'error',
    what: 'Brokers that pods use can be reached from them.',
    why: 'The nodes of a laptop listen on its own address only.',
    source: 'the kit: lib/local',
    check(model, report) {
      if (model.brokersElsewhere === undefined || model.target !== 'local') return;
      report({
        path: ['brokers', 'target'],
        message:
          'pods cannot reach these brokers, got local; brokers on msk, msk-serverless, ec2, hosts or kubernetes are needed.',
        hint: 'Name another target of the environment: brokers: { environment: ..., target: ... }.',
      });
    },
  },
];

/** What is checked of pods whose brokers are elsewhere: the rest is said of the environment of the brokers. */
export const POD_RULES: readonly Rule[] = [
  ...PODS_RULES,
  ...KUBERNETES_VERSION_RULES,
  ...KUBERNETES_RULES,
  ...KUBERNETES_IMAGE_RULES,
  ...KUBERNETES_CONNECT_RULES,
  ...MIRROR_POD_RULES,
  ...[...OPTION_RULES, ...SECRET_RULES].map(aboutSettings),
];

/** A rule, but for what it finds in the environment of the brokers: that is said there. */
function aboutSettings(rule: Rule): Rule {
  return {
    ...rule,
    check: (model, report) =>
      rule.check(model, (finding) => {
        if (finding.path[0] === 'targets') report(finding);
      }),
  };
}
