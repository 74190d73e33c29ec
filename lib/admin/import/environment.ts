import { parsePath, type Issue } from '../../core/issue';
import type { EnvironmentModel } from '../../core/model';
import { KAFKA_RELEASES, type KafkaRelease } from '../../core/versions';
import type { Acl } from '../port';
import { importBrokerOptions } from './broker-options';
import type { ImportConnection, ImportTarget } from './connection';
import { compact, majority, type EnvironmentDocument, type Section } from './document';
import type { LiveCluster } from './live-cluster';
import { importListeners } from './listeners';
import { importNodes } from './nodes';
import { importPrincipals } from './principals';
import { importQuotas } from './quotas';
import { importTopics, leftOut } from './topics';
import { writeEnvironment } from './write-yaml';

export interface ImportOptions {
  readonly name: string;
  readonly target: ImportTarget;
  /** How the cluster was reached. */
  readonly connection: ImportConnection;
  /** Names and prefixes of the topics that the file is to own. @default all */
  readonly topics?: readonly string[];
  /** Of Amazon MSK. */
  readonly region?: string;
  /** What the kit says of a file: the whole way to a checked model. */
  readonly check: (text: string) => { readonly issues: readonly Issue[]; readonly model?: EnvironmentModel };
}

export interface ImportedEnvironment {
  readonly text: string;
  /** What the file does not say, or says by guess. */
  readonly findings: readonly Issue[];
  /** What is wrong with the file all the same; warnings above all. */
  readonly issues: readonly Issue[];
  readonly model?: EnvironmentModel;
}

/** More than there are kinds of things that can be wrong. */
const ROUNDS = 12;

/**
 * The environment file of a live cluster. A rule that refuses what the cluster has (a min ISR without room, an option that is gone)
 * takes that out of the file, as a finding: the cluster stays as it is, and the file stays valid.
 */
export function importEnvironment(live: LiveCluster, options: ImportOptions): ImportedEnvironment {
  const refused = new Refusals();
  for (let round = 0; ; round++) {
    const bare = assemble(live, options, refused, {});
    const { model } = options.check(writeEnvironment(bare.document, []));
    const config = model === undefined ? {} : refused.keptOptions(importBrokerOptions(live, model));
    const { document, findings } = assemble(live, options, refused, config);
    const text = writeEnvironment(document, header(live, options));
    const checked = options.check(text);
    const errors = checked.issues.filter(({ level }) => level === 'error');
    if (round < ROUNDS && errors.some((issue) => refused.add(issue))) continue;
    return {
      text,
      findings: [...live.findings, ...findings, ...refused.findings],
      issues: checked.issues,
      ...(checked.model === undefined ? {} : { model: checked.model }),
    };
  }
}

interface Assembled {
  readonly document: EnvironmentDocument;
  readonly findings: readonly Issue[];
}

function assemble(live: LiveCluster, options: ImportOptions, refused: Refusals, config: Section): Assembled {
  const { name, target, topics: patterns } = options;
  const nodes = importNodes({ live, target, ...(options.region === undefined ? {} : { region: options.region }) });
  const topics = importTopics(
    live.topics.filter(({ description }) => !refused.topics.has(description.name)),
    { defaults: refused.defaults ? 'written-out' : 'shared', without: refused.topicOptions },
  );
  const quotas = importQuotas(live.quotas);
  const users = new Set(live.users.filter(({ mechanism }) => mechanism === 'SCRAM-SHA-512').map(({ user }) => user));
  const { listeners, principalListeners } = importListeners({ live, target, connection: options.connection, users });
  const principals = importPrincipals({
    acls: live.acls ?? [],
    users,
    quotas: quotas.users,
    listeners: principalListeners,
    topics: new Set(Object.keys(topics.topics)),
    isWanted: (acls) => patterns === undefined || acls.some((acl) => touches(acl, patterns)),
    without: refused.principals,
    names: target === 'msk' ? 'distinguished' : 'common',
  });
  const iterations = majority(live.users.map((user) => user.iterations));
  const clusterId = /^[A-Za-z0-9_][A-Za-z0-9_-]{20}[AQgw]$/.test(live.cluster.clusterId)
    ? live.cluster.clusterId
    : undefined;
  const settings = { ...nodes.settings };
  return {
    document: compact({
      name,
      description: 'Read from a running cluster; what it says is so already',
      target,
      kafka: compact({
        version: versionFor(target, live.release),
        clusterId: target === 'msk' ? undefined : clusterId,
        config: Object.keys(config).length === 0 ? undefined : config,
      }),
      nodePools: nodes.nodePools,
      racks: nodes.racks,
      listeners,
      owns: patterns === undefined ? undefined : { topics: patterns },
      topicDefaults: topics.topicDefaults,
      topics: topics.topics,
      principals: Object.keys(principals.principals).length === 0 ? undefined : principals.principals,
      // Who owns some topics does not own what is for all.
      quotas: patterns === undefined ? refused.keptQuotas(quotas.quotas) : undefined,
      reconcile: reconcileOf({ iterations: users.size === 0 ? undefined : iterations, unpinned: topics.unpinned }),
      aws: nodes.aws,
      targets: Object.keys(settings).length === 0 ? undefined : { [target]: settings },
    }) as EnvironmentDocument,
    findings: [
      ...nodes.findings,
      ...topics.findings,
      ...principals.findings,
      ...quotas.problems.map((problem): Issue => ({
        code: 'IMPORT-QUOTA',
        level: 'warning',
        path: 'quotas',
        message: `a quota is not in the file, got that of ${problem}; an environment cannot say that.`,
        hint: 'It is left untouched.',
      })),
    ],
  };
}

/** What keeps the first plan from changing anything that is as it should be. */
function reconcileOf(facts: {
  readonly iterations: number | undefined;
  readonly unpinned: boolean;
}): Section | undefined {
  const section = compact({
    scramIterations: facts.iterations,
    unpinned: facts.unpinned ? 'report' : undefined,
  });
  return Object.keys(section).length === 0 ? undefined : section;
}

/** Amazon MSK does not offer every version; the newest that it has and that is not above the cluster's. */
function versionFor(target: ImportTarget, release: KafkaRelease): string {
  if (target !== 'msk') return release.version;
  const offered = KAFKA_RELEASES.filter(
    ({ msk, metadataLevel }) => msk !== undefined && metadataLevel <= release.metadataLevel,
  );
  return (offered.at(-1) ?? release).version;
}

/** Whether an ACL on topics is about any that the patterns name. */
function touches({ resourceType, resourceName, pattern }: Acl, patterns: readonly string[]): boolean {
  if (resourceType !== 'topic') return false;
  return patterns.some((wanted) => {
    const prefix = wanted.endsWith('*') ? wanted.slice(0, -1) : undefined;
    if (pattern === 'prefixed')
      return wanted.startsWith(resourceName) || (prefix !== undefined && resourceName.startsWith(prefix));
    return prefix === undefined ? resourceName === wanted : resourceName.startsWith(prefix);
  });
}

function header({ cluster, release }: LiveCluster, { connection }: ImportOptions): string[] {
  return [
    `Cluster ${cluster.clusterId} at ${connection.bootstrapServers.join(',')}, Kafka ${release.version}, written by kdk import.`,
    'Commit it; from then on what changes here changes the cluster with kdk plan and kdk apply. What it does not name is left alone.',
  ];
}

/** What rules do not let into a file. */
class Refusals {
  readonly topics = new Set<string>();
  readonly topicOptions = new Set<string>();
  /** Principals of the file, by their names there. */
  readonly principals = new Set<string>();
  readonly options = new Set<string>();
  readonly quotas = new Set<string>();
  readonly findings: Issue[] = [];
  /** The shared defaults are refused: every topic says its own, and is judged by itself. */
  defaults = false;

  /** Whether taking out what the issue is about is worth another try. */
  add({ path, message }: Issue): boolean {
    const [section, name, ...rest] = (parsePath(path) ?? []).map(String);
    if (section === 'topicDefaults') return !this.defaults && (this.defaults = true);
    if (name === undefined) return false;
    if (section === 'topics' && rest[0] === 'config' && rest[1] !== undefined)
      return this.#once(this.topicOptions, `${name} ${rest[1]}`, leftOut(name, `${rest[1]}: ${message}`));
    if (section === 'topics') return this.#once(this.topics, name, leftOut(name, message));
    if (section === 'principals') return this.#once(this.principals, name, out(path, message));
    if (section === 'kafka' && name === 'config' && rest[0] !== undefined)
      return this.#once(this.options, rest[0], out(path, message));
    if (section === 'quotas') return this.#once(this.quotas, [name, ...rest.slice(0, 1)].join(' '), out(path, message));
    return false;
  }

  keptOptions(config: Section): Section {
    return Object.fromEntries(Object.entries(config).filter(([option]) => !this.options.has(option)));
  }

  keptQuotas(quotas: Section | undefined): Section | undefined {
    if (quotas === undefined) return undefined;
    const kept = Object.entries(quotas).flatMap(([key, value]) => {
      if (
        this.quotas.has(key) ||
        [...this.quotas].some((one) => one.startsWith(`${key} `) && key.startsWith('default'))
      )
        return [];
      if (key !== 'clients' && key !== 'addresses') return [[key, value] as const];
      const entries = Object.entries(value as Section).filter(([name]) => !this.quotas.has(`${key} ${name}`));
      return entries.length === 0 ? [] : [[key, Object.fromEntries(entries)] as const];
    });
    return kept.length === 0 ? undefined : Object.fromEntries(kept);
  }

  #once(set: Set<string>, key: string, finding: Issue): boolean {
    if (set.has(key)) return false;
    set.add(key);
    this.findings.push(finding);
    return true;
  }
}

function out(path: string, message: string): Issue {
  return {
    code: 'IMPORT-REFUSED',
    level: 'warning',
    path,
    message: `it is not in the file: ${message}`,
    hint: 'It is left untouched.',
  };
}
