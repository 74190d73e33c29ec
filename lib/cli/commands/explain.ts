import type { OptionExplanation } from '../../core/catalogue';
import { Failure, formatPath, type Path, type Position } from '../../core/issue';
import type { EnvironmentModel, Explanation } from '../../core/model';
import { dotted, dottedInput, matching, similar } from '../explain-paths';
import { explainedValues, type ExplainedValue } from '../explained-values';
import { openValid } from '../open-valid';
import type { CommonOptions, Outcome } from '../outcome';

/** `kdk explain ENV PATH`: the value, where it comes from and why. */
export function explain(argument: string, path: string, options: CommonOptions): Outcome {
  const explanations: Explanation[] = [];
  const { name, model, opened } = openValid(argument, options, { explain: (one) => explanations.push(one) });
  const values = explainedValues(model, explanations, opened.located!);
  const found = matching(path, values.values());
  if (found.length === 0) {
    const unset = kafkaDefault(path, model);
    if (unset === undefined) throw unknownPath(name, path, values);
    found.push(unset);
  }
  const only = found.length === 1 && dotted(found[0]!.path) === dottedInput(path) ? found[0]! : undefined;
  const option = only === undefined ? undefined : optionAt(dotted(only.path), model)?.option;
  return {
    environment: name,
    issues: [], // Warnings are for `validate`.
    result: {
      target: model.target,
      values: found.map((value) => ({ ...value, path: formatPath(value.path) })),
      ...(option === undefined ? {} : { option }),
    },
    lines: only === undefined ? found.map(inOneLine) : [...inFull(only), ...describeOption(option)],
  };
}

function inOneLine({ path, value, source, at }: ExplainedValue): string {
  return `${formatPath(path)}: ${value} (${at === undefined ? source : where(at)})`;
}

function inFull({ path, value, source, at, why }: ExplainedValue): string[] {
  return [
    `${formatPath(path)}: ${value}`,
    `  from: ${at === undefined ? SOURCES[source] : where(at)}`,
    ...wrap(`why:  ${why}`),
  ];
}

const SOURCES: Readonly<Record<ExplainedValue['source'], string>> = {
  file: 'the environment',
  default: 'a default of the kit',
  derived: 'derived',
  kafka: "Kafka's own default",
};

function where({ file, line, column }: Position): string {
  return `${file}:${line}:${column}`;
}

function describeOption(option: OptionExplanation | undefined): string[] {
  if (option === undefined) return [];
  const { type, allowed, defaultValue, update, since, documentation } = option;
  const facts = [
    type,
    ...(allowed === '' ? [] : [`allowed: ${allowed}`]),
    `Kafka's default: ${defaultValue}`,
    `a change ${update.replace(/^changes/, 'acts')}`,
    `since ${since}`,
  ];
  return [...wrap(`option: ${facts.join('; ')}`), ...wrap(documentation)];
}

/** Lines of at most 100 characters, indented by two. */
function wrap(text: string): string[] {
  return text
    .replace(/(.{1,98})(\s+|$)/g, '$1\n')
    .trimEnd()
    .split('\n')
    .map((line) => `  ${line}`);
}

interface OptionPath {
  readonly path: Path;
  readonly option: OptionExplanation;
}

/** The Kafka option that a path sets: everything behind the first `config`. */
function optionAt(text: string, model: EnvironmentModel): OptionPath | undefined {
  const match = /^(kafka|nodePools\.([^.]+)|connect|topicDefaults|topics\.(.+?))\.config\.(.+)$/.exec(text);
  if (match === null) return undefined;
  const [, section, pool, topic, name] = match as unknown as [string, string, string?, string?, string?];
  const { explainOption } = require('../../core/catalogue') as typeof import('../../core/catalogue');
  const kind = section === 'connect' ? 'worker' : section.startsWith('topic') ? 'topic' : 'broker';
  const option = explainOption(kind, name!, model.kafka.version);
  if (option === undefined) return undefined;
  const parent = pool !== undefined ? ['nodePools', pool] : topic !== undefined ? ['topics', topic] : [section];
  return { path: [...parent, 'config', name!], option };
}

/** An option that neither the environment nor the kit sets. */
function kafkaDefault(text: string, model: EnvironmentModel): ExplainedValue | undefined {
  const found = optionAt(dottedInput(text), model);
  if (found === undefined || !existsIn(model, found.path)) return undefined;
  return {
    path: found.path,
    value: found.option.defaultValue,
    source: 'kafka',
    why: 'neither the environment nor the kit sets it',
  };
}

function existsIn(model: EnvironmentModel, path: Path): boolean {
  if (path[0] === 'topics') return model.topics.some(({ name }) => name === path[1]);
  if (path[0] === 'nodePools') return model.pools.some(({ name }) => name === path[1]);
  return true;
}

function unknownPath(name: string, path: string, values: ReadonlyMap<string, ExplainedValue>): Failure {
  const near = similar(path, values.values());
  const sections = [...new Set([...values.values()].map((value) => String(value.path[0])))];
  return new Failure(
    'PATH-UNKNOWN',
    `${name} holds nothing at this path, got ${JSON.stringify(path)}; a path begins with one of ${sections.join(', ')}.`,
    near.length === 0
      ? `See kdk explain ${name} ${sections.includes('topics') ? 'topics' : sections[0]}.`
      : `Did you mean ${near.join(', ')}?`,
    2,
  );
}
