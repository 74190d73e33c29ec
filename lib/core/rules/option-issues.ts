import { foreignClasses, isPluginOption, type OptionTarget } from '../catalogue';
import type { Path } from '../issue';
import { podSettings, type EnvironmentModel } from '../model';
import type { Finding } from './rule';
import { judgeBrokerOption, judgeTopicOption, judgeWorkerOption, type Verdict } from './option-verdict';

export type { OptionCode } from './option-verdict';

export interface OptionIssue {
  readonly code: Verdict['code'];
  readonly finding: Finding;
}

type Value = string | number | boolean;
type Options = Readonly<Record<string, Value>>;

const found = new WeakMap<EnvironmentModel, readonly OptionIssue[]>();

/** What is wrong with the options of an environment. All rules of the family ask, the work is done once. */
export function findOptionIssues(model: EnvironmentModel): readonly OptionIssue[] {
  let issues = found.get(model);
  if (issues === undefined)
    found.set(model, (issues = [...brokerIssues(model), ...topicIssues(model), ...workerIssues(model)]));
  return issues;
}

function optionTarget(model: EnvironmentModel): OptionTarget {
  const { target, spec } = model;
  return target === 'msk' ? { target, brokerType: spec.targets?.msk?.brokerType ?? 'standard' } : { target };
}

function* brokerIssues(model: EnvironmentModel): Generator<OptionIssue> {
  const { spec, kafka, managedBy } = model;
  const on = optionTarget(model);
  const places: { path: Path; options: Options | undefined; oneNodePool: boolean }[] = [
    { path: ['kafka', 'config'], options: spec.kafka.config, oneNodePool: false },
    ...Object.entries(spec.nodePools ?? {}).map(([pool, { config }]) => ({
      path: ['nodePools', pool, 'config'],
      options: config,
      oneNodePool: true,
    })),
  ];
  for (const { path, options, oneNodePool } of places) {
    const all = { ...spec.kafka.config, ...options };
    const plugins = foreignClasses(all);
    for (const [name, value] of Object.entries(options ?? {})) {
      if (isPluginOption(name, all) && managedBy === 'self') continue;
      const verdict = judgeBrokerOption({ name, value, version: kafka.version, on, managedBy, oneNodePool, plugins });
      if (verdict !== undefined) yield issueOf(verdict, [...path, name]);
    }
  }
}

/** Thousands of topics say the same few things: each option and value is judged once. */
function* topicIssues(model: EnvironmentModel): Generator<OptionIssue> {
  const { spec, kafka } = model;
  const on = optionTarget(model);
  const judged = new Map<string, Map<Value, Verdict | undefined>>();
  const judge = (name: string, value: Value): Verdict | undefined => {
    let values = judged.get(name);
    if (values === undefined) judged.set(name, (values = new Map()));
    if (!values.has(value)) values.set(value, judgeTopicOption({ name, value, version: kafka.version, on }));
    return values.get(value);
  };
  for (const name in spec.topicDefaults?.config) {
    const verdict = judge(name, spec.topicDefaults.config[name] as Value);
    if (verdict !== undefined) yield issueOf(verdict, ['topicDefaults', 'config', name]);
  }
  for (const topic in spec.topics) {
    const { config, deleted } = spec.topics[topic]!;
    if (config === undefined || deleted !== undefined) continue;
    for (const name in config) {
      const verdict = judge(name, config[name] as Value);
      if (verdict !== undefined) yield issueOf(verdict, ['topics', topic, 'config', name]);
    }
  }
}

/** Only of workers that the kit runs, here or as pods of another environment: MSK Connect has versions and a list of its own. */
function* workerIssues(model: EnvironmentModel): Generator<OptionIssue> {
  const { connect } = model.spec;
  const groups: [Path, Readonly<Record<string, Value>>][] = [
    [['connect', 'config'], connect?.runtime === 'msk-connect' ? {} : (connect?.config ?? {})],
    [['targets', 'kubernetes', 'mirrorMaker', 'config'], podSettings(model)?.mirrorMaker?.config ?? {}],
  ];
  const on = optionTarget(model);
  for (const [path, config] of groups) {
    for (const [name, value] of Object.entries(config)) {
      const verdict = judgeWorkerOption({ name, value, version: model.kafka.version, on });
      if (verdict !== undefined) yield issueOf(verdict, [...path, name]);
    }
  }
}

function issueOf({ code, level, message, hint }: Verdict, path: Path): OptionIssue {
  return { code, finding: { path, message, hint, ...(level === undefined ? {} : { level }) } };
}
