import { podSettings, runsPods, type EnvironmentModel } from '../model';
import { oneOf, overridePath } from './hint';
import { patternsMeet } from './patterns';
import type { Rule } from './rule';

const KIP = 'KIP-382';
/** What the kit writes into the connector that copies records, by where it comes from. */
const OWNED: readonly (readonly [match: RegExp, instead: string])[] = [
  [/^(source|target)\.cluster\./, 'source'],
  [/^(topics|groups)$/, 'topics and groups'],
  [/^replication\.policy\./, 'topicNaming'],
  [/^exactly\.once\.support$|(^|\.)isolation\.level$/, 'deliveryGuarantee'],
  [/^(name|connector\.class|key\.converter|value\.converter)$|^offset-syncs\.topic\.location$/, 'the mirror itself'],
  [/^tasks\.max$/, 'tasksMax'],
];

/** Mirrors, and the workers that run them. */
export const MIRROR_RULES: readonly Rule[] = [
  {
    code: 'MIRROR-SOURCE',
    level: 'error',
    what: 'A mirror has one source: another environment, or bootstrap servers.',
    why: 'With both it is not known which is meant, and a cluster that mirrors itself copies its records for ever.',
    source: KIP,
    check(model, report) {
      for (const [name, { source, topicNaming }] of Object.entries(model.spec.mirrors ?? {})) {
        const given = [source.environment, source.bootstrapServers].filter((value) => value !== undefined);
        if (given.length !== 1) {
          report({
            path: ['mirrors', name, 'source'],
            message: `the source is not clear, got ${given.length === 0 ? 'none' : given.join(' and ')}; one of environment and bootstrapServers is needed.`,
            hint: given.length === 0 ? 'Add one of them.' : 'Remove one of them.',
          });
        } else if (source.environment === model.name) {
          report({
            path: ['mirrors', name, 'source', 'environment'],
            message: `the mirror copies the cluster onto itself${topicNaming === 'identical' ? ', record by record for ever' : ''}, got ${model.name}; another environment is allowed.`,
            hint: 'Name the environment that the records come from.',
          });
        }
      }
    },
  },
  {
    code: 'MIRROR-TARGET',
    level: 'error',
    what: 'Mirrors stand where something runs them: pods beside the brokers or of the environment that connect.runtime names, or MSK Replicator.',
    why: 'A mirror that is silently left out is found when the other cluster is lost.',
    source: KIP,
    check(model, report) {
      const names = Object.keys(model.spec.mirrors ?? {});
      if (names.length === 0 || model.managedBy === 'service' || model.mirrorMaker !== undefined) return;
      const local = model.target === 'local';
      report({
        path: ['mirrors'],
        message: `${model.target} does not run mirrors itself, got ${names.join(', ')}; ${local ? 'none are allowed' : 'they are allowed with pods in another environment'}.`,
        hint: `${local ? 'Remove them' : 'Run them as pods (connect: { runtime: { environment: NAME } })'}, or write ${overridePath(model, ['mirrors'])}: null.`,
      });
    },
  },
  {
    code: 'MIRROR-ALIAS',
    level: 'error',
    what: 'A source has one mirror.',
    why: 'What MirrorMaker keeps about a source (which offset is which here, where groups are) is in topics that are called after it: two would mix it up.',
    source: `${KIP}, Internal Topics`,
    check(model, report) {
      const seen = new Map<string, string>();
      for (const { name, alias } of model.mirrorMaker?.mirrors ?? []) {
        const other = seen.get(alias);
        if (other === undefined) seen.set(alias, name);
        else
          report({
            path: ['mirrors', name],
            message: `the source is mirrored already, got ${alias} in ${other} and in ${name}; one mirror is allowed.`,
            hint: 'Put the topics and groups of both into one mirror.',
          });
      }
    },
  },
  {
    code: 'MIRROR-LOOP',
    level: 'error',
    what: 'Records do not come back under the name that they left with.',
    why: 'With identical names MirrorMaker cannot tell a copy from an original: two clusters copy each record to each other for ever.',
    source: 'KIP-690; Apache Kafka documentation, Geo-Replication, IdentityReplicationPolicy',
    check(model, report) {
      for (const mirror of model.mirrorMaker?.mirrors ?? []) {
        if (!mirror.identicalNames) continue;
        const way = wayBack(model, mirror.alias, mirror.topics);
        if (way === undefined) continue;
        report({
          path: ['mirrors', mirror.name, 'topicNaming'],
          message: `records go round for ever, got identical names along ${[model.name, ...way].join(' <- ')}; prefixed is allowed.`,
          hint: 'Use topicNaming: prefixed one way at least, or topics that go one way only.',
        });
      }
    },
  },
  {
    code: 'MIRROR-OVERLAP',
    level: 'error',
    what: 'A topic here has records of one source, where names are identical.',
    why: 'The records of two clusters would be mixed in one topic, and the offsets of groups would mean nothing.',
    source: KIP,
    check(model, report) {
      const mirrors = (model.mirrorMaker?.mirrors ?? []).filter(({ identicalNames }) => identicalNames);
      for (const [index, mirror] of mirrors.entries()) {
        for (const other of mirrors.slice(0, index)) {
          const at = mirror.topics.findIndex((one) => other.topics.some((two) => patternsMeet(one, two)));
          if (at < 0) continue;
          report({
            path: ['mirrors', mirror.name, 'topics', at],
            message: `another mirror brings the same topic, got ${mirror.topics[at]} from ${other.alias} and from ${mirror.alias}; one source is allowed.`,
            hint: 'Use topicNaming: prefixed, or part the topics.',
          });
        }
      }
    },
  },
  {
    code: 'MIRROR-PATTERN',
    level: 'error',
    what: 'Mirrors name topics and groups by name or by prefix; * stands at the end alone.',
    why: 'The kit escapes what stands before it: a regular expression would match nothing.',
    source: 'the environment schema',
    check(model, report) {
      for (const { name, topics, groups } of model.mirrorMaker?.mirrors ?? []) {
        for (const [list, patterns] of Object.entries({ topics, groups })) {
          for (const [index, pattern] of patterns.entries()) {
            if ((list === 'topics' ? /^[\w.-]*\*?$/ : /^[^*]*\*?$/).test(pattern)) continue;
            report({
              path: ['mirrors', name, list, index],
              message: `neither a name nor a prefix, got ${JSON.stringify(pattern)}; ${list === 'topics' ? 'letters, digits, dots, dashes, underscores' : 'any letters'} and one * at the end are allowed.`,
              hint: 'Write names, or prefixes such as shop.*; regular expressions are not read.',
            });
          }
        }
      }
    },
  },
  {
    code: 'MIRROR-CONFIG',
    level: 'error',
    what: 'The options of a mirror are not those that follow from its keys.',
    why: 'The connectors of one mirror would not agree about the clusters, the names or the rights.',
    source: 'the environment schema',
    check(model, report) {
      for (const { name, config } of model.mirrorMaker?.mirrors ?? []) {
        for (const option of Object.keys(config)) {
          const instead = OWNED.find(([match]) => match.test(option))?.[1];
          if (instead === undefined) continue;
          report({
            path: ['mirrors', name, 'config', option],
            message: `the option is said elsewhere, got ${option} under config; it follows from ${instead}.`,
            hint: 'Remove it here.',
          });
        }
      }
    },
  },
  {
    code: 'MIRROR-EXACTLY-ONCE',
    level: 'error',
    what: 'Mirrors that are exactly-once have workers that can do it.',
    why: 'Connect refuses their connectors.',
    source: 'KIP-618',
    check(model, report) {
      const support = model.mirrorMaker?.config['exactly.once.source.support'];
      const names = (model.mirrorMaker?.mirrors ?? []).flatMap(({ name, exactlyOnce }) => (exactlyOnce ? [name] : []));
      if (support === undefined || support === 'enabled' || names.length === 0) return;
      report({
        path: ['targets', 'kubernetes', 'mirrorMaker', 'config', 'exactly.once.source.support'],
        message: `the workers cannot do exactly-once, which ${names.join(', ')} needs, got ${support}; enabled is allowed.`,
        hint: 'Remove it, or write deliveryGuarantee: at-least-once.',
      });
    },
  },
  {
    code: 'MIRROR-WORKERS',
    level: 'error',
    what: 'Settings of the workers of mirrors stand where there are mirrors, and name a listener that is declared.',
    why: 'They would be ignored, or the workers could not log in.',
    source: 'the environment schema',
    check(model, report) {
      const settings = podSettings(model)?.mirrorMaker;
      if (settings === undefined) return;
      const path = ['targets', 'kubernetes', 'mirrorMaker'];
      const names = model.listeners.map(({ name }) => name);
      if (model.brokersElsewhere !== undefined)
        for (const key of ['listener', 'iamRole'] as const)
          if (settings[key] !== undefined)
            report({
              path: [...path, key],
              message: `this is said with the brokers, whose rights go by it, got ${settings[key]}; connect.${key} of ${model.name} says it.`,
              hint: `Remove it here, and write connect: { ${key}: ${settings[key]} } there.`,
            });
      if (model.mirrorMaker === undefined || !runsPods(model))
        report({
          path,
          message: 'there are no mirrors, got settings for their workers; a section mirrors may have some.',
          hint: 'Remove them, or add mirrors.',
        });
      if (model.brokersElsewhere === undefined && settings.listener !== undefined && !names.includes(settings.listener))
        report({
          path: [...path, 'listener'],
          message: `the listener is not declared, got ${settings.listener}; ${oneOf(names)}.`,
          hint: 'Declare it under listeners.',
        });
    },
  },
];

/** What is said of workers where their pods are. */
export const MIRROR_POD_RULES: readonly Rule[] = MIRROR_RULES.filter(({ code }) =>
  ['MIRROR-WORKERS', 'MIRROR-EXACTLY-ONCE'].includes(code),
);

/** The environments along which a record of these topics, copied under its own name, comes back here; undefined where it does not. */
function wayBack(
  model: EnvironmentModel,
  from: string,
  topics: readonly string[],
  seen: readonly string[] = [],
): readonly string[] | undefined {
  if (from === model.name) return [from];
  if (seen.includes(from)) return undefined;
  for (const { source, topics: further, topicNaming } of Object.values(
    model.environments.get(from)?.spec.mirrors ?? {},
  )) {
    const carried = further.filter((one) => topics.some((two) => patternsMeet(one, two)));
    if (topicNaming !== 'identical' || source.environment === undefined || carried.length === 0) continue;
    const way = wayBack(model, source.environment, carried, [...seen, from]);
    if (way !== undefined) return [from, ...way];
  }
  return undefined;
}
