import type { EnvironmentModel } from '../model';
import { strimziCarriesMirror } from '../strimzi';
import { leaves, type SpecLeaf } from './leaves';
import { leftOut } from './left-out';
import type { Rule } from './rule';

interface Section extends Pick<Rule, 'code' | 'what' | 'why' | 'source'> {
  readonly because: string;
  readonly hint: string;
  /** What has no place, value by value. */
  readonly of: (model: EnvironmentModel) => SpecLeaf[];
}

/** Parts of an environment that the resources of Strimzi leave out as a whole. */
const SECTIONS: readonly Section[] = [
  {
    code: 'STRIMZI-RECONCILE',
    what: 'How the kit makes changes on the running cluster is not in the resources.',
    why: 'The operators make them in their own ways: at once, without a throttle, passwords with 4096 iterations.',
    source: 'Strimzi documentation, Topic Operator and User Operator',
    because: 'the operators do not ask for it',
    hint: 'It holds for kdk apply alone.',
    of: ({ spec }) => leaves(spec.reconcile, ['reconcile']),
  },
  {
    code: 'STRIMZI-MIRROR',
    what: 'Mirrors whose source has IAM, or addresses that a deployment makes, are not in the resources, nor are those that are to go.',
    why: 'A KafkaMirrorMaker2 reads no addresses out of a ConfigMap, and the image of the operator cannot log in with IAM.',
    source: 'Strimzi documentation, KafkaMirrorMaker2Spec',
    because: 'a KafkaMirrorMaker2 has no place for it',
    hint: 'Render it without --backend, or name the brokers and a listener without IAM.',
    of: ({ spec, mirrorMaker }) => [
      ...(mirrorMaker?.mirrors ?? [])
        .filter((mirror) => !strimziCarriesMirror(mirror))
        .flatMap(({ name }) => leaves(spec.mirrors?.[name], ['mirrors', name])),
      ...leaves(spec.targets?.kubernetes?.mirrorMaker?.iamRole, ['targets', 'kubernetes', 'mirrorMaker', 'iamRole']),
    ],
  },
  {
    code: 'STRIMZI-APPLICATION',
    what: 'Applications are not in the resources.',
    why: 'Strimzi has no resource for programs of others.',
    source: 'Strimzi documentation, API Reference',
    because: 'it has no resource for programs',
    hint: 'Deploy the program beside it.',
    of: ({ spec }) => leaves(spec.applications, ['applications']),
  },
  {
    code: 'STRIMZI-POD',
    what: 'What is said about rollouts, scaling and Jobs of the plain manifests is not in the resources.',
    why: 'The operator rolls pods and reconciles by itself, and a KafkaConnect is scaled by whoever scales it.',
    source: 'Strimzi documentation, Customizing Kubernetes resources',
    because: 'it is of the plain manifests',
    hint: 'Leave it to the operator.',
    of: ({ spec }) =>
      OF_PODS.flatMap((key) => leaves(spec.targets?.kubernetes?.[key], ['targets', 'kubernetes', key])).filter(
        ({ path }) => !CARRIED.some((carried) => carried.test(path.join('.'))),
      ),
  },
];

const OF_PODS = ['autoscaling', 'certificateHash', 'connect', 'drift', 'exporter', 'pods'] as const;
/** What of it the templates and resources of Strimzi's objects say. */
const CARRIED: readonly RegExp[] = [
  /\.connect\.cpu$/,
  /\.pods\.[^.]+\.(cpu|priorityClass|nodeSelector|tolerations|evictAfter|hosts|zones|annotations|labels)\b/,
];

export const STRIMZI_SECTION_RULES: readonly Rule[] = SECTIONS.map(({ because, hint, of, ...rule }) => ({
  ...rule,
  level: 'warning',
  check(model, report) {
    for (const { path, value } of of(model)) leftOut(report, path, because, value, hint);
  },
}));
