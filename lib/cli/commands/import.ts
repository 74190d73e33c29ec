import { existsSync } from 'node:fs';
import {
  importEnvironment,
  readLiveCluster,
  type ImportConnection,
  type ImportTarget,
  type LiveCluster,
} from '../../admin/import';
import { makePlan } from '../../admin/reconcile';
import { Failure, type Issue } from '../../core/issue';
import type { Authentication, EnvironmentModel } from '../../core/model';
import { desiredState, planLines, type Plan } from '../../core/plan';
import { openEnvironment } from '../../environment/open';
import { counted } from '../amounts';
import { writeAtomically } from '../atomic-file';
import { givenCluster, withClient, type ClusterAddress } from '../cluster';
import type { ClusterOptions } from '../cluster-options';
import { isEnvironmentName } from '../environment-argument';
import { targetOption } from '../open-valid';
import type { Context, Outcome } from '../outcome';

export interface ImportOptions extends ClusterOptions {
  readonly name?: string;
  readonly out?: string;
  readonly topics?: readonly string[];
}

const TARGETS: readonly string[] = ['hosts', 'local', 'msk'];
const MSK_HOST = /\.kafka(?:-serverless)?\.([a-z0-9-]+)\.amazonaws\.com/;

/** `kdk import`: the environment file of a live cluster, and the proof that its first plan has nothing to do. */
export async function importCluster(options: ImportOptions, context: Context): Promise<Outcome> {
  const name = nameOf(options);
  const out = options.out ?? `environments/${name}.yaml`;
  if (existsSync(out)) throw present(out);
  const patterns = options.topics?.map(patternOf);
  const address = givenCluster(options);
  const region = MSK_HOST.exec(address.bootstrapServers[0]!)?.[1];
  const chosen = chosenTarget(options, region);
  context.progress({ step: 'reading the cluster' });
  const { written, plan } = await withClient(address, context, async (client) => {
    const isWanted = (topic: string): boolean => patterns?.some((pattern) => matches(pattern, topic)) ?? true;
    const live = await readLiveCluster(client, { isWanted });
    const target = chosen ?? usualTarget(live);
    context.progress({ step: 'writing its environment' });
    const imported = importEnvironment(live, {
      name,
      target,
      connection: connectionOf(address, target),
      check: (text) => check(out, text),
      ...(patterns === undefined ? {} : { topics: patterns }),
      ...(region === undefined ? {} : { region }),
    });
    context.progress({ step: 'planning with it' });
    const { model } = imported;
    return {
      written: imported,
      plan: model === undefined ? undefined : await makePlan({ admin: client }, desiredState(model)),
    };
  });
  writeAtomically(out, written.text);
  return {
    environment: name,
    issues: [...written.findings, ...written.issues, ...remaining(plan)],
    result: {
      bootstrapServers: address.bootstrapServers,
      clusterId: plan?.clusterId ?? null,
      file: out,
      topics: written.model?.topics.length ?? 0,
      principals: written.model?.principals.length ?? 0,
      plan: plan ?? null,
    },
    lines: summary(name, out, { model: written.model, plan, called: calledAs(out, name) }),
  };
}

function nameOf({ name = 'imported' }: ImportOptions): string {
  if (isEnvironmentName(name)) return name;
  throw new Failure(
    'ENVIRONMENT-NAME',
    `not the name of an environment, got ${JSON.stringify(name)}; lower-case letters, digits and dashes are allowed.`,
    'Choose another --name.',
    2,
  );
}

function present(out: string): Failure {
  return new Failure(
    'FILE-PRESENT',
    `the file is there already, got ${JSON.stringify(out)}; an environment is never overwritten.`,
    'Choose another --name or --out, or remove it.',
    2,
  );
}

function patternOf(text: string): string {
  if (/^[A-Za-z0-9._-]{1,249}\*?$/.test(text) || text === '*') return text;
  throw new Failure(
    'IMPORT-PATTERN',
    `not a topic or a prefix of topics, got ${JSON.stringify(text)}; a name, or a prefix with a trailing *, is allowed.`,
    "Write for example --topics orders --topics 'shop.*'.",
    2,
  );
}

function matches(pattern: string, topic: string): boolean {
  return pattern.endsWith('*') ? topic.startsWith(pattern.slice(0, -1)) : pattern === topic;
}

function chosenTarget(options: ImportOptions, region: string | undefined): ImportTarget | undefined {
  const { target } = targetOption(options.target);
  const chosen = target ?? (region === undefined ? undefined : 'msk');
  if (chosen === undefined) return undefined;
  if (!TARGETS.includes(chosen))
    throw new Failure(
      'IMPORT-TARGET',
      `a running cluster cannot be taken over on this target, got ${chosen}; ${TARGETS.join(', ')} are allowed.`,
      'Import for hosts, and move what it says of topics and principals into an environment of that target.',
      2,
    );
  if (chosen === 'msk' && region === undefined)
    throw new Failure(
      'IMPORT-REGION',
      'the region is not known, got bootstrap servers that are not those of Amazon MSK; their names tell it.',
      'Give the bootstrap servers that MSK shows.',
      2,
    );
  return chosen as ImportTarget;
}

/** Brokers that share an address are processes of one machine. */
function usualTarget({ cluster }: LiveCluster): ImportTarget {
  const hosts = cluster.brokers.map(({ host }) => host);
  return new Set(hosts).size === hosts.length ? 'hosts' : 'local';
}

function connectionOf({ bootstrapServers, tls, sasl }: ClusterAddress, target: ImportTarget): ImportConnection {
  const authentication: Authentication =
    sasl?.mechanism === 'OAUTHBEARER'
      ? target === 'msk'
        ? 'iam'
        : 'oauthbearer'
      : sasl !== undefined
        ? 'scram-sha-512'
        : tls?.certificate !== undefined
          ? 'mtls'
          : 'none';
  return { bootstrapServers, authentication, encrypted: tls !== undefined };
}

function check(path: string, text: string): { readonly issues: readonly Issue[]; readonly model?: EnvironmentModel } {
  return openEnvironment({
    path,
    read: (asked) => {
      if (asked === path) return text;
      throw Object.assign(new Error('no such file'), { code: 'ENOENT' });
    },
  });
}

/** What its first plan would change all the same, which is to be nothing. */
function remaining(plan: Plan | undefined): Issue[] {
  if (plan === undefined || plan.changes.length === 0) return [];
  const [first] = plan.changes;
  return [
    {
      code: 'IMPORT-CHANGES',
      level: 'warning',
      path: first!.path,
      message: `the first plan of the file is not empty, got ${counted(plan.changes.length, 'change')}, the first ${first!.subject}: ${first!.summary}; a file of what is there changes nothing.`,
      hint: 'Look at them with kdk plan before the first apply.',
    },
  ];
}

interface Summary {
  readonly model: EnvironmentModel | undefined;
  readonly plan: Plan | undefined;
  /** How to name the file on the command line. */
  readonly called: string;
}

function summary(name: string, out: string, { model, plan, called }: Summary): string[] {
  if (model === undefined || plan === undefined) return [`wrote ${out}; it is not valid yet: kdk validate ${called}`];
  return [
    `wrote ${out}: ${counted(model.topics.length, 'topic')}, ${counted(model.principals.length, 'principal')}`,
    plan.changes.length === 0
      ? `the first plan of ${name} is empty`
      : planLines(plan, { findings: 'left-out' }).at(-1)!,
    `  npx kdk plan ${called} --bootstrap …`,
  ];
}

function calledAs(out: string, name: string): string {
  return out === `environments/${name}.yaml` ? name : out;
}
